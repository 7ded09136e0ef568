namespace Plenum.Contracts.Organisation;

/// <summary>A unit and everything below it has another path: it was renamed or moved. Old paths lead to the new one.</summary>
/// <param name="OldPath">Path before, never empty; those below began with it and a slash.</param>
/// <param name="NewPath">Path now.</param>
public sealed record UnitPathChanged(OrgUnitId Unit, string OldPath, string NewPath);

/// <summary>A unit went into another: its members are the other's now, its offices and grants have ended. Whoever keeps things of the unit gives them to the other.</summary>
public sealed record UnitMerged(OrgUnitId Unit, OrgUnitId Into);

/// <summary>A unit ended. What it wrote stays readable; nothing new begins in it.</summary>
public sealed record UnitClosed(OrgUnitId Unit);
