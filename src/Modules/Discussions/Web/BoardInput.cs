using System.ComponentModel.DataAnnotations;
using Plenum.Contracts.Organisation;
using Plenum.Discussions.Domain;
using Plenum.Kernel.Permissions;

namespace Plenum.Discussions.Web;

/// <summary>What the forms for a board carry; the one for a new board carries more. Audiences: "p" everyone, "s" signed-in, "m" members of the unit, "" moderators alone.</summary>
public class BoardInput
{
    [Required, StringLength(Board.MaxTitleLength)]
    public string Title { get; set; } = "";

    [StringLength(Board.MaxDescriptionLength)]
    public string? Description { get; set; } = "";

    public string? Readers { get; set; } = "p";

    public string? Writers { get; set; } = "s";

    public StrangerRule Strangers { get; set; }

    public string? Language { get; set; } = "de";

    public string? Mailbox { get; set; } = "";

    public bool IsClosed { get; set; }

    /// <param name="known">The board's present audiences, kept where the form cannot say them.</param>
    public BoardDescription ToDescription(OrgUnitId unit, Audience? known = null) => new()
    {
        Title = Title,
        Description = Description ?? "",
        Language = Language ?? "de",
        Readers = AudienceOf(Readers, unit) ?? known ?? Audience.SignedIn,
        Writers = AudienceOf(Writers, unit),
        Strangers = Strangers,
    };

    /// <summary>The letter of an audience in the form; null for one the form cannot say.</summary>
    public static string? LetterOf(Audience? audience, OrgUnitId unit)
        => audience is null ? "" : audience.Equals(Audience.Public) ? "p" : audience.Equals(Audience.SignedIn) ? "s" : audience.Equals(Audience.MembersOf(unit)) ? "m" : null;

    private static Audience? AudienceOf(string? letter, OrgUnitId unit) => letter switch
    {
        "p" => Audience.Public,
        "s" => Audience.SignedIn,
        "m" => Audience.MembersOf(unit),
        _ => null,
    };
}
