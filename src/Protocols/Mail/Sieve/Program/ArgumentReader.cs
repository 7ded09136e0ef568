using Plenum.Protocols.Mail.Sieve.Running;
using Plenum.Protocols.Mail.Sieve.Syntax;

namespace Plenum.Protocols.Mail.Sieve.Program;

/// <summary>Takes the arguments of one command or test: tagged ones by name in any order, then positional ones from left to right.</summary>
internal sealed class ArgumentReader(string name, IReadOnlyList<ArgumentSyntax> arguments, Position at, Requirements requirements)
{
    private readonly List<ArgumentSyntax> _left = [.. arguments];

    public Position At => at;

    public void Fail(string text) => requirements.Fail(at, text);

    /// <summary>The tag stands there.</summary>
    public bool TakeTag(string tag, string? extension = null)
    {
        var index = _left.FindIndex(a => a is ArgumentSyntax.Tag found && found.Name == tag);
        if (index < 0)
        {
            return false;
        }

        requirements.Need(extension, _left[index].At, ":" + tag);
        _left.RemoveAt(index);
        return true;
    }

    public IReadOnlyList<string>? TakeTaggedStrings(string tag, string? extension = null) => TakeTagged<ArgumentSyntax.Strings>(tag, extension)?.Values;

    public string? TakeTaggedString(string tag, string? extension = null)
        => TakeTagged<ArgumentSyntax.Strings>(tag, extension) is { } found ? Single(found) : null;

    public long? TakeTaggedNumber(string tag, string? extension = null) => TakeTagged<ArgumentSyntax.Number>(tag, extension)?.Value;

    public IReadOnlyList<string> Strings(string what) => Positional<ArgumentSyntax.Strings>(what)?.Values ?? [];

    public string String(string what) => Positional<ArgumentSyntax.Strings>(what) is { } found ? Single(found) : "";

    public long Number(string what) => Positional<ArgumentSyntax.Number>(what)?.Value ?? 0;

    /// <summary>How many positional arguments are left.</summary>
    public int Count => _left.Count(a => a is not ArgumentSyntax.Tag);

    /// <summary>[COMPARATOR] [MATCH-TYPE] (RFC 5228 §2.7, RFC 5231).</summary>
    public Match TakeMatch()
    {
        var comparator = TakeTaggedString("comparator") switch
        {
            null or "i;ascii-casemap" => Comparator.AsciiCasemap,
            "i;octet" => Comparator.Octet,
            "i;ascii-numeric" => Numeric(),
            "i;unicode-casemap" => Comparator.UnicodeCasemap,
            var unknown => Unknown(unknown),
        };
        var found = new List<(MatchKind, Relation)>();
        foreach (var (tag, type) in (ReadOnlySpan<(string, MatchKind)>)[("is", MatchKind.Is), ("contains", MatchKind.Contains), ("matches", MatchKind.Matches)])
        {
            if (TakeTag(tag))
            {
                found.Add((type, default));
            }
        }

        foreach (var (tag, type) in (ReadOnlySpan<(string, MatchKind)>)[("value", MatchKind.Value), ("count", MatchKind.Count)])
        {
            if (TakeTaggedString(tag, "relational") is { } relation)
            {
                found.Add((type, ReadRelation(relation)));
            }
        }

        if (found.Count > 1)
        {
            Fail($"\"{name}\" takes one match type only.");
        }

        if (comparator == Comparator.AsciiNumeric && found is [(MatchKind.Contains or MatchKind.Matches, _), ..])
        {
            Fail("Numbers can be compared, not searched in.");
        }

        var (match, relationOf) = found.Count > 0 ? found[0] : (MatchKind.Is, default);
        return new(match, comparator, relationOf);
    }

    /// <summary>[ADDRESS-PART] (RFC 5228 §2.7.4, RFC 5233).</summary>
    public AddressPart TakeAddressPart()
    {
        var parts = new List<AddressPart>();
        foreach (var (tag, part, extension) in (ReadOnlySpan<(string, AddressPart, string?)>)
            [("all", AddressPart.All, null), ("localpart", AddressPart.LocalPart, null), ("domain", AddressPart.Domain, null),
             ("user", AddressPart.User, "subaddress"), ("detail", AddressPart.Detail, "subaddress")])
        {
            if (TakeTag(tag, extension))
            {
                parts.Add(part);
            }
        }

        if (parts.Count > 1)
        {
            Fail($"\"{name}\" takes one address part only.");
        }

        return parts.Count > 0 ? parts[0] : AddressPart.All;
    }

    /// <summary>[":index" number [":last"]] (RFC 5260 §6).</summary>
    public FieldIndex? TakeIndex()
    {
        var index = TakeTaggedNumber("index", "index");
        var isFromLast = TakeTag("last", "index");
        if (index is 0 or > int.MaxValue || (index is null && isFromLast))
        {
            Fail(":index needs a number above 0.");
            return null;
        }

        return index is { } number ? new((int)number, isFromLast) : null;
    }

    /// <summary>Everything was taken.</summary>
    public void End()
    {
        if (_left.Count > 0)
        {
            requirements.Fail(_left[0].At, _left[0] is ArgumentSyntax.Tag tag ? $"\"{name}\" does not know :{tag.Name}." : $"\"{name}\" has an argument too many.");
        }
    }

    private T? TakeTagged<T>(string tag, string? extension)
        where T : ArgumentSyntax
    {
        var index = _left.FindIndex(a => a is ArgumentSyntax.Tag found && found.Name == tag);
        if (index < 0)
        {
            return null;
        }

        requirements.Need(extension, _left[index].At, ":" + tag);
        var value = index + 1 < _left.Count ? _left[index + 1] as T : null;
        if (value is null)
        {
            requirements.Fail(_left[index].At, $":{tag} needs {(typeof(T) == typeof(ArgumentSyntax.Number) ? "a number" : "a string")}.");
        }

        _left.RemoveRange(index, value is null ? 1 : 2);
        return value;
    }

    private T? Positional<T>(string what)
        where T : ArgumentSyntax
    {
        if (_left.Find(a => a is not ArgumentSyntax.Tag) is T found)
        {
            _left.Remove(found);
            return found;
        }

        Fail($"\"{name}\" needs {what}.");
        return null;
    }

    private string Single(ArgumentSyntax.Strings strings)
    {
        if (strings.IsList && strings.Values.Count != 1)
        {
            requirements.Fail(strings.At, "One string is expected here, not a list.");
        }

        return strings.Values.Count > 0 ? strings.Values[0] : "";
    }

    private Comparator Numeric()
    {
        requirements.Need("comparator-i;ascii-numeric", at, "i;ascii-numeric");
        return Comparator.AsciiNumeric;
    }

    private Comparator Unknown(string comparator)
    {
        Fail($"The comparator \"{comparator}\" is not known.");
        return Comparator.AsciiCasemap;
    }

    private Relation ReadRelation(string relation)
    {
        switch (relation.ToLowerInvariant())
        {
            case "gt": return Relation.Greater;
            case "ge": return Relation.GreaterOrEqual;
            case "lt": return Relation.Less;
            case "le": return Relation.LessOrEqual;
            case "eq": return Relation.Equal;
            case "ne": return Relation.NotEqual;
            default:
                Fail($"\"{relation}\" is none of gt, ge, lt, le, eq, ne.");
                return Relation.Equal;
        }
    }
}
