using Plenum.Protocols.Mail.Sieve.Syntax;

namespace Plenum.Protocols.Mail.Sieve.Program;

/// <summary>Turns what was written into what can run, and tells every problem on the way.</summary>
internal sealed class Checker(SieveLimits limits)
{
    private readonly Requirements _requirements = new(limits);

    public IReadOnlyList<SieveProblem> Problems => _requirements.Problems;

    public bool UsesVariables => _requirements.Has("variables");

    public void Fail(Position at, string text) => _requirements.Fail(at, text);

    public List<SieveStatement> Check(IReadOnlyList<CommandSyntax> commands)
    {
        // RFC 5228 §3.2: require stands before everything else.
        var count = commands.TakeWhile(c => c.Name == "require").Count();
        foreach (var command in commands.Take(count))
        {
            var arguments = Arguments(command);
            foreach (var extension in arguments.Strings("a list of extensions"))
            {
                _requirements.Add(extension, command.At);
            }

            End(command, arguments, takesBlock: false);
        }

        return Block([.. commands.Skip(count)]);
    }

    private List<SieveStatement> Block(IReadOnlyList<CommandSyntax> commands)
    {
        var statements = new List<SieveStatement>();
        for (var i = 0; i < commands.Count; i++)
        {
            if (commands[i].Name == "if")
            {
                statements.Add(If(commands, ref i));
            }
            else if (Statement(commands[i]) is { } statement)
            {
                statements.Add(statement);
            }
        }

        return statements;
    }

    private SieveStatement.If If(IReadOnlyList<CommandSyntax> commands, ref int at)
    {
        var branches = new List<(SieveTest?, IReadOnlyList<SieveStatement>)>();
        do
        {
            var command = commands[at];
            var takesTest = command.Name != "else";
            if (command.Tests.Count != (takesTest ? 1 : 0) || command.Arguments.Count > 0 || command.Block is null)
            {
                _requirements.Fail(command.At, takesTest ? $"\"{command.Name}\" needs one test and a block." : "\"else\" needs a block and nothing else.");
            }

            var test = takesTest && command.Tests.Count > 0 ? Test(command.Tests[0]) : null;
            branches.Add((takesTest ? test ?? new SieveTest.Constant(Value: false) : null, Block(command.Block ?? [])));
            if (!takesTest)
            {
                break;
            }
        }
        while (at + 1 < commands.Count && commands[at + 1].Name is "elsif" or "else" && ++at > 0);
        return new(branches);
    }

    private SieveStatement? Statement(CommandSyntax command)
    {
        var arguments = Arguments(command);
        var statement = Actions.Read(command.Name, arguments, _requirements);
        if (statement is null)
        {
            _requirements.Fail(command.At, command.Name switch
            {
                "require" => "\"require\" must stand before all other commands.",
                "elsif" or "else" => $"\"{command.Name}\" must follow an \"if\".",
                _ => $"The command \"{command.Name}\" is not known.",
            });
            return null;
        }

        End(command, arguments, takesBlock: false);
        return statement;
    }

    private SieveTest Test(TestSyntax test)
    {
        var arguments = new ArgumentReader(test.Name, test.Arguments, test.At, _requirements);
        var inner = test.Tests.Select(Test).ToList();
        switch (test.Name)
        {
            case "not" when inner.Count == 1:
                arguments.End();
                return new SieveTest.Not(inner[0]);
            case "allof" when inner.Count > 0:
                arguments.End();
                return new SieveTest.AllOf(inner);
            case "anyof" when inner.Count > 0:
                arguments.End();
                return new SieveTest.AnyOf(inner);
            case "not" or "allof" or "anyof":
                _requirements.Fail(test.At, test.Name == "not" ? "\"not\" needs one test." : $"\"{test.Name}\" needs tests in parentheses.");
                return new SieveTest.Constant(Value: false);
        }

        if (inner.Count > 0)
        {
            _requirements.Fail(test.At, $"\"{test.Name}\" takes no test.");
        }

        if (Tests.Read(test.Name, arguments, _requirements) is { } read)
        {
            arguments.End();
            return read;
        }

        _requirements.Fail(test.At, $"The test \"{test.Name}\" is not known.");
        return new SieveTest.Constant(Value: false);
    }

    private ArgumentReader Arguments(CommandSyntax command) => new(command.Name, command.Arguments, command.At, _requirements);

    private void End(CommandSyntax command, ArgumentReader arguments, bool takesBlock)
    {
        arguments.End();
        if (command.Tests.Count > 0)
        {
            _requirements.Fail(command.At, $"\"{command.Name}\" takes no test.");
        }

        if (!takesBlock && command.Block is not null)
        {
            _requirements.Fail(command.At, $"\"{command.Name}\" takes no block.");
        }
    }
}
