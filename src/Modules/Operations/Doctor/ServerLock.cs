using Plenum.Kernel.Data;

namespace Plenum.Operations.Doctor;

/// <summary>Whether a server holds the data folder.</summary>
internal static class ServerLock
{
    public static bool IsHeld(DataFolder folder)
    {
        try
        {
            using var mine = new FileStream(Path.Combine(folder.Root, DataFolder.LockName), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
