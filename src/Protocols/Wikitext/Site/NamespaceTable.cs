using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Plenum.Wikitext.Site;

/// <summary>The namespaces of a wiki, found by id or by any of their names.</summary>
public sealed class NamespaceTable
{
    private readonly FrozenDictionary<int, WikiNamespace> _byId;
    private readonly FrozenDictionary<string, WikiNamespace> _byName;

    /// <param name="namespaces">Must hold the main namespace. When two share a name the earlier one gets it.</param>
    /// <exception cref="ArgumentException">The main namespace is missing or an id occurs twice.</exception>
    public NamespaceTable(IEnumerable<WikiNamespace> namespaces)
    {
        All = [.. namespaces.OrderBy(n => n.Id)];
        _byId = All.ToFrozenDictionary(n => n.Id);
        Main = _byId.TryGetValue(WikiNamespace.Main, out var main)
            ? main
            : throw new ArgumentException("A wiki has a main namespace.", nameof(namespaces));
        var byName = new Dictionary<string, WikiNamespace>(StringComparer.OrdinalIgnoreCase);
        AddNames(byName, n => [n.Name]);
        AddNames(byName, n => [n.CanonicalName]);
        AddNames(byName, n => n.Aliases);
        _byName = byName.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>All namespaces by rising id.</summary>
    public IReadOnlyList<WikiNamespace> All { get; }

    public WikiNamespace Main { get; }

    /// <summary>The namespace of an id, or null.</summary>
    public WikiNamespace? this[int id] => _byId.GetValueOrDefault(id);

    /// <summary>Finds a namespace by its name, English name or alias. Case does not count; blanks equal underscores. The empty name is the main namespace.</summary>
    public bool TryFind(ReadOnlySpan<char> name, [NotNullWhen(true)] out WikiNamespace? found)
    {
        name = name.Trim(" _");
        if (name.Length > MaxNameLength)
        {
            found = null;
            return false;
        }

        Span<char> spaced = stackalloc char[MaxNameLength];
        name.Replace(spaced, '_', ' ');
        return _byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(spaced[..name.Length], out found);
    }

    /// <summary>The talk namespace beside a namespace, or null where none exists. A talk namespace is its own.</summary>
    public WikiNamespace? TalkOf(WikiNamespace space) => space.IsTalk ? space : space.HasTalk ? this[space.Id + 1] : null;

    /// <summary>The subject namespace of a namespace; a subject namespace is its own.</summary>
    public WikiNamespace SubjectOf(WikiNamespace space) => space.IsTalk ? this[space.Id - 1] ?? space : space;

    /// <summary>MediaWiki's standard namespaces.</summary>
    /// <param name="language">"de" gives German names beside the English ones; every other code English names only.</param>
    /// <param name="projectName">Name of the project namespace (id 4), usually the name of the wiki.</param>
    public static NamespaceTable Standard(string language, string projectName) => new(StandardNamespaces.Create(language, projectName));

    /// <summary>No namespace has a longer name (MediaWiki stores them in 255 octets).</summary>
    private const int MaxNameLength = 255;

    private void AddNames(Dictionary<string, WikiNamespace> byName, Func<WikiNamespace, IReadOnlyList<string>> names)
    {
        foreach (var space in All)
        {
            foreach (var name in names(space))
            {
                if (name.Length > 0 || space.Id == WikiNamespace.Main)
                {
                    byName.TryAdd(name.Replace('_', ' '), space);
                }
            }
        }
    }
}
