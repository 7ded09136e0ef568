using Plenum.Wikitext.Expansion;

namespace Plenum.Wikitext.Saving;

/// <summary>A text ready to be stored.</summary>
/// <param name="Text">Wikitext with signatures and substituted templates in place, line ends LF, no white space at its end.</param>
/// <param name="IsSigned">True if a signature was put in: a message to others.</param>
/// <param name="Problems">What went wrong while templates were substituted.</param>
public sealed record SavedText(string Text, bool IsSigned, IReadOnlyList<ExpansionProblem> Problems);
