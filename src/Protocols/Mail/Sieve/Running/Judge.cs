using System.Globalization;
using Plenum.Protocols.Mail.Sieve.Program;

namespace Plenum.Protocols.Mail.Sieve.Running;

/// <summary>Decides tests.</summary>
internal sealed class Judge(
    SieveMessage message, SieveEnvironment environment, SieveLimits limits, Func<string, string> expand, FlagSets flags, Action<IReadOnlyList<string>> remember)
{
    private int _steps = limits.MaxSteps;

    /// <summary>The script has used up its steps; every test is false from then on.</summary>
    public bool IsExhausted => _steps < 0;

    public bool Holds(SieveTest test)
    {
        if (--_steps < 0)
        {
            return false;
        }

        return test switch
        {
            SieveTest.Constant constant => constant.Value,
            SieveTest.Not not => !Holds(not.Test),
            SieveTest.AllOf all => all.Tests.All(Holds),
            SieveTest.AnyOf any => any.Tests.Any(Holds),
            SieveTest.Exists exists => exists.Fields.All(f => message.Fields(expand(f)).Any()),
            SieveTest.Size size => size.IsOver ? message.Octets > size.Octets : message.Octets < size.Octets,
            SieveTest.Header header => Any(header.Fields.SelectMany(f => Chosen(f, header.Index)), header.Match, header.Keys),
            SieveTest.Address address => Any(
                address.Fields.SelectMany(f => Chosen(f, address.Index)).SelectMany(SieveMessage.Addresses).Select(a => Part(a, address.Part)).OfType<string>(), address.Match, address.Keys),
            SieveTest.Envelope envelope => Any(envelope.Parts.Select(EnvelopePart).Select(a => Part(a, envelope.Part)).OfType<string>(), envelope.Match, envelope.Keys),
            SieveTest.Body body => Any(Texts(body), body.Match, body.Keys),
            SieveTest.Date date => Any(Dates(date), date.Match, date.Keys),
            SieveTest.MailboxExists mailbox => mailbox.Mailboxes.All(m => environment.MailboxExists(expand(m))),
            SieveTest.HasFlag has => Any(has.Variables.Count == 0 ? flags.Of(null) : has.Variables.SelectMany(v => flags.Of(v)), has.Match, FlagSets.Split(has.Keys.Select(expand))),
            SieveTest.Text text => Any(text.Sources.Select(expand), text.Match, text.Keys, isString: true),
            _ => false,
        };
    }

    /// <summary>Some value meets some key; :count compares how many values there are (RFC 5231 §4.2).</summary>
    /// <param name="isString">The test "string", where empty strings do not count (RFC 5229 §5).</param>
    private bool Any(IEnumerable<string> values, Match match, IReadOnlyList<string> keys, bool isString = false)
    {
        if (match.Type == MatchKind.Count)
        {
            var count = values.Count(v => !isString || v.Length > 0).ToString(CultureInfo.InvariantCulture);
            return keys.Any(k => Comparison.Holds(Comparison.Compare(count, expand(k), Comparator.AsciiNumeric), match.Relation));
        }

        var expanded = keys.Select(expand).ToList();
        foreach (var value in values)
        {
            foreach (var key in expanded)
            {
                if (Meets(value, key, match))
                {
                    return true;
                }

                if (IsExhausted)
                {
                    return false;
                }
            }
        }

        return false;
    }

    private bool Meets(string value, string key, Match match)
    {
        _steps -= 1 + (value.Length / 1_000);
        switch (match.Type)
        {
            case MatchKind.Is:
                return Comparison.Compare(value, key, match.Comparator) == 0;
            case MatchKind.Contains:
                return Comparison.Contains(value, key, match.Comparator);
            case MatchKind.Value:
                return Comparison.Holds(Comparison.Compare(value, key, match.Comparator), match.Relation);
            default:
                if (!Comparison.Matches(value, key, match.Comparator, ref _steps, out var matched))
                {
                    return false;
                }

                remember(matched);
                return true;
        }
    }

    private IEnumerable<string> Chosen(string field, FieldIndex? index)
    {
        var values = message.Fields(expand(field));
        return index is null ? values : (index.IsFromLast ? values.Reverse() : values).Skip(index.Number - 1).Take(1);
    }

    private string EnvelopePart(string part) => part.Equals("from", StringComparison.OrdinalIgnoreCase) ? message.EnvelopeFrom : message.EnvelopeTo;

    /// <summary>Null where the address has no such part: no detail, or no domain.</summary>
    private static string? Part(string address, AddressPart part)
    {
        var at = address.LastIndexOf('@');
        var local = at < 0 ? address : address[..at];
        var plus = local.IndexOf('+', StringComparison.Ordinal);
        return part switch
        {
            AddressPart.All => address,
            AddressPart.LocalPart => local,
            AddressPart.Domain => at < 0 ? null : address[(at + 1)..],
            AddressPart.User => plus < 0 ? local : local[..plus],
            _ => plus < 0 ? null : local[(plus + 1)..],
        };
    }

    private IEnumerable<string> Texts(SieveTest.Body body) => body.Transform switch
    {
        BodyTransform.Raw => [message.RawBody(limits.MaxBodyLength)],
        BodyTransform.Content => message.Contents([.. body.ContentTypes.Select(expand)], limits.MaxBodyLength),
        _ => message.Texts(limits.MaxBodyLength),
    };

    private IEnumerable<string> Dates(SieveTest.Date test)
    {
        if (test.Field is null)
        {
            return [DateParts.Of(InZone(environment.Now, test), test.Part)];
        }

        return Chosen(test.Field, test.Index).Select(v => DateParts.TryRead(v, out var date) ? DateParts.Of(InZone(date, test), test.Part) : null).OfType<string>();
    }

    private DateTimeOffset InZone(DateTimeOffset date, SieveTest.Date test) => test.Zone switch
    {
        DateZone.Original => date,
        DateZone.Given => date.ToOffset(test.Offset),
        _ => TimeZoneInfo.ConvertTime(date, environment.Zone),
    };
}
