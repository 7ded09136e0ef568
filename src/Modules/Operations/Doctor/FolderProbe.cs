using Plenum.Kernel.Data;
using Plenum.Kernel.Health;

namespace Plenum.Operations.Doctor;

/// <summary>Is the data folder there, and are its keys the owner's alone?</summary>
internal sealed class FolderProbe(DataFolder folder) : IHealthProbe
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public HealthDepth Depth => HealthDepth.Doctor;

    public bool NeedsDatabase => false;

    public Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Finding>>([.. Look()]);

    private IEnumerable<Finding> Look()
    {
        if (!Directory.Exists(folder.Root))
        {
            yield return new("folder", HealthState.Warning, "health.folder.none", folder.Root);
            yield break;
        }

        if (folder.IsHalfRestored)
        {
            yield return new("folder", HealthState.Bad, "health.folder.half-restored", folder.Root);
        }

        yield return new("folder", HealthState.Good, "health.folder.there", folder.Root);
        if (OperatingSystem.IsWindows())
        {
            yield break;
        }

        var open = new List<string>();
        foreach (var secret in Directory.Exists(folder.Keys) ? Directory.GetFiles(folder.Keys).Where(f => Path.GetExtension(f) == ".key").Append(folder.Keys) : [])
        {
            if ((File.GetUnixFileMode(secret) & Others) != 0)
            {
                open.Add(secret);
            }
        }

        yield return open.Count == 0
            ? new("folder", HealthState.Good, "health.folder.keys")
            : new("folder", HealthState.Bad, "health.folder.keys-open", string.Join(", ", open));
    }
}
