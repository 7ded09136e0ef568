using Plenum.Contracts.Organisation;
using Plenum.Kernel;
using Plenum.Kernel.Organisation;

namespace Plenum.Discussions.Domain;

/// <summary>What becomes of mail from someone who may not write on the board.</summary>
public enum StrangerRule
{
    /// <summary>A moderator decides.</summary>
    Hold,

    /// <summary>The sender's server hears 550.</summary>
    Refuse,
}

/// <summary>
/// A place for threads, owned by one unit. With a mail address it is a mailing list (RFC 2369) as well: one store of posts, two faces.
/// Slug and address never change: archives and subscribers' filters know them.
/// </summary>
public sealed class Board
{
    public const int MaxTitleLength = 120;
    public const int MaxDescriptionLength = 2_000;

    /// <summary>Leaves room for "-unsubscribe+" and a token within the 64 octets of RFC 5321 §4.5.3.1.1.</summary>
    public const int MaxLocalPartLength = 30;

    private Board()
    {
    }

    public Board(OrgUnitId unit, Slug slug, string title, string language, DateTime utcNow)
    {
        Id = BoardId.New();
        UnitId = unit;
        Slug = slug.Value;
        CreatedAt = utcNow;
        Describe(title, "", language);
    }

    public BoardId Id { get; private init; }

    /// <summary>Whose board it is: its offices moderate it.</summary>
    public OrgUnitId UnitId { get; private set; }

    /// <summary>Its address on the web: /boards/SLUG. Unique in the house.</summary>
    public string Slug { get; private init; } = "";

    public string Title { get; private set; } = "";

    /// <summary>What it is for, plain text.</summary>
    public string Description { get; private set; } = "";

    /// <summary>"de" or "en": language of its own mails and of its search terms.</summary>
    public string Language { get; private set; } = "de";

    /// <summary>Local part of its mail address in lower case, or null: a board without a mail face.</summary>
    public string? LocalPart { get; private set; }

    /// <summary>Domain of its mail address in lower case with A-labels.</summary>
    public string? Domain { get; private set; }

    /// <summary>Who may read: id of a stored audience.</summary>
    public int ReaderAudienceId { get; private set; }

    /// <summary>Who may write: id of a stored audience. Null: moderators alone, so it only announces.</summary>
    public int? WriterAudienceId { get; private set; }

    public StrangerRule Strangers { get; private set; }

    public DateTime CreatedAt { get; private init; }

    public DateTime? ClosedAt { get; private set; }

    public bool IsAnnounceOnly => WriterAudienceId is null;

    public bool IsClosed => ClosedAt is not null;

    /// <summary>Its mail address, or null.</summary>
    public string? Address => LocalPart is null ? null : $"{LocalPart}@{Domain}";

    /// <summary>Its List-Id (RFC 2919 §2): unique for all time, without angle brackets.</summary>
    public string? ListId => LocalPart is null ? null : $"{LocalPart}.{Domain}";

    /// <summary>Address on the web, from the root of the site.</summary>
    public string Path => "/boards/" + Slug;

    public void Describe(string title, string description, string language)
    {
        var clean = title.Trim();
        Title = clean.Length is > 0 and <= MaxTitleLength && !clean.Any(char.IsControl) ? clean : throw new RuleException("discussions.board.title-length", MaxTitleLength);
        Description = description.Trim() is { Length: <= MaxDescriptionLength } text ? text : throw new RuleException("discussions.board.description-length", MaxDescriptionLength);
        Language = language == "en" ? "en" : "de";
    }

    /// <summary>Gives the board its mail address, once.</summary>
    /// <exception cref="RuleException">It has another already, or the local part is none a list can have.</exception>
    public void UseAddress(string localPart, string domain)
    {
        var local = localPart.Trim().ToLowerInvariant();
        if (LocalPart is not null && (LocalPart != local || Domain != domain))
        {
            throw new RuleException("discussions.board.address-stays", Address);
        }

        // A slug's letters: no "+", which begins a subaddress. The words behind the last hyphen belong to the commands.
        if (!Kernel.Organisation.Slug.TryParse(local, out _) || local.Length > MaxLocalPartLength || BoardMailbox.EndsLikeCommand(local))
        {
            throw new RuleException("discussions.board.address-invalid", localPart, MaxLocalPartLength);
        }

        (LocalPart, Domain) = (local, domain);
    }

    public void Admit(int readers, int? writers, StrangerRule strangers) => (ReaderAudienceId, WriterAudienceId, Strangers) = (readers, writers, strangers);

    /// <summary>Its unit went into another.</summary>
    public void BelongTo(OrgUnitId unit) => UnitId = unit;

    public void Close(DateTime utcNow) => ClosedAt ??= utcNow;

    public void Reopen() => ClosedAt = null;
}
