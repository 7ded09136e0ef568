namespace Plenum.Ui;

/// <summary>A tab is a page of its own with an address.</summary>
public sealed record Tab(string Text, string Href, bool IsCurrent, int? Count = null);
