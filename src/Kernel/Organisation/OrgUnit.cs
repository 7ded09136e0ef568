using Plenum.Contracts.Organisation;

namespace Plenum.Kernel.Organisation;

/// <summary>A unit of the organisation: the whole, a state, a district, a working group. Its path is its address on the web.</summary>
public sealed class OrgUnit
{
    public const int MaxNameLength = 200; // German administrative names reach 70 characters; statutes invent longer ones.
    public const int MaxPathLength = 1_000;
    public const int MaxDepth = 12; // Federation to street group is 7; the rest is room.

    private OrgUnit()
    {
    }

    public OrgUnit(OrgUnitKind kind, Slug slug, string name, OrgUnit? parent, DateTime utcNow)
    {
        Id = OrgUnitId.New();
        Kind = kind;
        Slug = slug.Value;
        Name = CleanName(name);
        ParentId = parent?.Id;
        Depth = parent is null ? 0 : parent.Depth + 1;
        Path = parent is null ? "" : PathBelow(parent.Path, slug.Value);
        CreatedAt = utcNow;
        RequireOpen(parent);
        RequireDepth(Depth);
    }

    public OrgUnitId Id { get; private init; }

    public OrgUnitId? ParentId { get; private set; }

    public OrgUnitKind Kind { get; private set; }

    /// <summary>Last part of the path; unique among its siblings.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>Slugs from below the root, joined by "/"; empty for the root itself.</summary>
    public string Path { get; private set; } = "";

    public int Depth { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>What the unit says of itself, Markdown.</summary>
    public string Description { get; private set; } = "";

    /// <summary>Languages its members use, first one first, e.g. "de en".</summary>
    public string Languages { get; private set; } = "de";

    /// <summary>Domain of its mail addresses, or null to use its parent's.</summary>
    public string? MailDomain { get; private set; }

    /// <summary>Host name of its own web site, or null.</summary>
    public string? WebDomain { get; private set; }

    /// <summary>Where to write to it, shown on its page.</summary>
    public string ContactAddress { get; private set; } = "";

    /// <summary>A private body (a court, a commission): nothing is inherited into it.</summary>
    public bool IsPrivate { get; private set; }

    /// <summary>A key from outside, e.g. the official municipality key; unique where present. Imports find their unit again by it.</summary>
    public string? ExternalKey { get; private set; }

    public DateTime CreatedAt { get; private init; }

    public DateTime? ClosedAt { get; private set; }

    /// <summary>Where its members and addresses went when it was merged.</summary>
    public OrgUnitId? MergedInto { get; private set; }

    public bool IsClosed => ClosedAt is not null;

    public bool IsRoot => ParentId is null;

    public void Rename(string name, Slug slug)
    {
        Name = CleanName(name);
        if (!IsRoot)
        {
            Slug = slug.Value;
        }
    }

    public void Describe(OrgUnitKind kind, string description, string contactAddress, bool isPrivate)
    {
        if (description.Length > 20_000)
        {
            throw new RuleException("units.description-too-long", 20_000);
        }

        Kind = kind;
        Description = description;
        ContactAddress = contactAddress.Trim();
        IsPrivate = isPrivate && !IsRoot;
    }

    public void UseDomains(string? mailDomain, string? webDomain, string languages)
    {
        MailDomain = NullIfEmpty(mailDomain);
        WebDomain = NullIfEmpty(webDomain);
        Languages = languages;
    }

    public void KeepExternalKey(string key) => ExternalKey = NullIfEmpty(key);

    /// <exception cref="RuleException">The target lies below this unit, is closed, or this is the root.</exception>
    public void MoveBelow(OrgUnit parent)
    {
        if (IsRoot)
        {
            throw new RuleException("units.root-stays");
        }

        if (parent.Id == Id || IsAbove(parent.Path))
        {
            throw new RuleException("units.not-below-itself", Name);
        }

        RequireOpen(parent);
        ParentId = parent.Id;
    }

    /// <summary>Sets what follows from the parent's place, after a rename or a move. Called for the unit first, then for each below it.</summary>
    public void TakePlaceBelow(OrgUnit parent)
    {
        RequireDepth(parent.Depth + 1);
        Depth = parent.Depth + 1;
        Path = PathBelow(parent.Path, Slug);
    }

    public void Close(DateTime utcNow)
    {
        if (IsRoot)
        {
            throw new RuleException("units.root-stays");
        }

        ClosedAt ??= utcNow;
    }

    public void MergeInto(OrgUnit other, DateTime utcNow)
    {
        if (other.Id == Id || IsAbove(other.Path))
        {
            throw new RuleException("units.not-below-itself", Name);
        }

        RequireOpen(other);
        Close(utcNow);
        MergedInto = other.Id;
    }

    /// <summary>True if the path lies below this unit.</summary>
    public bool IsAbove(string path) => IsRoot ? path.Length > 0 : path.StartsWith(Path + "/", StringComparison.Ordinal);

    private static string PathBelow(string parent, string slug)
    {
        var path = parent.Length == 0 ? slug : $"{parent}/{slug}";
        return path.Length <= MaxPathLength ? path : throw new RuleException("units.path-too-long", MaxPathLength);
    }

    private static void RequireOpen(OrgUnit? parent)
    {
        if (parent is { IsClosed: true })
        {
            throw new RuleException("units.closed", parent.Name);
        }
    }

    private static void RequireDepth(int depth)
    {
        if (depth > MaxDepth)
        {
            throw new RuleException("units.too-deep", MaxDepth);
        }
    }

    private static string CleanName(string name)
    {
        var clean = name.Trim();
        return clean.Length is > 0 and <= MaxNameLength ? clean : throw new RuleException("units.name-length", MaxNameLength);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim().ToLowerInvariant();
}
