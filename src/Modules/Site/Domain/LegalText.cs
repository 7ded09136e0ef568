using Plenum.Contracts.Organisation;
using Plenum.Kernel;

namespace Plenum.Site.Domain;

/// <summary>The pages the law asks for. Text key <c>site.legal.NAME</c>.</summary>
public enum LegalKind
{
    /// <summary>Who is responsible for these pages, and how to reach them.</summary>
    Imprint,

    /// <summary>What is stored about readers and members, why, and for how long.</summary>
    Privacy,

    /// <summary>How accessible the pages are, and whom to tell where they are not.</summary>
    Accessibility,
}

/// <summary>A legal text of a unit. Units without one of their own show that of the nearest unit above.</summary>
public sealed class LegalText
{
    public const int MaxLength = 60_000; // A long privacy statement is 40,000 characters.

    private LegalText()
    {
    }

    public LegalText(OrgUnitId unit, LegalKind kind) => (UnitId, Kind) = (unit, kind);

    public OrgUnitId UnitId { get; private init; }

    public LegalKind Kind { get; private init; }

    /// <summary>Markdown.</summary>
    public string Text { get; private set; } = "";

    public DateTime ChangedAt { get; private set; }

    public AccountId? ChangedBy { get; private set; }

    /// <exception cref="RuleException">The text is empty or too long.</exception>
    public void Write(string text, AccountId? author, DateTime utcNow)
    {
        var clean = text.Trim();
        Text = clean.Length is > 0 and <= MaxLength ? clean : throw new RuleException("site.legal.length", MaxLength);
        (ChangedBy, ChangedAt) = (author, utcNow);
    }
}
