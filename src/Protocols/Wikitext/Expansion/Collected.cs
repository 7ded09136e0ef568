using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Expansion;

/// <summary>What an expansion learns about the page besides its text.</summary>
internal sealed class Collected
{
    /// <summary>More than an editor will read.</summary>
    private const int MaxProblems = 500;

    private readonly HashSet<TemplateUse> _templates = [];
    private readonly HashSet<PageTitle> _askedPages = [];
    private readonly HashSet<ExpansionProblem> _seenProblems = [];
    private readonly List<ExpansionProblem> _problems = [];

    public IReadOnlyCollection<TemplateUse> Templates => _templates;

    public IReadOnlyCollection<PageTitle> AskedPages => _askedPages;

    public IReadOnlyList<ExpansionProblem> Problems => _problems;

    public BehaviourSwitches Switches { get; set; }

    public string? DisplayTitle { get; set; }

    /// <summary>A display title that does not name the page: stage two decides whether it may be used.</summary>
    public string? OtherDisplayTitle { get; set; }

    public string? DefaultSort { get; set; }

    public bool DependsOnTime { get; set; }

    public bool DependsOnStatistics { get; set; }

    public void AddTemplate(PageTitle title, bool exists) => _templates.Add(new(title, exists));

    public void AddAsked(PageTitle title) => _askedPages.Add(title);

    /// <summary>Notes a problem. False if it is known already.</summary>
    public bool AddProblem(ExpansionProblemKind kind, PageTitle? page = null, string detail = "")
    {
        var problem = new ExpansionProblem(kind, page, detail);
        var isNew = _problems.Count < MaxProblems && _seenProblems.Add(problem);
        if (isNew)
        {
            _problems.Add(problem);
        }

        return isNew;
    }
}
