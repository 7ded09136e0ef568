using System.Globalization;
using Plenum.Protocols.Mail.Sieve.Running;

namespace Plenum.Protocols.Mail.Sieve.Program;

/// <summary>The tests that hold no test (RFC 5228 §5, RFC 5173, 5229, 5232, 5260, 5490).</summary>
internal static class Tests
{
    /// <summary>Null for an unknown name.</summary>
    public static SieveTest? Read(string name, ArgumentReader arguments, Requirements requirements)
    {
        if (Extension(name) is { } extension)
        {
            requirements.Need(extension, arguments.At, name);
        }

        return name switch
        {
            "true" => new SieveTest.Constant(Value: true),
            "false" => new SieveTest.Constant(Value: false),
            "exists" => new SieveTest.Exists(Fields(arguments)),
            "size" => Size(arguments),
            "header" => Header(arguments),
            "address" => Address(arguments),
            "envelope" => Envelope(arguments),
            "body" => Body(arguments),
            "date" or "currentdate" => Date(arguments, name == "date"),
            "mailboxexists" => new SieveTest.MailboxExists(arguments.Strings("names of mailboxes")),
            "hasflag" => HasFlag(arguments, requirements),
            "string" => Text(arguments),
            _ => null,
        };
    }

    private static string? Extension(string name) => name switch
    {
        "envelope" or "body" => name,
        "date" or "currentdate" => "date",
        "mailboxexists" => "mailbox",
        "hasflag" => "imap4flags",
        "string" => "variables",
        _ => null,
    };

    private static SieveTest.Size Size(ArgumentReader arguments)
    {
        var (over, under) = (arguments.TakeTag("over"), arguments.TakeTag("under"));
        if (over == under)
        {
            arguments.Fail("\"size\" needs :over or :under.");
        }

        return new(over, arguments.Number("a number"));
    }

    private static SieveTest.Header Header(ArgumentReader arguments)
    {
        var match = arguments.TakeMatch();
        var index = arguments.TakeIndex();
        return new(Fields(arguments), match, arguments.Strings("keys"), index);
    }

    private static SieveTest.Address Address(ArgumentReader arguments)
    {
        var part = arguments.TakeAddressPart();
        var match = arguments.TakeMatch();
        var index = arguments.TakeIndex();
        return new(Fields(arguments), part, match, arguments.Strings("keys"), index);
    }

    private static SieveTest.Envelope Envelope(ArgumentReader arguments)
    {
        var part = arguments.TakeAddressPart();
        var match = arguments.TakeMatch();
        var parts = arguments.Strings("parts of the envelope");
        foreach (var unknown in parts.Where(p => !p.Equals("from", StringComparison.OrdinalIgnoreCase) && !p.Equals("to", StringComparison.OrdinalIgnoreCase)))
        {
            arguments.Fail($"The envelope has no part \"{unknown}\".");
        }

        return new(parts, part, match, arguments.Strings("keys"));
    }

    private static SieveTest.Body Body(ArgumentReader arguments)
    {
        var match = arguments.TakeMatch();
        var (isRaw, isText) = (arguments.TakeTag("raw"), arguments.TakeTag("text"));
        var types = arguments.TakeTaggedStrings("content");
        if ((isRaw ? 1 : 0) + (isText ? 1 : 0) + (types is null ? 0 : 1) > 1)
        {
            arguments.Fail("\"body\" takes one of :raw, :content and :text.");
        }

        return new(isRaw ? BodyTransform.Raw : types is null ? BodyTransform.Text : BodyTransform.Content, types ?? [], match, arguments.Strings("keys"));
    }

    private static SieveTest.Date Date(ArgumentReader arguments, bool takesField)
    {
        var match = arguments.TakeMatch();
        var index = takesField ? arguments.TakeIndex() : null;
        var zone = arguments.TakeTag("originalzone") ? DateZone.Original : DateZone.Local;
        var offset = TimeSpan.Zero;
        if (arguments.TakeTaggedString("zone") is { } text)
        {
            if (zone == DateZone.Original || !DateParts.TryReadZone(text, out offset))
            {
                arguments.Fail("A zone is written as \"+0100\", and excludes :originalzone.");
            }

            zone = DateZone.Given;
        }

        if (!takesField && zone == DateZone.Original)
        {
            arguments.Fail("\"currentdate\" has no original zone.");
        }

        var field = takesField ? arguments.String("a field") : null;
        var part = arguments.String("a part of a date").ToLower(CultureInfo.InvariantCulture);
        if (!DateParts.IsPart(part))
        {
            arguments.Fail($"A date has no part \"{part}\".");
        }

        return new(field, zone, offset, part, match, arguments.Strings("keys"), index);
    }

    private static SieveTest.HasFlag HasFlag(ArgumentReader arguments, Requirements requirements)
    {
        var match = arguments.TakeMatch();
        IReadOnlyList<string> variables = [];
        if (arguments.Count > 1)
        {
            requirements.Need("variables", arguments.At, "a variable of flags");
            variables = arguments.Strings("names of variables");
        }

        return new(variables, match, arguments.Strings("flags"));
    }

    private static SieveTest.Text Text(ArgumentReader arguments)
    {
        var match = arguments.TakeMatch();
        return new(arguments.Strings("strings"), match, arguments.Strings("keys"));
    }

    private static IReadOnlyList<string> Fields(ArgumentReader arguments)
    {
        var fields = arguments.Strings("names of fields");
        foreach (var wrong in fields.Where(f => !f.Contains("${", StringComparison.Ordinal) && (f.Length == 0 || f.Any(c => c is <= ' ' or ':' or > '~'))))
        {
            arguments.Fail($"\"{wrong}\" is no name of a field.");
        }

        return fields;
    }
}
