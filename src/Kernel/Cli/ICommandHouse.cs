using System.CommandLine;

namespace Plenum.Kernel.Cli;

/// <summary>Gives a verb the services of the house: configuration read, database migrated, no listener open.</summary>
public interface ICommandHouse
{
    /// <summary>Runs a verb and turns what went wrong into a sentence and an exit code.</summary>
    /// <param name="parsed">The parsed command line; carries --data.</param>
    /// <param name="run">The verb; its result is the exit code.</param>
    Task<int> RunAsync(ParseResult parsed, Func<IServiceProvider, CancellationToken, Task<int>> run, CancellationToken cancellation);

    /// <summary>
    /// The same with nothing touched before the verb: settings not checked, database not migrated, the folder perhaps not there. For verbs that
    /// say what is wrong, run beside a server of another version, or make a house.
    /// </summary>
    Task<int> RunUncheckedAsync(ParseResult parsed, Func<IServiceProvider, CancellationToken, Task<int>> run, CancellationToken cancellation);
}
