namespace Plenum.Protocols.Mail.Sieve.Syntax;

internal readonly record struct Position(int Line, int Column);

internal enum TokenKind
{
    End,
    Identifier,

    /// <summary>":name", without the colon.</summary>
    Tag,
    Number,
    String,

    /// <summary>One of ( ) [ ] { } , ;</summary>
    Sign,

    /// <summary>Text tells what is wrong.</summary>
    Broken,
}

/// <param name="Text">Identifiers and tags in lower case; strings with their escapes undone.</param>
internal readonly record struct Token(TokenKind Kind, string Text, long Number, Position At)
{
    public bool Is(char sign) => Kind == TokenKind.Sign && Text[0] == sign;
}

/// <summary>argument of RFC 5228 §8.2.</summary>
internal abstract record ArgumentSyntax(Position At)
{
    public sealed record Tag(string Name, Position At) : ArgumentSyntax(At);

    public sealed record Number(long Value, Position At) : ArgumentSyntax(At);

    /// <param name="IsList">Written in brackets.</param>
    public sealed record Strings(IReadOnlyList<string> Values, bool IsList, Position At) : ArgumentSyntax(At);
}

/// <summary>test of RFC 5228 §8.2.</summary>
internal sealed record TestSyntax(string Name, IReadOnlyList<ArgumentSyntax> Arguments, IReadOnlyList<TestSyntax> Tests, Position At);

/// <summary>command of RFC 5228 §8.2.</summary>
/// <param name="Block">Null for a command that ends with a semicolon.</param>
internal sealed record CommandSyntax(
    string Name, IReadOnlyList<ArgumentSyntax> Arguments, IReadOnlyList<TestSyntax> Tests, IReadOnlyList<CommandSyntax>? Block, Position At);
