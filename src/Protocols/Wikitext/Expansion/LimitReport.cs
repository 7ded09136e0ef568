namespace Plenum.Wikitext.Expansion;

/// <summary>What an expansion cost; units as in <see cref="WikitextLimits"/>.</summary>
public readonly record struct LimitReport(int Nodes, int ExpandedLength, int ArgumentLength, int Depth, int ExpensiveCalls, TimeSpan Elapsed);
