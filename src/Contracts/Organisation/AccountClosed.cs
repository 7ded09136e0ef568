namespace Plenum.Contracts.Organisation;

/// <summary>An account ended for good. What it wrote stays under its name; whoever keeps personal things of it lets them go.</summary>
public sealed record AccountClosed(AccountId Account);
