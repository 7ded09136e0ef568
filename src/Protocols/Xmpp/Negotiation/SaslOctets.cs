using Plenum.Protocols.Sasl;
using Plenum.Protocols.Xmpp.Stream;

namespace Plenum.Protocols.Xmpp.Negotiation;

/// <summary>Challenges, responses and failures of both SASL profiles: RFC 6120 §6.4 and XEP-0388 §2.5.</summary>
public static class SaslOctets
{
    /// <summary>Namespace of the profile of RFC 6120 §6; that of XEP-0388 is <see cref="AuthenticationFeature.Namespace"/>.</summary>
    public const string LegacyNamespace = "urn:ietf:params:xml:ns:xmpp-sasl";

    /// <summary>Decodes base64 content; "=" is the empty message of RFC 6120 §6.4.2. False: incorrect-encoding.</summary>
    public static bool TryRead(XmlElement element, out byte[] octets)
    {
        octets = [];
        var text = element.Text.Trim();
        if (text is "" or "=")
        {
            return true;
        }

        var buffer = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, buffer, out var written))
        {
            return false;
        }

        octets = buffer[..written];
        return true;
    }

    /// <summary>The challenge element.</summary>
    /// <param name="ns">Namespace of the profile in use.</param>
    public static XmlElement Challenge(ReadOnlySpan<byte> octets, string ns) => XmlElement.OfText("challenge", ns, Convert.ToBase64String(octets));

    /// <summary>The failure element; its condition stands in the namespace of RFC 6120 in both profiles.</summary>
    public static XmlElement Failure(SaslFailure reason, string ns)
        => new("failure", ns, XmlElement.OfText(ErrorNames<SaslFailure>.Of(reason), LegacyNamespace, ""));
}
