using System.Runtime.InteropServices;
using Plenum.Kernel.Health;

namespace Plenum.Operations.Doctor;

/// <summary>Programs and libraries of the system that some services use where they are there.</summary>
internal sealed class ProgramsProbe : IHealthProbe
{
    private static readonly (string Name, string TextKey)[] Programs = [("ffmpeg", "health.programs.ffmpeg"), ("tesseract", "health.programs.tesseract"), ("espeak-ng", "health.programs.espeak")];
    private static readonly (string Name, string TextKey)[] Libraries = [("libopus.so.0", "health.programs.opus")];

    public HealthDepth Depth => HealthDepth.Doctor;

    public bool NeedsDatabase => false;

    public Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellation)
    {
        var there = Programs.Select(p => (p.Name, p.TextKey, Found: IsOnPath(p.Name))).Concat(Libraries.Select(l => (l.Name, l.TextKey, Found: IsLoadable(l.Name))));
        return Task.FromResult<IReadOnlyList<Finding>>(
            [.. there.Select(t => new Finding("programs", t.Found ? HealthState.Good : HealthState.Unknown, t.Found ? "health.programs.there" : t.TextKey, t.Name))]);
    }

    private static bool IsOnPath(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static bool IsLoadable(string library)
    {
        if (!NativeLibrary.TryLoad(library, out var handle))
        {
            return false;
        }

        NativeLibrary.Free(handle);
        return true;
    }
}
