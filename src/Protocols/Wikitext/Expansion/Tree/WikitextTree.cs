namespace Plenum.Wikitext.Expansion.Tree;

/// <summary>A parsed text.</summary>
/// <param name="Source">What was parsed.</param>
/// <param name="Nodes">Its pieces; together they cover the source without a gap.</param>
/// <param name="NodeCount">Nodes other than text.</param>
/// <param name="IsComplete">False if the node limit ended the parse early: the rest is plain text.</param>
internal sealed record WikitextTree(string Source, NodeList Nodes, int NodeCount, bool IsComplete);
