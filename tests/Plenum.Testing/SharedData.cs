namespace Plenum.Testing;

/// <summary>Real input that lives beside the checkout (<c>../shared/data</c>) because its licence or its privacy keeps it out of the repository.</summary>
public static class SharedData
{
    /// <summary>The checkout's root: the first folder upwards that holds Plenum.slnx.</summary>
    public static string RepositoryRoot { get; } = FindRoot(AppContext.BaseDirectory);

    private static readonly string Root = Environment.GetEnvironmentVariable("PLENUM_SHARED_DATA")
        ?? Path.GetFullPath(Path.Combine(RepositoryRoot, "..", "shared", "data"));

    /// <summary>Finds a file or folder of the shared data.</summary>
    /// <param name="relative">Path below the data folder, with forward slashes.</param>
    /// <param name="path">The full path, also when it does not exist.</param>
    /// <returns>False if it is absent on this machine: the caller says so and does not count the set as passed.</returns>
    public static bool TryFind(string relative, out string path)
    {
        path = Path.Combine(Root, relative);
        return Path.Exists(path);
    }

    private static string FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Plenum.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No Plenum.slnx above {start}: tests run from a checkout.");
    }
}
