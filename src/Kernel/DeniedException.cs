using Plenum.Contracts.Organisation;

namespace Plenum.Kernel;

/// <summary>The viewer lacks a permission. Doors answer 403 (or ask to sign in), SMTP 550 5.7.1, and name the permission, so the person knows whom to ask.</summary>
public sealed class DeniedException(string permission, OrgUnitId? unit) : Exception($"Permission {permission} is missing.")
{
    public string Permission { get; } = permission;

    public OrgUnitId? Unit { get; } = unit;
}
