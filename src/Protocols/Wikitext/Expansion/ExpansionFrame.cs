namespace Plenum.Wikitext.Expansion;

internal sealed class ExpansionFrame;
