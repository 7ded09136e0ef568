using System.Collections.Frozen;
using System.Collections.Immutable;
using Plenum.Contracts.Organisation;

namespace Plenum.Kernel.Permissions;

/// <summary>Who looks: a guest or an account, with everything that decides what it sees. Immutable; built by <see cref="ViewerSource"/>.</summary>
public sealed class Viewer
{
    /// <summary>Someone who has not signed in.</summary>
    /// <param name="publicAudiences">Ids of the audiences that admit everyone.</param>
    public static Viewer Guest(ImmutableArray<int> publicAudiences) => new() { Audiences = publicAudiences };

    /// <summary>The command line: whoever has a shell and the data folder may do everything. Never a person of the web.</summary>
    public static Viewer Console { get; } = new() { IsConsole = true };

    /// <summary>True for <see cref="Console"/> alone.</summary>
    public bool IsConsole { get; private init; }

    /// <summary>Null for a guest.</summary>
    public AccountId? Account { get; init; }

    public string Login { get; init; } = "";

    public string DisplayName { get; init; } = "";

    /// <summary>What the account chose, else null: "de" or "en".</summary>
    public string? Language { get; init; }

    /// <summary>What the account chose, else null: an IANA time zone.</summary>
    public string? TimeZone { get; init; }

    /// <summary>What the account chose, else null: "light" or "dark".</summary>
    public string? Theme { get; init; }

    public FrozenSet<string> Tokens { get; init; } = FrozenSet.Create(StringComparer.Ordinal, AudienceToken.Public);

    /// <summary>Ids of every stored audience that admits this viewer, for SQL filters.</summary>
    public ImmutableArray<int> Audiences { get; init; } = [];

    /// <summary>Units the account is a member of, most specific first.</summary>
    public ImmutableArray<OrgUnitId> MemberOf { get; init; } = [];

    /// <summary>Offices held now.</summary>
    public ImmutableArray<OfficeId> Offices { get; init; } = [];

    /// <summary>What an access token leaves of the permissions; null for a person.</summary>
    public TokenScope? Scope { get; private init; }

    public bool IsSignedIn => Account is not null;

    /// <summary>What grants are compared with: the same as <see cref="Tokens"/>, except through a token that sees less than its owner.</summary>
    internal FrozenSet<string> GrantTokens
    {
        get => field ?? Tokens;
        private init;
    }

    /// <exception cref="DeniedException">The viewer is a guest.</exception>
    public AccountId SignedInAccount => Account ?? throw new DeniedException("signed-in", null);

    /// <summary>The same account acting through an access token.</summary>
    /// <param name="seesAs">Whose audiences it has; null: its own.</param>
    internal Viewer Within(TokenScope scope, Viewer? seesAs) => new()
    {
        Account = Account,
        Login = Login,
        DisplayName = DisplayName,
        Language = Language,
        TimeZone = TimeZone,
        Theme = Theme,
        Tokens = (seesAs ?? this).Tokens,
        Audiences = (seesAs ?? this).Audiences,
        MemberOf = (seesAs ?? this).MemberOf,
        Offices = (seesAs ?? this).Offices,
        GrantTokens = Tokens,
        Scope = scope,
    };
}
