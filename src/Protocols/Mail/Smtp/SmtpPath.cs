using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Plenum.Protocols.Mail.Dns;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>A reverse or forward path (RFC 5321 §4.1.2), source routes dropped.</summary>
/// <param name="LocalPart">As written, quotes removed where none are needed; empty for the null path.</param>
/// <param name="Domain">Lower-case A-labels, or an address literal with its brackets; empty for the null path and for a bare "postmaster".</param>
public readonly record struct SmtpPath(string LocalPart, string Domain)
{
    private const int MaxLocalPart = 64; // RFC 5321 §4.5.3.1.1, octets
    private const int MaxPath = 256; // RFC 5321 §4.5.3.1.3, octets
    private static readonly SearchValues<char> Specials = SearchValues.Create("<>()[]\\,;:\"@");

    /// <summary>"&lt;&gt;": bounces come from there.</summary>
    public static SmtpPath Null { get; } = new("", "");

    public bool IsNull => LocalPart.Length == 0;

    /// <summary>RFC 5321 §4.5.1: RCPT TO:&lt;postmaster&gt; without a domain.</summary>
    public bool IsBarePostmaster => Domain.Length == 0 && LocalPart.Equals("postmaster", StringComparison.OrdinalIgnoreCase);

    public bool IsLiteral => Domain.StartsWith('[');

    /// <summary>The local part needs SMTPUTF8 (RFC 6531 §3.2); the domain always has an ASCII form.</summary>
    public bool NeedsUtf8 => !Ascii.IsValid(LocalPart);

    /// <summary>"local@domain", the local part quoted where it must be; empty for the null path.</summary>
    public string Address => IsNull ? "" : Domain.Length == 0 ? LocalPart : $"{(IsDotString(LocalPart) ? LocalPart : Quote(LocalPart))}@{Domain}";

    /// <summary>Reads "&lt;path&gt;" and what follows it.</summary>
    /// <param name="text">What stands after "FROM:" or "TO:"; blanks before the bracket are forgiven.</param>
    /// <param name="rest">The parameters, starting with a blank or empty.</param>
    public static bool TryParse(string text, out SmtpPath path, out string rest)
    {
        path = Null;
        rest = "";
        var at = text.Length - text.AsSpan().TrimStart(' ').Length;
        if (at >= text.Length || text[at] != '<')
        {
            return false;
        }

        var end = EndOf(text, at + 1);
        if (end < 0 || Encoding.UTF8.GetByteCount(text.AsSpan(at + 1, end - at - 1)) > MaxPath)
        {
            return false;
        }

        rest = text[(end + 1)..];
        return (rest.Length == 0 || rest[0] == ' ') && TryParseInner(text[(at + 1)..end], out path);
    }

    /// <summary>Reads "local@domain".</summary>
    public static bool TryParseMailbox(string text, out SmtpPath path)
    {
        path = Null;
        var at = text.LastIndexOf('@');
        if (at <= 0 || !TryLocalPart(text[..at], out var local) || !TryDomain(text[(at + 1)..], out var domain))
        {
            return false;
        }

        path = new(local, domain);
        return true;
    }

    private static bool TryParseInner(string inner, out SmtpPath path)
    {
        path = Null;
        if (inner.Length == 0)
        {
            return true;
        }

        if (inner[0] == '@')
        {
            // RFC 5321 §4.1.1.3, appendix C: a source route is accepted and ignored.
            var colon = inner.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || !inner[..colon].Split(',').All(hop => hop.StartsWith('@') && DomainName.TryNormalize(hop[1..], out _)))
            {
                return false;
            }

            inner = inner[(colon + 1)..];
        }

        if (inner.Equals("postmaster", StringComparison.OrdinalIgnoreCase))
        {
            path = new(inner, "");
            return true;
        }

        return TryParseMailbox(inner, out path);
    }

    // The closing bracket, not one within a quoted string.
    private static int EndOf(string text, int from)
    {
        var isQuoted = false;
        for (var i = from; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when isQuoted:
                    i++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case '>' when !isQuoted:
                    return i;
            }
        }

        return -1;
    }

    private static bool TryLocalPart(string text, out string local)
    {
        local = text;
        if (text[0] == '"' && !TryUnquote(text, out local))
        {
            return false;
        }

        return local.Length > 0 && Encoding.UTF8.GetByteCount(local) <= MaxLocalPart && (text[0] == '"' || IsDotString(text));
    }

    // RFC 5321 §4.1.2 Quoted-string: printable ASCII, and what RFC 6531 §3.3 adds.
    private static bool TryUnquote(string text, out string local)
    {
        var plain = new StringBuilder(text.Length);
        local = "";
        if (text.Length < 3 || text[^1] != '"')
        {
            return false;
        }

        for (var i = 1; i < text.Length - 1; i++)
        {
            var c = text[i];
            if (c == '\\' && ++i < text.Length - 1 && text[i] is >= ' ' and <= '~')
            {
                plain.Append(text[i]);
            }
            else if (c is '"' or '\\' || char.IsControl(c))
            {
                return false;
            }
            else
            {
                plain.Append(c);
            }
        }

        local = plain.ToString();
        return true;
    }

    private static string Quote(string local)
        => '"' + local.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';

    private static bool IsDotString(string local)
        => local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal) && local.All(IsAtomText);

    private static bool IsAtomText(char c)
        => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~.".Contains(c, StringComparison.Ordinal)
            || (c > '\x7F' && !char.IsControl(c) && !char.IsWhiteSpace(c));

    private static bool TryDomain(string text, out string domain)
    {
        if (!text.StartsWith('['))
        {
            // "_" stands in some hosts' real names, so only what could not be asked for in the DNS is refused.
            return DomainName.TryNormalize(text, out domain) && !domain.AsSpan().ContainsAny(Specials);
        }

        domain = text.ToLowerInvariant();
        if (!text.EndsWith(']'))
        {
            return false;
        }

        // RFC 5321 §4.1.3
        var inner = domain[1..^1];
        return inner.StartsWith("ipv6:", StringComparison.Ordinal)
            ? IPAddress.TryParse(inner[5..], out var six) && six.AddressFamily == AddressFamily.InterNetworkV6
            : IPAddress.TryParse(inner, out var four) && four.AddressFamily == AddressFamily.InterNetwork && inner.Count(c => c == '.') == 3;
    }
}
