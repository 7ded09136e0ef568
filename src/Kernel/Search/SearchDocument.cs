namespace Plenum.Kernel.Search;

/// <summary>A thing that can be found: a post, a page, a file.</summary>
/// <param name="Service">Name of the module that shows it.</param>
/// <param name="Key">The module's own key, unique within the service, 200 characters at most.</param>
/// <param name="Url">Where it is, from the root of the site.</param>
/// <param name="UnitPath">Path of the unit it belongs to; empty for the whole organisation.</param>
/// <param name="Language">"de" or "en": how its words are reduced to terms. Any other counts as "en".</param>
/// <param name="Body">Plain text, no markup.</param>
/// <param name="Time">UTC; newer things rank higher.</param>
/// <param name="AudienceId">Who may find it: id of a stored audience.</param>
public sealed record SearchDocument(
    string Service, string Key, string Url, string UnitPath, string Language, string Title, string Body, DateTime Time, int AudienceId);

/// <summary>What someone looks for.</summary>
/// <param name="Text">Words; "a phrase"; -without; prefix*. Any text is allowed.</param>
/// <param name="Audiences">Ids of the audiences the viewer belongs to; nothing else is found.</param>
/// <param name="Service">Only this service, or null.</param>
/// <param name="UnitPath">Only this unit and everything below, or null.</param>
/// <param name="KeyPrefix">Only things whose key begins so, e.g. those of one board: ASCII letters, digits, "-" and "/". Null for all.</param>
public sealed record SearchRequest(
    string Text, IReadOnlyCollection<int> Audiences, string? Service = null, string? UnitPath = null, int Skip = 0, int Take = 20, string? KeyPrefix = null);

/// <param name="TitleHtml">The title, encoded, with what matched in &lt;mark&gt;.</param>
/// <param name="SnippetHtml">The best passage, encoded, with what matched in &lt;mark&gt;.</param>
public sealed record SearchHit(
    string Service, string Key, string Url, string UnitPath, DateTime Time, string TitleHtml, string SnippetHtml);

/// <summary>One page of what was found.</summary>
/// <param name="Count">Hits the viewer may see; if <paramref name="IsMore"/>, there are more than that, and the newest of them were ranked.</param>
/// <param name="Services">Hits by service.</param>
/// <param name="Units">Hits by path of unit.</param>
public sealed record SearchPage(
    IReadOnlyList<SearchHit> Hits, int Count, bool IsMore, IReadOnlyDictionary<string, int> Services, IReadOnlyDictionary<string, int> Units)
{
    public static SearchPage Empty { get; } = new([], 0, false, new Dictionary<string, int>(), new Dictionary<string, int>());
}

/// <summary>Everything a module has to find, for building the index anew.</summary>
public interface ISearchSource
{
    string Service { get; }

    IAsyncEnumerable<SearchDocument> AllAsync(CancellationToken cancellation);
}
