using Plenum.Contracts.Organisation;

namespace Plenum.Kernel.Permissions;

/// <summary>The smallest unit of "who": a letter, a colon, an id. Stored in rows, so the letters never change.</summary>
public static class AudienceToken
{
    public const string Public = "p";
    public const string SignedIn = "s";

    public static string Member(OrgUnitId unit) => "m:" + unit.Value.ToString("N");

    public static string Holder(OfficeId office) => "o:" + office.Value.ToString("N");

    public static string Group(GroupId group) => "g:" + group.Value.ToString("N");

    public static string Account(AccountId account) => "a:" + account.Value.ToString("N");

    public static bool IsKnown(string token)
        => token is Public or SignedIn || (token is ['m' or 'o' or 'g' or 'a', ':', ..] && Guid.TryParseExact(token.AsSpan(2), "N", out _));
}
