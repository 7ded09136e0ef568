namespace Plenum.Kernel.Keys;

/// <summary>A key of ASP.NET Core Data Protection, sealed with the master key, shared by all nodes.</summary>
internal sealed class StoredKey
{
    public required Guid Id { get; init; }

    public required byte[] Sealed { get; init; }
}
