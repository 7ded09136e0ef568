using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Plenum.Benchmarks;

/// <summary>
/// Counts the processor time this process takes, its collector included, instead of the time that passes: on a machine that others use, what they
/// take is not in the figures. Works where benchmarks run in this process.
/// </summary>
internal sealed class CpuClock : IClock
{
    public string Title => "processor time";

    public bool IsAvailable => true;

    public Frequency Frequency => new(TimeSpan.TicksPerSecond, FrequencyUnit.Hz);

    /// <summary>Short runs by this clock.</summary>
    public static IConfig Config { get; } = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithClock(new CpuClock()));

    public long GetTimestamp() => Environment.CpuUsage.TotalTime.Ticks;
}
