using Plenum.Contracts.Organisation;

namespace Plenum.Site.Domain;

/// <summary>Who sees what a person tells of itself. Names of holders of an office are public whatever they choose. Text key <c>site.profile.visibility.NAME</c>.</summary>
public enum ProfileVisibility
{
    Public,
    SignedIn,

    /// <summary>Members of a unit the person is a member of, the whole organisation excepted.</summary>
    OwnUnits,
    Nobody,
}

/// <summary>What a person chose; whoever chose nothing is seen by everyone signed in.</summary>
public sealed class ProfileChoice
{
    public const ProfileVisibility Default = ProfileVisibility.SignedIn;

    public required AccountId AccountId { get; init; }

    public required ProfileVisibility Visibility { get; set; }
}
