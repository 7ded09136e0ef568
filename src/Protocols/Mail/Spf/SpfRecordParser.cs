using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Plenum.Protocols.Mail.Spf;

/// <summary>The grammar of RFC 7208 §12.</summary>
internal static class SpfRecordParser
{
    public static bool TryParse(string text, [NotNullWhen(true)] out SpfRecord? record, [NotNullWhen(false)] out string? problem)
    {
        record = null;
        problem = "The record is not ASCII or has no version.";
        if (!SpfRecord.HasVersion(text) || !Ascii.IsValid(text))
        {
            return false;
        }

        var directives = new List<SpfDirective>();
        SpfMacroString? redirect = null, explanation = null;
        foreach (var range in text.AsSpan(6).Split(' '))
        {
            var term = text.AsSpan(6)[range];
            if (term.IsEmpty)
            {
                continue;
            }

            var isGood = IsModifier(term, out var name)
                ? TryReadModifier(name, term[(name.Length + 1)..].ToString(), ref redirect, ref explanation)
                : TryReadDirective(term.ToString(), directives);
            if (!isGood)
            {
                problem = $"The term '{term}' is wrong.";
                return false;
            }
        }

        problem = null;
        record = new SpfRecord(directives, redirect, explanation);
        return true;
    }

    /// <summary>RFC 7208 §4.6.1: name "=" macro-string, where the name starts with a letter.</summary>
    private static bool IsModifier(ReadOnlySpan<char> term, out ReadOnlySpan<char> name)
    {
        var length = 0;
        while (length < term.Length && (char.IsAsciiLetterOrDigit(term[length]) || term[length] is '-' or '_' or '.'))
        {
            length++;
        }

        name = term[..length];
        return length > 0 && length < term.Length && term[length] == '=' && char.IsAsciiLetter(term[0]);
    }

    private static bool TryReadModifier(ReadOnlySpan<char> name, string value, ref SpfMacroString? redirect, ref SpfMacroString? explanation)
    {
        if (name.Equals("redirect", StringComparison.OrdinalIgnoreCase))
        {
            return redirect is null && SpfMacroString.TryParseDomain(value, out redirect); // RFC 7208 §6: at most once.
        }

        return name.Equals("exp", StringComparison.OrdinalIgnoreCase)
            ? explanation is null && SpfMacroString.TryParseDomain(value, out explanation)
            : SpfMacroString.TryParse(value, isExplanation: false, out _); // Unknown modifiers are ignored if well-formed.
    }

    private static bool TryReadDirective(string term, List<SpfDirective> directives)
    {
        var qualifier = term[0] switch
        {
            '-' => SpfQualifier.Fail,
            '~' => SpfQualifier.SoftFail,
            '?' => SpfQualifier.Neutral,
            _ => SpfQualifier.Pass,
        };
        var mechanism = term[0] is '+' or '-' or '~' or '?' ? term[1..] : term;
        var nameLength = mechanism.AsSpan().IndexOfAny(':', '/');
        var name = nameLength < 0 ? mechanism : mechanism[..nameLength];
        var rest = nameLength < 0 ? "" : mechanism[nameLength..];
        SpfDirective? directive = name.ToLowerInvariant() switch
        {
            "all" when rest.Length == 0 => new(qualifier, SpfMechanism.All, term),
            "include" => WithDomain(new(qualifier, SpfMechanism.Include, term), rest, isOptional: false),
            "exists" => WithDomain(new(qualifier, SpfMechanism.Exists, term), rest, isOptional: false),
            "ptr" => WithDomain(new(qualifier, SpfMechanism.Ptr, term), rest, isOptional: true),
            "a" => WithDomainAndPrefixes(new(qualifier, SpfMechanism.A, term), rest),
            "mx" => WithDomainAndPrefixes(new(qualifier, SpfMechanism.Mx, term), rest),
            "ip4" => WithNetwork(new(qualifier, SpfMechanism.Ip4, term), rest),
            "ip6" => WithNetwork(new(qualifier, SpfMechanism.Ip6, term), rest),
            _ => null,
        };
        if (directive is not null)
        {
            directives.Add(directive);
        }

        return directive is not null;
    }

    private static SpfDirective? WithDomain(SpfDirective directive, string rest, bool isOptional)
    {
        if (rest.Length == 0)
        {
            return isOptional ? directive : null;
        }

        return rest[0] == ':' && SpfMacroString.TryParseDomain(rest[1..], out var domain) ? directive with { Domain = domain } : null;
    }

    /// <summary>[":" domain-spec] [dual-cidr-length], RFC 7208 §5.3. A "/" may belong to the domain-spec, so the lengths are taken from the end.</summary>
    private static SpfDirective? WithDomainAndPrefixes(SpfDirective directive, string rest)
    {
        var six = rest.LastIndexOf("//", StringComparison.Ordinal);
        if (six >= 0 && TryReadPrefix(rest[(six + 2)..], 128, out var length6))
        {
            directive = directive with { PrefixLength6 = length6 };
            rest = rest[..six];
        }

        var four = rest.LastIndexOf('/');
        if (four >= 0 && TryReadPrefix(rest[(four + 1)..], 32, out var length4))
        {
            directive = directive with { PrefixLength4 = length4 };
            rest = rest[..four];
        }

        return WithDomain(directive, rest, isOptional: true);
    }

    private static SpfDirective? WithNetwork(SpfDirective directive, string rest)
    {
        if (rest.Length < 2 || rest[0] != ':')
        {
            return null;
        }

        var isFour = directive.Mechanism is SpfMechanism.Ip4;
        var slash = rest.IndexOf('/');
        var text = slash < 0 ? rest[1..] : rest[1..slash];
        var prefix = isFour ? 32 : 128;
        if ((slash >= 0 && !TryReadPrefix(rest[(slash + 1)..], prefix, out prefix)) || !TryReadAddress(text, isFour, out var address))
        {
            return null;
        }

        return directive with
        {
            Network = address,
            PrefixLength4 = isFour ? prefix : 32,
            PrefixLength6 = isFour ? 128 : prefix,
        };
    }

    /// <summary>Digits without a leading zero (RFC 7208 §12 ip4-cidr-length).</summary>
    private static bool TryReadPrefix(string text, int max, out int length)
    {
        length = 0;
        return text.Length is > 0 and <= 3 && (text[0] != '0' || text.Length == 1)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= max;
    }

    private static bool TryReadAddress(string text, bool isFour, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        if (!isFour)
        {
            return text.Contains(':') && text.AsSpan().IndexOfAny("[]%") < 0
                && IPAddress.TryParse(text, out address) && address.AddressFamily is AddressFamily.InterNetworkV6;
        }

        // The framework also reads "1.2" and octal numbers as IPv4; the grammar wants four decimal ones.
        var parts = text.Split('.');
        return parts.Length == 4 && Array.TrueForAll(parts, part => TryReadPrefix(part, 255, out _)) && IPAddress.TryParse(text, out address);
    }
}
