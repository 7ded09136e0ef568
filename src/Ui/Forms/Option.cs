namespace Plenum.Ui;

/// <summary>One of the things to choose from.</summary>
/// <param name="Value">As posted.</param>
public sealed record Option(string Value, string Label, string? Hint = null, bool IsDisabled = false);
