namespace Plenum.Protocols.Xmpp.Stream;

/// <summary>What one peer may make the parser hold. Checked while octets arrive, not after (XEP-0478 tells the peer).</summary>
/// <param name="MaxStanzaBytes">Octets of one top-level element; a slow huge stanza must not fill memory.</param>
/// <param name="MaxDepth">Nested elements, the stanza itself counted; deep nesting attacks whoever walks the tree.</param>
/// <param name="MaxAttributes">Attributes of one element; comparing names is quadratic.</param>
/// <param name="MaxNamespaces">Namespace declarations in force at once.</param>
public sealed record XmlLimits(int MaxStanzaBytes, int MaxDepth, int MaxAttributes, int MaxNamespaces)
{
    /// <summary>The most the parser's fixed tables can hold; larger settings are cut to these.</summary>
    public const int DepthCeiling = 64, AttributesCeiling = 48, NamespacesCeiling = 48;

    /// <summary>Before sign-in: a stranger needs no more than a SASL message.</summary>
    public static XmlLimits BeforeSignIn { get; } = new(10_000, 16, 16, 16);

    /// <summary>A client's session.</summary>
    public static XmlLimits Client { get; } = new(262_144, DepthCeiling, AttributesCeiling, NamespacesCeiling);

    /// <summary>A peer server's stream.</summary>
    public static XmlLimits Server { get; } = new(524_288, DepthCeiling, AttributesCeiling, NamespacesCeiling);
}
