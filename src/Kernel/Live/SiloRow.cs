using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Orleans;
using Orleans.Runtime;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Live;

/// <summary>A node in the list of nodes.</summary>
internal sealed class SiloRow
{
    /// <summary>Address, port and generation, as <see cref="SiloAddress.ToParsableString"/> writes them.</summary>
    public required string Address { get; init; }

    public required SiloStatus Status { get; set; }

    public required string Name { get; set; }

    public required string Host { get; set; }

    public required int GatewayPort { get; set; }

    public required DateTime StartedAt { get; set; }

    public required DateTime AliveAt { get; set; }

    /// <summary>Who thinks it dead since when: address, space, UTC in ISO form; one a line.</summary>
    public required string Suspects { get; set; }

    public static SiloRow Of(MembershipEntry entry)
    {
        var row = new SiloRow
        {
            Address = entry.SiloAddress.ToParsableString(),
            Status = entry.Status,
            Name = "",
            Host = "",
            GatewayPort = 0,
            StartedAt = default,
            AliveAt = default,
            Suspects = "",
        };
        row.Take(entry);
        return row;
    }

    public void Take(MembershipEntry entry)
    {
        Status = entry.Status;
        Name = entry.SiloName ?? "";
        Host = entry.HostName ?? "";
        GatewayPort = entry.ProxyPort;
        StartedAt = Utc(entry.StartTime);
        AliveAt = Utc(entry.IAmAliveTime);
        Suspects = string.Join('\n', (entry.SuspectTimes ?? []).Select(s => $"{s.Item1.ToParsableString()} {Utc(s.Item2):O}"));
    }

    public MembershipEntry Entry() => new()
    {
        SiloAddress = SiloAddress.FromParsableString(Address),
        Status = Status,
        SiloName = Name,
        HostName = Host,
        ProxyPort = GatewayPort,
        StartTime = StartedAt,
        IAmAliveTime = AliveAt,
        SuspectTimes = [.. Suspects.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Suspect)],
    };

    private static Tuple<SiloAddress, DateTime> Suspect(string line)
    {
        var parts = line.Split(' ');
        return Tuple.Create(SiloAddress.FromParsableString(parts[0]), DateTime.Parse(parts[1], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind));
    }

    private static DateTime Utc(DateTime instant) => DateTime.SpecifyKind(instant, DateTimeKind.Utc);
}

internal sealed class SiloVersion
{
    public int Id { get; init; }

    public int Version { get; init; }
}

internal sealed class LiveModel : IModelContributor
{
    public void Build(ModelBuilder model)
    {
        model.Entity<SiloRow>(silo =>
        {
            silo.ToTable("kernel_silo");
            silo.HasKey(s => s.Address);
        });
        model.Entity<SiloVersion>().ToTable("kernel_silo_version");
    }
}
