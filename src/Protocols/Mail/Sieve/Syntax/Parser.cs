namespace Plenum.Protocols.Mail.Sieve.Syntax;

/// <summary>The grammar every command and test has in common (RFC 5228 §8.2). It stops at the first problem: what follows would be guesses.</summary>
internal sealed class Parser(string script, SieveLimits limits)
{
    private readonly Lexer _lexer = new(script);
    private Token _token;
    private int _depth;

    /// <summary>Null while all is well.</summary>
    public SieveProblem? Problem { get; private set; }

    public List<CommandSyntax> Parse()
    {
        Advance();
        var commands = Commands();
        if (Problem is null && _token.Kind != TokenKind.End)
        {
            Fail("A command is missing here.");
        }

        return commands;
    }

    private void Advance()
    {
        _token = _lexer.Next();
        if (_token.Kind == TokenKind.Broken)
        {
            Fail(_token.Text);
        }
    }

    private void Fail(string text) => Problem ??= new(_token.At.Line, _token.At.Column, text);

    private List<CommandSyntax> Commands()
    {
        var commands = new List<CommandSyntax>();
        while (Problem is null && _token.Kind == TokenKind.Identifier)
        {
            commands.Add(Command());
        }

        return commands;
    }

    private CommandSyntax Command()
    {
        var (name, at) = (_token.Text, _token.At);
        Advance();
        var arguments = Arguments();
        var tests = Tests();
        List<CommandSyntax>? block = null;
        if (_token.Is('{'))
        {
            block = Block();
        }
        else if (_token.Is(';'))
        {
            Advance();
        }
        else
        {
            Fail($"A semicolon or a block is missing after \"{name}\".");
        }

        return new(name, arguments, tests, block, at);
    }

    private List<CommandSyntax> Block()
    {
        if (++_depth > limits.MaxNesting)
        {
            Fail("Blocks are nested too deeply.");
        }

        Advance();
        var commands = Commands();
        if (Problem is null && !_token.Is('}'))
        {
            Fail("A command or '}' is missing here.");
        }

        _depth--;
        Advance();
        return commands;
    }

    private List<ArgumentSyntax> Arguments()
    {
        var arguments = new List<ArgumentSyntax>();
        while (Problem is null)
        {
            var at = _token.At;
            switch (_token.Kind)
            {
                case TokenKind.Tag:
                    arguments.Add(new ArgumentSyntax.Tag(_token.Text, at));
                    Advance();
                    break;
                case TokenKind.Number:
                    arguments.Add(new ArgumentSyntax.Number(_token.Number, at));
                    Advance();
                    break;
                case TokenKind.String:
                    arguments.Add(new ArgumentSyntax.Strings([_token.Text], IsList: false, at));
                    Advance();
                    break;
                case TokenKind.Sign when _token.Is('['):
                    arguments.Add(new ArgumentSyntax.Strings(StringList(), IsList: true, at));
                    break;
                default:
                    return arguments;
            }

            if (arguments.Count > limits.MaxListItems)
            {
                Fail("There are too many arguments.");
            }
        }

        return arguments;
    }

    private List<string> StringList()
    {
        var strings = new List<string>();
        do
        {
            Advance();
            if (_token.Kind != TokenKind.String)
            {
                Fail("A string is missing in the list.");
                break;
            }

            strings.Add(_token.Text);
            Advance();
            if (strings.Count > limits.MaxListItems)
            {
                Fail("The list is too long.");
            }
        }
        while (Problem is null && _token.Is(','));
        if (Problem is null && !_token.Is(']'))
        {
            Fail("A comma or ']' is missing in the list.");
        }

        Advance();
        return strings;
    }

    private List<TestSyntax> Tests()
    {
        if (_token.Kind == TokenKind.Identifier)
        {
            return [Test()];
        }

        if (!_token.Is('('))
        {
            return [];
        }

        var tests = new List<TestSyntax>();
        do
        {
            Advance();
            if (_token.Kind != TokenKind.Identifier)
            {
                Fail("A test is missing in the list.");
                break;
            }

            tests.Add(Test());
            if (tests.Count > limits.MaxListItems)
            {
                Fail("The list is too long.");
            }
        }
        while (Problem is null && _token.Is(','));
        if (Problem is null && !_token.Is(')'))
        {
            Fail("A comma or ')' is missing in the list of tests.");
        }

        Advance();
        return tests;
    }

    private TestSyntax Test()
    {
        if (++_depth > limits.MaxNesting)
        {
            Fail("Tests are nested too deeply.");
            return new("false", [], [], _token.At);
        }

        var (name, at) = (_token.Text, _token.At);
        Advance();
        var test = new TestSyntax(name, Arguments(), Tests(), at);
        _depth--;
        return test;
    }
}
