using Plenum.Contracts.Organisation;

namespace Plenum.Kernel.Organisation;

/// <summary>An office of a unit (chair, treasurer, press officer). Address, permissions and signature follow the office, not the person.</summary>
public sealed class Office
{
    private readonly List<OfficeTerm> _terms = [];

    private Office()
    {
    }

    public Office(OrgUnitId unit, string title, string? mailLocalPart, int order)
    {
        Id = OfficeId.New();
        UnitId = unit;
        Order = order;
        Retitle(title, mailLocalPart);
    }

    public OfficeId Id { get; private init; }

    public OrgUnitId UnitId { get; private init; }

    public string Title { get; private set; } = "";

    /// <summary>Its address at the unit's mail domain, or null.</summary>
    public string? MailLocalPart { get; private set; }

    /// <summary>Place in the list of offices of its unit.</summary>
    public int Order { get; private set; }

    public DateTime? AbolishedAt { get; private set; }

    public IReadOnlyList<OfficeTerm> Terms => _terms;

    public void Retitle(string title, string? mailLocalPart)
    {
        var clean = title.Trim();
        Title = clean.Length is > 0 and <= 120 ? clean : throw new RuleException("offices.title-length", 120);
        MailLocalPart = string.IsNullOrWhiteSpace(mailLocalPart) ? null : mailLocalPart.Trim().ToLowerInvariant();
    }

    public void Rank(int order) => Order = order;

    /// <exception cref="RuleException">The end does not lie after the beginning, or the person already holds the office then.</exception>
    public OfficeTerm Begin(AccountId holder, DateTime from, DateTime? until, bool acting)
    {
        if (until <= from)
        {
            throw new RuleException("offices.term-ends-first");
        }

        if (_terms.Exists(t => t.Holder == holder && t.Overlaps(from, until)))
        {
            throw new RuleException("offices.already-held");
        }

        var term = new OfficeTerm(holder, from, until, acting);
        _terms.Add(term);
        return term;
    }

    public void Abolish(DateTime utcNow)
    {
        AbolishedAt ??= utcNow;
        _terms.ForEach(t => t.End(utcNow));
    }
}

/// <summary>A person's time in an office.</summary>
public sealed class OfficeTerm
{
    private OfficeTerm()
    {
    }

    internal OfficeTerm(AccountId holder, DateTime from, DateTime? until, bool acting)
    {
        Id = Guid.CreateVersion7();
        Holder = holder;
        From = from;
        Until = until;
        IsActing = acting;
    }

    public Guid Id { get; private init; }

    public AccountId Holder { get; private init; }

    public DateTime From { get; private init; }

    /// <summary>First instant after the term; null while open-ended.</summary>
    public DateTime? Until { get; private set; }

    /// <summary>Acting until someone is elected.</summary>
    public bool IsActing { get; private init; }

    public bool IsCurrent(DateTime utcNow) => From <= utcNow && (Until is null || utcNow < Until);

    public bool Overlaps(DateTime from, DateTime? until) => (until is null || From < until) && (Until is null || from < Until);

    public void End(DateTime utcNow)
    {
        if (Until is null || Until > utcNow)
        {
            Until = utcNow > From ? utcNow : From;
        }
    }
}
