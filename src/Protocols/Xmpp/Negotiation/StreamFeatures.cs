using Plenum.Protocols.Xmpp.Stream;

namespace Plenum.Protocols.Xmpp.Negotiation;

/// <summary>What a server offers at this point of a stream (RFC 6120 §4.3.2).</summary>
/// <param name="StartTls">Null: not offered; true: required.</param>
/// <param name="Mechanisms">SASL of RFC 6120 §6.4.1; empty: not offered.</param>
/// <param name="Authentication">SASL2 (XEP-0388).</param>
/// <param name="ChannelBindings">Types of XEP-0440.</param>
/// <param name="Bind">Resource binding of RFC 6120 §7.</param>
/// <param name="StreamManagement">XEP-0198 outside SASL2.</param>
public sealed record StreamFeatures(bool? StartTls, IReadOnlyList<string> Mechanisms, AuthenticationFeature? Authentication,
    IReadOnlyList<string> ChannelBindings, bool Bind, bool StreamManagement)
{
    private const string Tls = "urn:ietf:params:xml:ns:xmpp-tls";
    private const string Sasl = "urn:ietf:params:xml:ns:xmpp-sasl";
    private const string BindNs = "urn:ietf:params:xml:ns:xmpp-bind";
    private const string ChannelNs = "urn:xmpp:sasl-cb:0";

    /// <summary>Nothing is left to negotiate (RFC 6120 §4.3.4).</summary>
    public static StreamFeatures None { get; } = new(null, [], null, [], false, false);

    public XmlElement ToXml()
    {
        var features = new XmlElement("features", StreamHeader.StreamNamespace);
        if (StartTls is { } required)
        {
            features = features.With(required ? new XmlElement("starttls", Tls, new XmlElement("required", Tls)) : new XmlElement("starttls", Tls));
        }

        return features
            .With(Mechanisms.Count == 0 ? null : new XmlElement("mechanisms", Sasl, [.. Mechanisms.Select(m => XmlElement.OfText("mechanism", Sasl, m))]))
            .With(Authentication?.ToXml())
            .With(ChannelBindings.Count == 0 ? null : new XmlElement("sasl-channel-binding", ChannelNs,
                [.. ChannelBindings.Select(t => new XmlElement("channel-binding", ChannelNs).With("type", t))]))
            .With(Bind ? new XmlElement("bind", BindNs) : null)
            .With(StreamManagement ? new XmlElement("sm", StreamManagementNonza.Namespace) : null);
    }

    /// <returns>False if the element is no features element; features not known here are passed over.</returns>
    public static bool TryRead(XmlElement element, out StreamFeatures features)
    {
        var tls = element.Child("starttls", Tls);
        var authentication = element.Child("authentication", AuthenticationFeature.Namespace);
        features = new StreamFeatures(
            tls is null ? null : tls.Child("required") is not null,
            [.. element.Child("mechanisms", Sasl)?.ChildrenOf("mechanism").Select(m => m.Text) ?? []],
            authentication is not null && AuthenticationFeature.TryRead(authentication, out var sasl2) ? sasl2 : null,
            [.. element.Child("sasl-channel-binding", ChannelNs)?.ChildrenOf("channel-binding").Select(c => c["type"] ?? "") ?? []],
            element.Child("bind", BindNs) is not null,
            element.Child("sm", StreamManagementNonza.Namespace) is not null);
        return element.Is("features", StreamHeader.StreamNamespace);
    }
}
