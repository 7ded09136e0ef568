using MimeKit;
using Plenum.Protocols.Mail.Sieve.Running;

namespace Plenum.Protocols.Mail.Sieve.Program;

/// <summary>The actions (RFC 5228 §4, RFC 3894, 5229, 5230, 5232, 5429, 5490).</summary>
internal static class Actions
{
    // RFC 5230 §4.1: the least and most days an interval may have; the default is seven.
    private const int DefaultDays = 7;
    private const int MaxDays = 365;

    private static readonly (string Tag, ValueModifier Modifier, int Precedence)[] Modifiers =
    [
        ("lower", ValueModifier.Lower, 40), ("upper", ValueModifier.Upper, 40), ("lowerfirst", ValueModifier.LowerFirst, 30),
        ("upperfirst", ValueModifier.UpperFirst, 30), ("quotewildcard", ValueModifier.QuoteWildcard, 20), ("length", ValueModifier.Length, 10),
    ];

    /// <summary>Null for an unknown name.</summary>
    public static SieveStatement? Read(string name, ArgumentReader arguments, Requirements requirements)
    {
        if (Extension(name) is { } extension)
        {
            requirements.Need(extension, arguments.At, name);
        }

        return name switch
        {
            "stop" => new SieveStatement.Stop(),
            "keep" => new SieveStatement.Keep(arguments.TakeTaggedStrings("flags", "imap4flags")),
            "discard" => new SieveStatement.Discard(),
            "fileinto" => FileInto(arguments),
            "redirect" => new SieveStatement.Redirect(IsCopy: arguments.TakeTag("copy", "copy"), Address: arguments.String("an address")),
            "reject" or "ereject" => new SieveStatement.Reject(arguments.String("a reason"), name == "ereject"),
            "vacation" => Vacation(arguments),
            "set" => Set(arguments),
            "setflag" => Flags(FlagChange.Set, arguments, requirements),
            "addflag" => Flags(FlagChange.Add, arguments, requirements),
            "removeflag" => Flags(FlagChange.Remove, arguments, requirements),
            _ => null,
        };
    }

    private static string? Extension(string name) => name switch
    {
        "fileinto" or "reject" or "ereject" or "vacation" => name,
        "set" => "variables",
        "setflag" or "addflag" or "removeflag" => "imap4flags",
        _ => null,
    };

    private static SieveStatement.FileInto FileInto(ArgumentReader arguments)
    {
        var isCopy = arguments.TakeTag("copy", "copy");
        var creates = arguments.TakeTag("create", "mailbox");
        var flags = arguments.TakeTaggedStrings("flags", "imap4flags");
        return new(arguments.String("a mailbox"), isCopy, creates, flags);
    }

    private static SieveStatement.Vacation Vacation(ArgumentReader arguments)
    {
        var days = arguments.TakeTaggedNumber("days");
        var seconds = arguments.TakeTaggedNumber("seconds", "vacation-seconds");
        if (days is not null && seconds is not null)
        {
            arguments.Fail("\"vacation\" takes :days or :seconds, not both.");
        }

        var interval = seconds is { } s ? TimeSpan.FromSeconds(Math.Min(s, MaxDays * 86_400L)) : TimeSpan.FromDays(Math.Clamp(days ?? DefaultDays, 1, MaxDays));
        var from = arguments.TakeTaggedString("from");
        if (from is not null && !from.Contains("${", StringComparison.Ordinal) && !MailboxAddress.TryParse(from, out _))
        {
            arguments.Fail($"\"{from}\" is no address.");
        }

        var subject = arguments.TakeTaggedString("subject");
        var addresses = arguments.TakeTaggedStrings("addresses") ?? [];
        var isMime = arguments.TakeTag("mime");
        var handle = arguments.TakeTaggedString("handle");
        return new(arguments.String("a reason"), interval, subject, from, addresses, isMime, handle);
    }

    private static SieveStatement.Set Set(ArgumentReader arguments)
    {
        var modifiers = new List<(ValueModifier Modifier, int Precedence)>();
        foreach (var (tag, modifier, precedence) in Modifiers)
        {
            if (arguments.TakeTag(tag))
            {
                modifiers.Add((modifier, precedence));
            }
        }

        if (modifiers.DistinctBy(m => m.Precedence).Count() < modifiers.Count)
        {
            arguments.Fail("Two modifiers of \"set\" exclude each other.");
        }

        var name = arguments.String("the name of a variable");
        if (!Variables.IsName(name))
        {
            arguments.Fail($"\"{name}\" is no name of a variable.");
        }

        return new(name, arguments.String("a value"), [.. modifiers.OrderByDescending(m => m.Precedence).Select(m => m.Modifier)]);
    }

    private static SieveStatement.ChangeFlags Flags(FlagChange change, ArgumentReader arguments, Requirements requirements)
    {
        string? variable = null;
        if (arguments.Count > 1)
        {
            requirements.Need("variables", arguments.At, "a variable of flags");
            variable = arguments.String("the name of a variable");
            if (!Variables.IsName(variable))
            {
                arguments.Fail($"\"{variable}\" is no name of a variable.");
            }
        }

        return new(change, variable, arguments.Strings("a list of flags"));
    }
}
