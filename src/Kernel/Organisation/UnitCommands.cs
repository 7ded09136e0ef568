using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Cli;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation.Import;
using Plenum.Kernel.Permissions;

namespace Plenum.Kernel.Organisation;

/// <summary><c>plenum unit …</c>: the tree from the command line.</summary>
internal static class UnitCommands
{
    private const int SomeRefused = 3;

    public static void Add(RootCommand root, ICommandHouse house)
    {
        var unit = root.Group("unit", "The tree of units.");
        unit.Subcommands.Add(List(house));
        unit.Subcommands.Add(Add(house));
        unit.Subcommands.Add(Two(house, "move", "Hangs a unit below another.", "parent", (endings, units, from, to, c) => units.MoveAsync(Viewer.Console, from, to, c)));
        unit.Subcommands.Add(Two(house, "merge", "Lets a unit go into another.", "into", (endings, units, from, to, c) => endings.MergeAsync(Viewer.Console, from, to, c)));
        unit.Subcommands.Add(Close(house));
        unit.Subcommands.Add(Rename(house));
        unit.Subcommands.Add(Import(house));
    }

    private static Argument<string> PathArgument(string name) => new(name) { Description = "Path of a unit, e.g. bayern/muenchen; \"/\" for the topmost." };

    private static Command List(ICommandHouse house)
    {
        var path = new Argument<string>("path") { Description = "Path of a unit; \"/\" for the topmost.", DefaultValueFactory = _ => "/" };
        var depth = new Option<int>("--depth") { Description = "Levels below it.", DefaultValueFactory = _ => 1 };
        var list = new Command("list", "Shows a unit and what lies below it.") { path, depth };
        list.SetAction((parsed, c) => house.RunAsync(
            parsed,
            async (services, cancellation) =>
            {
                var top = await FindAsync(services, parsed.GetRequiredValue(path), cancellation);
                foreach (var unit in top.SelfAndDescendants().Where(u => u.Depth <= top.Depth + parsed.GetValue(depth)))
                {
                    Console.WriteLine($"{new string(' ', 2 * (unit.Depth - top.Depth))}{unit.Name}  [{unit.Kind}]  /{unit.Path}{(unit.IsPrivate ? "  private" : "")}{(unit.IsClosed ? "  closed" : "")}");
                }

                return 0;
            },
            c));
        return list;
    }

    private static Command Add(ICommandHouse house)
    {
        var parent = PathArgument("parent");
        var name = new Argument<string>("name");
        var kind = new Option<OrgUnitKind>("--kind") { Description = "What it is.", DefaultValueFactory = _ => OrgUnitKind.LocalBranch };
        var slug = new Option<string?>("--slug") { Description = "Last part of its path; else made from the name." };
        var key = new Option<string?>("--key") { Description = "A key from outside, by which imports find it again." };
        var add = new Command("add", "Makes a unit. With no organisation yet, \"/\" as parent founds it.") { parent, name, kind, slug, key };
        add.SetAction((parsed, c) => house.RunAsync(
            parsed,
            async (services, cancellation) =>
            {
                var units = services.GetRequiredService<UnitService>();
                var made = (await services.GetRequiredService<Access>().TreeAsync(cancellation)).Root is null
                    ? await units.FoundAsync(parsed.GetRequiredValue(name), null, "de en", cancellation)
                    : await units.CreateAsync(
                        Viewer.Console,
                        new(parsed.GetValue(kind), parsed.GetRequiredValue(name), (await FindAsync(services, parsed.GetRequiredValue(parent), cancellation)).Id, parsed.GetValue(slug), parsed.GetValue(key)),
                        cancellation);
                Console.WriteLine("/" + made.Path);
                return 0;
            },
            c));
        return add;
    }

    private static Command Two(
        ICommandHouse house, string verb, string description, string second, Func<UnitEndings, UnitService, OrgUnitId, OrgUnitId, CancellationToken, Task> change)
    {
        var (path, other) = (PathArgument("path"), PathArgument(second));
        var command = new Command(verb, description + " Old addresses go on working.") { path, other };
        command.SetAction((parsed, c) => house.RunAsync(
            parsed,
            async (services, cancellation) =>
            {
                var (from, to) = (await FindAsync(services, parsed.GetRequiredValue(path), cancellation), await FindAsync(services, parsed.GetRequiredValue(other), cancellation));
                await change(services.GetRequiredService<UnitEndings>(), services.GetRequiredService<UnitService>(), from.Id, to.Id, cancellation);
                return 0;
            },
            c));
        return command;
    }

    private static Command Close(ICommandHouse house)
    {
        var path = PathArgument("path");
        var close = new Command("close", "Ends a unit, its offices and the grants on it.") { path };
        close.SetAction((parsed, c) => house.RunAsync(
            parsed,
            async (services, cancellation) =>
            {
                var unit = await FindAsync(services, parsed.GetRequiredValue(path), cancellation);
                await services.GetRequiredService<UnitEndings>().CloseAsync(Viewer.Console, unit.Id, cancellation);
                return 0;
            },
            c));
        return close;
    }

    private static Command Rename(ICommandHouse house)
    {
        var path = PathArgument("path");
        var name = new Argument<string>("name");
        var slug = new Option<string?>("--slug") { Description = "New last part of its path; else the address stays." };
        var rename = new Command("rename", "Gives a unit another name.") { path, name, slug };
        rename.SetAction((parsed, c) => house.RunAsync(
            parsed,
            async (services, cancellation) =>
            {
                var unit = await FindAsync(services, parsed.GetRequiredValue(path), cancellation);
                await services.GetRequiredService<UnitService>().RenameAsync(Viewer.Console, unit.Id, parsed.GetRequiredValue(name), parsed.GetValue(slug), cancellation);
                return 0;
            },
            c));
        return rename;
    }

    private static Command Import(ICommandHouse house)
    {
        var file = new Argument<FileInfo>("file") { Description = "CSV with the columns key, parent_key, kind, name; parents before children." };
        var below = new Option<string>("--below") { Description = "Where units without a parent hang.", DefaultValueFactory = _ => "/" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Find the faults and count, and write nothing." };
        var import = new Command("import", "Reads a tree of units; run again it brings the tree up to date.") { file, below, dryRun };
        import.SetAction((parsed, c) => house.RunAsync(
            parsed,
            async (services, cancellation) =>
            {
                var given = parsed.GetRequiredValue(file);
                if (!given.Exists)
                {
                    throw new StartupException($"There is no file {given.FullName}.");
                }

                var place = await FindAsync(services, parsed.GetRequiredValue(below), cancellation);
                var unit = await services.GetRequiredService<PlenumDb>().Set<OrgUnit>().AsNoTracking().SingleAsync(u => u.Id == place.Id, cancellation);
                using var text = given.OpenText();
                var report = await ProgressBar.ShowAsync($"Importing {given.Name}", given.Length, progress => services.GetRequiredService<UnitImport>().RunAsync(
                    CsvReader.ReadAsync(text, cancellation), unit, parsed.GetValue(dryRun), ShowFault, new AtBytes(text, progress), cancellation));
                Console.WriteLine($"{(parsed.GetValue(dryRun) ? "Would be: " : "")}{report.Added} added, {report.Changed} changed, {report.Moved} moved, {report.Unchanged} as they were, {report.Refused} refused");
                return report.Refused == 0 ? 0 : SomeRefused;
            },
            c));
        return import;
    }

    private static void ShowFault(ImportFault fault) => Console.Error.WriteLine($"line {fault.Line}: {fault.Why}");

    private static async Task<UnitNode> FindAsync(IServiceProvider services, string path, CancellationToken cancellation)
        => (await services.GetRequiredService<Access>().TreeAsync(cancellation)).Find(path.Trim('/')) ?? throw new RuleException("units.no-path", path);

    // The bar runs by octets read: the number of lines is not known before the end.
    private sealed class AtBytes(StreamReader text, IProgress<double> bar) : IProgress<int>
    {
        public void Report(int value) => bar.Report(text.BaseStream.Position);
    }
}
