using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Search;

namespace Plenum.Kernel.Cli;

/// <summary>The kernel's own verbs.</summary>
public static class KernelCommands
{
    private const int FoundFaults = 3;

    public static void Add(RootCommand root, ICommandHouse house)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(house);
        UnitCommands.Add(root, house);
        AccountCommands.Add(root, house);
        root.Group("audit", "The audit log.").Subcommands.Add(AuditVerify(house));
        root.Group("search", "The search index.").Subcommands.Add(SearchRebuild(house));
        root.Group("blobs", "Stored files.").Subcommands.Add(BlobsVerify(house));
    }

    private static Command AuditVerify(ICommandHouse house)
    {
        var verify = new Command("verify", "Walks the chain of the audit log and names the first entry that was changed, removed or put in.");
        verify.SetAction((parsed, c) => house.RunAsync(
            parsed,
            async (services, cancellation) =>
            {
                var verdict = await services.GetRequiredService<AuditChain>().VerifyAsync(null, cancellation);
                Console.WriteLine(verdict.IsWhole
                    ? string.Create(CultureInfo.InvariantCulture, $"The audit log is whole: {verdict.Sealed} entries.")
                    : string.Create(CultureInfo.InvariantCulture, $"The audit log is broken at entry {verdict.BrokenAt}: {verdict.Fault}. {verdict.Sealed} entries before it are whole."));
                return verdict.IsWhole ? 0 : FoundFaults;
            },
            c));
        return verify;
    }

    private static Command SearchRebuild(ICommandHouse house)
    {
        var rebuild = new Command("rebuild", "Builds the search index anew from what the modules have.");
        rebuild.SetAction((parsed, c) => house.RunAsync(
            parsed,
            async (services, cancellation) =>
            {
                var counted = new Counted();
                await services.GetRequiredService<SearchRebuild>().RunAsync(counted, cancellation);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{counted.Last} things entered."));
                return 0;
            },
            c));
        return rebuild;
    }

    private static Command BlobsVerify(ICommandHouse house)
    {
        var verify = new Command("verify", "Reads every stored file and names those that are missing or changed.");
        verify.SetAction((parsed, c) => house.RunAsync(
            parsed,
            async (services, cancellation) =>
            {
                var (counted, faults) = (new Counted(), 0);
                await foreach (var fault in services.GetRequiredService<BlobUpkeep>().VerifyAsync(counted, cancellation))
                {
                    faults++;
                    Console.WriteLine($"{fault.Hash} {fault.Kind}");
                }

                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{counted.Last} read, {faults} faults."));
                return faults == 0 ? 0 : FoundFaults;
            },
            c));
        return verify;
    }

    private sealed class Counted : IProgress<long>
    {
        public long Last { get; private set; }

        public void Report(long value) => Last = value;
    }
}
