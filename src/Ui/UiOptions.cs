using System.ComponentModel.DataAnnotations;

namespace Plenum.Ui;

/// <summary>Settings under "Ui": what pages assume about readers who did not say.</summary>
public sealed class UiOptions
{
    /// <summary>Language for browsers that ask for neither German nor English: "de" or "en".</summary>
    [RegularExpression("^(de|en)$", ErrorMessage = "must be \"de\" or \"en\"")]
    public string Language { get; set; } = "de";

    /// <summary>Shows the pattern book at /patterns. Demo mode and development set it.</summary>
    public bool ShowsPatterns { get; set; }

    /// <summary>Addresses of the legal pages at the foot of every page.</summary>
    public string ImprintPath { get; set; } = "/imprint";

    public string PrivacyPath { get; set; } = "/privacy";

    public string AccessibilityPath { get; set; } = "/accessibility";
}
