namespace Plenum.Operations.Backups;

/// <summary>What a column holds, whichever database it lies in.</summary>
internal enum ColumnKind
{
    Uuid,

    /// <summary>A UTC instant.</summary>
    Instant,
    Boolean,
    Integer,
    Real,
    Text,
    Bytes,
}

internal sealed record ColumnShape(string Name, ColumnKind Kind)
{
    /// <summary>The database's own name of the type, where writing needs it.</summary>
    public string NativeType { get; init; } = "";
}

internal sealed record TableShape(string Name, IReadOnlyList<ColumnShape> Columns);
