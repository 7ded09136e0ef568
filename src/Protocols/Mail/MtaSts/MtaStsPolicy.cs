using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Plenum.Protocols.Mail.Dns;

namespace Plenum.Protocols.Mail.MtaSts;

/// <summary>The policy a domain serves at https://mta-sts.DOMAIN/.well-known/mta-sts.txt (RFC 8461 §3.2).</summary>
/// <param name="MaxAge">How long it may be kept.</param>
/// <param name="MxPatterns">Hosts that may receive its mail, "*." for one label in front; lower-case A-labels.</param>
public sealed record MtaStsPolicy(MtaStsMode Mode, TimeSpan MaxAge, IReadOnlyList<string> MxPatterns)
{
    /// <summary>RFC 8461 §3.3: fetchers may stop at 64 KB; real policies have some hundred octets.</summary>
    public const int MaxOctets = 64 * 1024;

    /// <summary>RFC 8461 §3.2: 31,557,600 seconds, about a year.</summary>
    public const long MaxAgeLimit = 31_557_600;

    /// <summary>Lines of mx: kept; bounds the work of matching.</summary>
    private const int MaxPatterns = 1000;

    /// <summary>Reads a policy as fetched. Unknown keys are skipped, keys given twice count the first time, except mx (RFC 8461 §3.2).</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out MtaStsPolicy? policy)
    {
        policy = null;
        if (text.Length > MaxOctets)
        {
            return false;
        }

        string? version = null, mode = null, age = null;
        var patterns = new List<string>();
        foreach (var line in Encoding.UTF8.GetString(text).Split('\n'))
        {
            var colon = line.IndexOf(':');
            if (colon < 0)
            {
                if (line.AsSpan().Trim().IsEmpty)
                {
                    continue;
                }

                return false;
            }

            var value = line[(colon + 1)..].Trim();
            switch (line[..colon].Trim())
            {
                case "version":
                    version ??= value;
                    break;
                case "mode":
                    mode ??= value;
                    break;
                case "max_age":
                    age ??= value;
                    break;
                case "mx" when TryReadPattern(value, out var pattern) && patterns.Count < MaxPatterns:
                    patterns.Add(pattern);
                    break;
                case "mx":
                    return false;
            }
        }

        if (version is not "STSv1" || mode is not ("none" or "testing" or "enforce") || age is not { Length: > 0 and <= 10 }
            || !long.TryParse(age, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > MaxAgeLimit
            || (patterns.Count == 0 && mode is not "none"))
        {
            return false;
        }

        policy = new MtaStsPolicy(
            mode switch { "enforce" => MtaStsMode.Enforce, "testing" => MtaStsMode.Testing, _ => MtaStsMode.None },
            TimeSpan.FromSeconds(seconds), patterns);
        return true;
    }

    /// <summary>Whether an MX host is listed (RFC 8461 §4.1). A- and U-labels are the same name; "*." stands for exactly one label.</summary>
    public bool Allows(string mxHost)
    {
        if (!DomainName.TryNormalize(mxHost, out var host))
        {
            return false;
        }

        var dot = host.IndexOf('.');
        foreach (var pattern in MxPatterns)
        {
            if (pattern.StartsWith("*.", StringComparison.Ordinal)
                ? dot > 0 && host.AsSpan(dot + 1).SequenceEqual(pattern.AsSpan(2))
                : host == pattern)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether mail may go to this host now: in testing mode always, whatever the certificate says; report the failure instead (RFC 8461 §5).
    /// </summary>
    /// <param name="hasValidCertificate">TLS was negotiated and the certificate is valid for the host (RFC 8461 §4.2).</param>
    public bool PermitsDelivery(string mxHost, bool hasValidCertificate)
        => Mode is not MtaStsMode.Enforce || (hasValidCertificate && Allows(mxHost));

    /// <summary>The policy as text to serve (RFC 8461 §3.2).</summary>
    public string Write()
    {
        var text = new StringBuilder("version: STSv1\r\n")
            .Append(CultureInfo.InvariantCulture, $"mode: {Mode.ToString().ToLowerInvariant()}\r\n");
        foreach (var pattern in MxPatterns)
        {
            text.Append(CultureInfo.InvariantCulture, $"mx: {pattern}\r\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"max_age: {(long)MaxAge.TotalSeconds}\r\n").ToString();
    }

    private static bool TryReadPattern(string text, out string pattern)
    {
        var isWild = text.StartsWith("*.", StringComparison.Ordinal);
        var isName = DomainName.TryNormalize(isWild ? text[2..] : text, out var name) && !name.Contains('*');
        pattern = isWild ? $"*.{name}" : name;
        return isName;
    }
}
