namespace Plenum.Kernel.Data;

/// <summary>The folder that holds everything of one Plenum: database, blobs, keys, configuration. One process owns it at a time.</summary>
public sealed class DataFolder : IDisposable
{
    /// <summary>The file a running server holds.</summary>
    public const string LockName = "plenum.lock";

    private const string RestoringName = "restoring";
    private FileStream? _lock;

    public DataFolder(string path) => Root = Path.GetFullPath(path);

    public string Root { get; }

    public string Configuration => Path.Combine(Root, "plenum.json");

    public string SqliteFile => Path.Combine(Root, "plenum.db");

    public string Blobs => Path.Combine(Root, "blobs");

    /// <summary>Private keys (data protection, DKIM, development CA). Readable by the owner alone.</summary>
    public string Keys => Path.Combine(Root, "keys");

    public string Backups => Path.Combine(Root, "backups");

    /// <summary>A restore is filling the folder, or was broken off: nothing may start on it.</summary>
    public bool IsHalfRestored => File.Exists(Path.Combine(Root, RestoringName));

    public void BeginRestore() => File.WriteAllText(Below(RestoringName), "A restore fills this folder. If none is running, empty the folder and restore again.\n");

    public void EndRestore() => File.Delete(Path.Combine(Root, RestoringName));

    /// <exception cref="StartupException">The folder is half restored.</exception>
    public void DemandWhole()
    {
        if (IsHalfRestored)
        {
            throw new StartupException($"A restore into {Root} was broken off or still runs. Empty the folder and restore again.");
        }
    }

    /// <summary>A path below the folder, its parent created.</summary>
    public string Below(params ReadOnlySpan<string> parts)
    {
        var path = Path.Combine([Root, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Creates the folder where needed and takes it for this process until disposed.</summary>
    /// <exception cref="StartupException">Another process holds it, it is read-only, or the disk is full.</exception>
    public void Take()
    {
        try
        {
            CreatePrivate(Root);
            CreatePrivate(Keys);
            Directory.CreateDirectory(Blobs);
            _lock = new FileStream(Path.Combine(Root, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var probe = Path.Combine(Root, ".write-probe");
            File.WriteAllBytes(probe, new byte[4096]);
            File.Delete(probe);
        }
        catch (IOException) when (_lock is null && File.Exists(Path.Combine(Root, LockName)) && IsWritable())
        {
            throw new StartupException($"The data folder {Root} is in use by another Plenum process.");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The data folder {Root} cannot be written: {refused.Message}");
        }
    }

    public void Dispose() => _lock?.Dispose();

    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private bool IsWritable()
    {
        try
        {
            var probe = Path.Combine(Root, ".write-probe-" + Environment.ProcessId);
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
