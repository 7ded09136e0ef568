using System.Globalization;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Audit;

/// <summary>An end of the chain: up to here everything was sealed once.</summary>
public sealed record SealedHead(long Position, byte[] Hash);

/// <summary>The newest end of the chain this node has seen, in the keys folder: whoever cuts the table does not reach it.</summary>
public sealed class AuditHead(DataFolder folder)
{
    private string File => folder.Below("keys", "audit-head");

    /// <returns>Null if this node has seen none.</returns>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public SealedHead? Read()
    {
        if (!System.IO.File.Exists(File))
        {
            return null;
        }

        var parts = System.IO.File.ReadAllText(File).Trim().Split(' ');
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var position) && parts[1].Length == 64
            ? new(position, Convert.FromHexString(parts[1]))
            : throw new InvalidDataException($"{File} is not an audit head.");
    }

    internal void Write(SealedHead head)
    {
        var next = File + ".next";
        using (var file = new FileStream(next, FileMode.Create))
        using (var text = new StreamWriter(file))
        {
            text.Write(string.Create(CultureInfo.InvariantCulture, $"{head.Position} {Convert.ToHexStringLower(head.Hash)}\n"));
            text.Flush();
            file.Flush(flushToDisk: true);
        }

        System.IO.File.Move(next, File, overwrite: true);
    }
}
