using Plenum.Contracts.Organisation;

namespace Plenum.Kernel.Permissions;

/// <summary>
/// Who may see a thing. An audience compiles to tokens, a viewer holds tokens, and a row is visible when they meet.
/// One mechanism for pages, boards, lists, rooms, calendars, folders and search.
/// </summary>
public sealed class Audience : IEquatable<Audience>
{
    private const int MaxTokens = 64; // An audience is a short list of groups; whoever needs more makes a group.

    private Audience(IEnumerable<string> tokens)
    {
        Tokens = [.. tokens.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (Tokens.Count is 0 or > MaxTokens)
        {
            throw new ArgumentException($"An audience has 1 to {MaxTokens} tokens.", nameof(tokens));
        }
    }

    public static Audience Public { get; } = new([AudienceToken.Public]);

    public static Audience SignedIn { get; } = new([AudienceToken.SignedIn]);

    /// <summary>Sorted and distinct, so equal audiences compile alike.</summary>
    public IReadOnlyList<string> Tokens { get; }

    public bool IsPublic => Tokens.Contains(AudienceToken.Public);

    /// <summary>The canonical text form: tokens separated by one space.</summary>
    public string Text => string.Join(' ', Tokens);

    /// <summary>Members of a unit and of everything below it.</summary>
    public static Audience MembersOf(OrgUnitId unit) => new([AudienceToken.Member(unit)]);

    public static Audience HoldersOf(OfficeId office) => new([AudienceToken.Holder(office)]);

    public static Audience Of(GroupId group) => new([AudienceToken.Group(group)]);

    public static Audience Of(AccountId account) => new([AudienceToken.Account(account)]);

    /// <returns>False for anything but a canonical or reordered list of known tokens.</returns>
    public static bool TryParse(string text, out Audience audience)
    {
        var tokens = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var known = tokens.Length is > 0 and <= MaxTokens && Array.TrueForAll(tokens, AudienceToken.IsKnown);
        audience = known ? new(tokens) : Public;
        return known;
    }

    /// <summary>Whoever is in either.</summary>
    public Audience Or(Audience other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return IsPublic || other.IsPublic ? Public : new(Tokens.Concat(other.Tokens));
    }

    public bool Admits(Viewer viewer)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        return Tokens.Any(viewer.Tokens.Contains);
    }

    public bool Equals(Audience? other) => other is not null && Text == other.Text;

    public override bool Equals(object? obj) => Equals(obj as Audience);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}
