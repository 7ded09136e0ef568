using Microsoft.AspNetCore.Components;

namespace Plenum.Ui.Html;

/// <summary>What is left of foreign HTML.</summary>
/// <param name="Html">Allowed elements and attributes only.</param>
/// <param name="RemoteImages">How many pictures of other hosts were left out.</param>
/// <param name="IsReduced">The HTML was too large or too tangled to show as such: its words are shown.</param>
public sealed record SafeHtml(string Html, int RemoteImages, bool IsReduced)
{
    public MarkupString Markup => new(Html);
}
