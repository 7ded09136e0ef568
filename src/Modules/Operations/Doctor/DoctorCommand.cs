using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Cli;
using Plenum.Kernel.Data;
using Plenum.Kernel.Health;
using Plenum.Kernel.Language;
using Spectre.Console;

namespace Plenum.Operations.Doctor;

/// <summary><c>plenum doctor</c>: looks at everything a healthy server needs and says what to do. Changes nothing.</summary>
internal static class DoctorCommand
{
    private const int Warnings = 1;
    private const int Failures = 2;

    public static Command Create(ICommandHouse house)
    {
        var zone = new Option<string?>("--zone") { Description = "Print the DNS records a domain needs, as a zone file." };
        var doctor = new Command("doctor", "Check DNS, certificates, ports, clock, disk, database, queues and programs; beside a running server, too. Exit code 0: all good, 1: warnings, 2: failures.") { zone };
        doctor.SetAction((parsed, cancellation) => house.RunUncheckedAsync(
            parsed, (services, stop) => parsed.GetValue(zone) is { } domain ? PrintZoneAsync(services, domain, stop) : LookAsync(services, stop), cancellation));
        return doctor;
    }

    private static async Task<int> LookAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var texts = services.GetRequiredService<Texts>();
        var report = await ReportAsync(services, cancellation);
        foreach (var area in report.Findings.GroupBy(f => f.Area))
        {
            AnsiConsole.MarkupLine($"[bold]{Markup.Escape(texts["health.area." + area.Key])}[/]");
            foreach (var finding in area)
            {
                Print(texts, finding);
            }
        }

        var (bad, warnings) = (report.Findings.Count(f => f.State == HealthState.Bad), report.Findings.Count(f => f.State == HealthState.Warning));
        Console.WriteLine();
        Console.WriteLine(bad + warnings == 0 ? texts["doctor.healthy"] : texts["doctor.sum", bad, warnings]);
        return bad > 0 ? Failures : warnings > 0 ? Warnings : 0;
    }

    private static async Task<HealthReport> ReportAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var folder = services.GetRequiredService<DataFolder>();
        if (!Directory.Exists(folder.Root))
        {
            throw new StartupException($"There is no data folder {folder.Root}. Start \"plenum serve\" once, or name another with --data.");
        }

        // Without a database the rest is looked at all the same: before the first start, or when it is the database that ails.
        var check = services.GetRequiredService<HealthCheck>();
        var readiness = await check.LookAsync(HealthDepth.Readiness, withDatabase: false, cancellation);
        return await check.LookAsync(HealthDepth.Doctor, !readiness.Findings.Any(f => f is { Area: "database", State: HealthState.Bad }), cancellation);
    }

    private static void Print(Texts texts, Finding finding)
    {
        var (word, colour) = finding.State switch
        {
            HealthState.Good => ("ok", "green"),
            HealthState.Warning => ("warn", "yellow"),
            HealthState.Bad => ("FAIL", "red"),
            _ => ("-", "grey"),
        };
        var grid = new Grid().AddColumn(new GridColumn().Width(6).NoWrap().PadLeft(1)).AddColumn(new GridColumn());
        grid.AddRow(new Markup($"[{colour}]{word}[/]"), new Text(texts[finding.Key, [.. finding.Args]]));
        if (finding.State >= HealthState.Warning)
        {
            grid.AddRow(new Text(""), new Text("→ " + texts[finding.Key + ".do", [.. finding.Args]], new Style(decoration: Decoration.Italic)));
        }

        AnsiConsole.Write(grid);
    }

    private static async Task<int> PrintZoneAsync(IServiceProvider services, string domain, CancellationToken cancellation)
    {
        if (!MailAddress.TryFoldDomain(domain, out var folded))
        {
            throw new RuleException("operations.setup.domain-invalid", domain);
        }

        var zone = services.GetRequiredService<Zone>();
        if (zone.HostName is null)
        {
            throw new StartupException("House:HostName is not set: the name the world knows this server by, e.g. \"mail.example.org\".");
        }

        Console.Write(await zone.WriteAsync(folded, cancellation));
        return 0;
    }
}
