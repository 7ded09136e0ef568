namespace Plenum.Wikitext.Expansion;

/// <summary>What MediaWiki trims from names and values (PHP's trim).</summary>
internal static class WhiteSpace
{
    public const string Characters = " \t\n\r\0\v";

    public static string TrimWhite(this string text) => text.AsSpan().Trim(Characters) is var trimmed && trimmed.Length == text.Length ? text : trimmed.ToString();
}
