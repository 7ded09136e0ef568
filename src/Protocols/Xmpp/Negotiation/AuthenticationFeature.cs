using Plenum.Protocols.Xmpp.Stream;

namespace Plenum.Protocols.Xmpp.Negotiation;

/// <summary>The SASL2 offer (XEP-0388 §2.1) with Bind2 (XEP-0386) and FAST (XEP-0484) inside.</summary>
/// <param name="Upgrades">Hashes the client may set up after sign-in.</param>
/// <param name="BindFeatures">What Bind2 enables inline; null: no Bind2.</param>
/// <param name="FastMechanisms">Token mechanisms; empty: no FAST.</param>
/// <param name="Resume">XEP-0198 resumption inline.</param>
public sealed record AuthenticationFeature(IReadOnlyList<string> Mechanisms, IReadOnlyList<string> Upgrades, IReadOnlyList<string>? BindFeatures,
    IReadOnlyList<string> FastMechanisms, bool Resume)
{
    public const string Namespace = "urn:xmpp:sasl:2";
    public const string BindNamespace = "urn:xmpp:bind:0";
    public const string FastNamespace = "urn:xmpp:fast:0";

    public XmlElement ToXml()
    {
        var inline = new XmlElement("inline", Namespace)
            .With(BindFeatures is null ? null : new XmlElement("bind", BindNamespace).With(BindFeatures.Count == 0 ? null
                : new XmlElement("inline", BindNamespace, [.. BindFeatures.Select(f => new XmlElement("feature", BindNamespace).With("var", f))])))
            .With(Resume ? new XmlElement("sm", StreamManagementNonza.Namespace) : null)
            .With(FastMechanisms.Count == 0 ? null : new XmlElement("fast", FastNamespace, [.. FastMechanisms.Select(m => XmlElement.OfText("mechanism", FastNamespace, m))]));
        return new XmlElement("authentication", Namespace,
                [.. Mechanisms.Select(m => XmlElement.OfText("mechanism", Namespace, m)), .. Upgrades.Select(u => XmlElement.OfText("upgrade", Namespace, u))])
            .With(inline.Children.Count == 0 ? null : inline);
    }

    /// <returns>False if the element is another or offers no mechanism.</returns>
    public static bool TryRead(XmlElement element, out AuthenticationFeature feature)
    {
        var inline = element.Child("inline");
        var bind = inline?.Child("bind", BindNamespace);
        feature = new AuthenticationFeature(
            [.. element.ChildrenOf("mechanism").Select(m => m.Text)],
            [.. element.ChildrenOf("upgrade").Select(m => m.Text)],
            bind is null ? null : [.. bind.Child("inline")?.ChildrenOf("feature").Select(f => f["var"] ?? "") ?? []],
            [.. inline?.Child("fast", FastNamespace)?.ChildrenOf("mechanism").Select(m => m.Text) ?? []],
            inline?.Child("sm", StreamManagementNonza.Namespace) is not null);
        return element.Is("authentication", Namespace) && feature.Mechanisms.Count > 0;
    }
}
