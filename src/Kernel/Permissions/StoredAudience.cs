namespace Plenum.Kernel.Permissions;

/// <summary>An audience as rows refer to it: one small number for each distinct set of tokens.</summary>
public sealed class StoredAudience
{
    public int Id { get; init; }

    /// <summary><see cref="Audience.Text"/>, unique.</summary>
    public required string Text { get; init; }
}
