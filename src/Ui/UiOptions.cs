using System.ComponentModel.DataAnnotations;

namespace Plenum.Ui;

/// <summary>Settings under "Ui": what pages assume about readers who did not say.</summary>
public sealed class UiOptions
{
    /// <summary>Language for browsers that ask for neither German nor English: "de" or "en".</summary>
    [RegularExpression("^(de|en)$", ErrorMessage = "must be \"de\" or \"en\"")]
    public string Language { get; set; } = "de";

    /// <summary>Shows the pattern book at /patterns. The demo always does.</summary>
    public bool ShowsPatterns { get; set; }

    /// <summary>Addresses of the legal pages at the foot of every page; "{unit}" stands for the unit the page belongs to.</summary>
    public string ImprintPath { get; set; } = "/imprint/{unit}";

    public string PrivacyPath { get; set; } = "/privacy/{unit}";

    public string AccessibilityPath { get; set; } = "/accessibility/{unit}";
}
