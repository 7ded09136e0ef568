using System.CommandLine;

namespace Plenum.Kernel.Cli;

/// <summary>Adds a module's verbs to the <c>plenum</c> command line.</summary>
public interface ICommandSource
{
    /// <param name="root">The tree of verbs so far; use <see cref="CommandTree.Group"/> for shared ones such as "import".</param>
    /// <param name="house">Runs a verb inside a started kernel.</param>
    static abstract void AddCommands(RootCommand root, ICommandHouse house);
}

/// <summary>Gives a verb the services of the house: configuration read, database migrated, no listener open.</summary>
public interface ICommandHouse
{
    /// <summary>Runs a verb and turns what went wrong into a sentence and an exit code.</summary>
    /// <param name="parsed">The parsed command line; carries --data.</param>
    /// <param name="run">The verb; its result is the exit code.</param>
    Task<int> RunAsync(ParseResult parsed, Func<IServiceProvider, CancellationToken, Task<int>> run, CancellationToken cancellation);
}

public static class CommandTree
{
    extension(Command parent)
    {
        /// <summary>The sub-command of this name, made where it is missing: several modules may add to "import".</summary>
        public Command Group(string name, string description)
        {
            if (parent.Subcommands.FirstOrDefault(c => c.Name == name) is { } known)
            {
                return known;
            }

            var added = new Command(name, description);
            parent.Subcommands.Add(added);
            return added;
        }
    }
}
