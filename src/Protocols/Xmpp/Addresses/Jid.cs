using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Plenum.Protocols.Sasl.Precis;

namespace Plenum.Protocols.Xmpp.Addresses;

/// <summary>An XMPP address (RFC 7622), normalised when it is read: equal addresses are equal ordinally.</summary>
public sealed record Jid
{
    /// <summary>Octets of each part (RFC 7622 §3.1).</summary>
    public const int MaxPartLength = 1023;

    private Jid(string? local, string domain, string? resource) => (Local, Domain, Resource) = (local, domain, resource);

    /// <summary>Before the "@", UsernameCaseMapped; null in the address of a server.</summary>
    public string? Local { get; }

    /// <summary>U-labels in lower case, or an IP literal.</summary>
    public string Domain { get; }

    /// <summary>After the "/", OpaqueString; null in a bare address.</summary>
    public string? Resource { get; }

    public bool IsBare => Resource is null;

    /// <summary>The address without its resource.</summary>
    public Jid Bare => Resource is null ? this : new Jid(Local, Domain, null);

    /// <summary>Reads and normalises an address.</summary>
    public static bool TryParse(string text, out Jid jid)
    {
        jid = Nobody;
        if (text.Length > 3 * MaxPartLength + 2)
        {
            return false;
        }

        // RFC 7622 §3.1: the first slash ends the bare address, the first at-sign before it the local part.
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var bare = slash < 0 ? text : text[..slash];
        var at = bare.IndexOf('@', StringComparison.Ordinal);
        return TryCreate(at < 0 ? null : bare[..at], bare[(at + 1)..], slash < 0 ? null : text[(slash + 1)..], out jid);
    }

    /// <summary>Puts an address together from its parts; null is "no such part", an empty part is an error.</summary>
    public static bool TryCreate(string? local, string domain, string? resource, out Jid jid)
    {
        jid = Nobody;
        if ((local is not null && !TryLocal(local, out local)) || !TryDomain(domain, out domain) || (resource is not null && !TryResource(resource, out resource)))
        {
            return false;
        }

        jid = new Jid(local, domain, resource);
        return true;
    }

    public override string ToString() => (Local is null ? "" : Local + "@") + Domain + (Resource is null ? "" : "/" + Resource);

    private static readonly System.Buffers.SearchValues<char> NotInLocal = System.Buffers.SearchValues.Create("\"&'/:<>@");

    private static Jid Nobody { get; } = new(null, "invalid", null);

    // RFC 7622 §3.3: UsernameCaseMapped without eight characters that would break other addresses.
    private static bool TryLocal(string text, out string local)
        => PrecisProfile.TryUsernameCaseMapped(text, out local) && !local.AsSpan().ContainsAny(NotInLocal) && Fits(local);

    // RFC 7622 §3.4
    private static bool TryResource(string text, out string resource) => PrecisProfile.TryOpaqueString(text, out resource) && Fits(resource);

    // RFC 7622 §3.2: IP literal, or U-labels; a final dot is dropped.
    private static bool TryDomain(string text, out string domain)
    {
        domain = text.EndsWith('.') ? text[..^1] : text;
        if (domain.Length is 0 or > MaxPartLength)
        {
            return false;
        }

        if (domain[0] == '[')
        {
            return domain[^1] == ']' && IPAddress.TryParse(domain, out var address) && address.AddressFamily is AddressFamily.InterNetworkV6;
        }

        if (!PrecisProfile.TryUsernameCaseMapped(domain.Replace('\u3002', '.'), out domain))
        {
            return false;
        }

        if (domain.Contains("xn--", StringComparison.Ordinal) && !TryUnicode(domain, out domain))
        {
            return false;
        }

        return domain.Split('.').All(IsLabel) && Fits(domain);
    }

    private static bool TryUnicode(string ascii, out string unicode)
    {
        unicode = ascii;
        try
        {
            unicode = new IdnMapping { UseStd3AsciiRules = true }.GetUnicode(ascii);
            return PrecisProfile.TryUsernameCaseMapped(unicode, out unicode);
        }
        catch (ArgumentException)
        {
            return false; // The only way IdnMapping says no.
        }
    }

    // RFC 5891 §4.2.3, RFC 5890 §2.3.1; the underscore is seen in names of services.
    private static bool IsLabel(string label)
    {
        if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-' || (label.Length > 3 && label[2] == '-' && label[3] == '-'))
        {
            return false;
        }

        foreach (var rune in label.EnumerateRunes())
        {
            if (!(rune.IsAscii ? char.IsAsciiLetterLower((char)rune.Value) || char.IsAsciiDigit((char)rune.Value) || rune.Value is '-' or '_' : true))
            {
                return false;
            }
        }

        if (Ascii.IsValid(label))
        {
            return true;
        }

        try
        {
            return Rune.GetUnicodeCategory(label.EnumerateRunes().First()) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark)
                && new IdnMapping().GetAscii(label).Length <= 63;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool Fits(string part) => Encoding.UTF8.GetByteCount(part) <= MaxPartLength;
}
