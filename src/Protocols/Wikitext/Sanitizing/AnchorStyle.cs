namespace Plenum.Wikitext.Sanitizing;

/// <summary>How headings and ids become anchors ($wgFragmentMode).</summary>
public enum AnchorStyle
{
    /// <summary>All characters stay, blanks become underscores: <c>#Größe</c>.</summary>
    Html5,

    /// <summary>As in old links: <c>#Gr.C3.B6.C3.9Fe</c>.</summary>
    Legacy,
}
