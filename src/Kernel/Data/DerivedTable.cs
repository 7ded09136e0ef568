namespace Plenum.Kernel.Data;

/// <summary>
/// A table that holds nothing of its own: an index, a cache, who is alive. Backups leave it out, and a restore builds it anew or leaves it empty.
/// </summary>
/// <param name="Prefix">The table's name, or the beginning of several.</param>
public sealed record DerivedTable(string Prefix);
