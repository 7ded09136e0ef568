namespace Plenum.Wikitext.Rendering;

/// <summary>Parts program text into pieces with a class each; the renderer escapes and writes them.</summary>
public interface ICodeHighlighter
{
    /// <summary>Parts the code.</summary>
    /// <param name="language">As the author named it, lower case ("csharp").</param>
    /// <returns>Pieces that together are the code; null if the language is unknown.</returns>
    IReadOnlyList<CodePiece>? Highlight(string code, string language);
}

/// <summary>A piece of program text.</summary>
/// <param name="ClassName">CSS class; empty for plain text.</param>
public readonly record struct CodePiece(string Text, string ClassName);
