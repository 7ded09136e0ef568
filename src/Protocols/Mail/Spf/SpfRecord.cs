using System.Diagnostics.CodeAnalysis;

namespace Plenum.Protocols.Mail.Spf;

/// <summary>A parsed SPF record (RFC 7208 §4.5-§6).</summary>
/// <param name="Directives">In their order; the first match decides.</param>
/// <param name="Redirect">redirect=, whose record is used if nothing matches and there is no "all".</param>
/// <param name="Explanation">exp=, where the words for a fail are.</param>
public sealed record SpfRecord(IReadOnlyList<SpfDirective> Directives, SpfMacroString? Redirect, SpfMacroString? Explanation)
{
    /// <summary>Whether a TXT record is an SPF record: "v=spf1" alone or followed by a blank (RFC 7208 §4.5).</summary>
    public static bool HasVersion(string text)
        => text.StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase) && (text.Length == 6 || text[6] == ' ');

    /// <summary>Parses a record. Any error makes the whole record useless (RFC 7208 §4.6).</summary>
    /// <param name="problem">One English sentence naming the term, if it returns false.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out SpfRecord? record, [NotNullWhen(false)] out string? problem)
        => SpfRecordParser.TryParse(text, out record, out problem);
}
