using Plenum.Wikitext.Expansion.Tree;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Expansion;

/// <summary>Pages that were included, parsed once per expansion.</summary>
internal sealed class TemplateStore(Expander expander, ITemplateSource source)
{
    /// <summary>Pages looked at to find a template's text: itself and two redirects.</summary>
    private const int MaxHops = 3;

    private readonly Dictionary<PageTitle, Entry> _entries = [];

    /// <summary>Finds a page to include, redirects followed.</summary>
    /// <returns>Null if there is no such page.</returns>
    public Entry? Find(PageTitle title)
    {
        if (!_entries.TryGetValue(title, out var entry))
        {
            entry = Load(title);
            _entries[title] = entry;
        }

        return entry.Text is null ? null : entry;
    }

    private Entry Load(PageTitle asked)
    {
        var title = asked;
        var final = asked;
        string? text = null;
        for (var hop = 0; hop < MaxHops; hop++)
        {
            var found = title.IsExternal || title.Namespace.Id < WikiNamespace.Main ? null : source.FindText(title) ?? MessageText(title);
            expander.Collected.AddTemplate(title, found is not null);
            if (found is null)
            {
                break;
            }

            text = found;
            final = title;
            if (!Redirect.TryRead(found, expander.Site, out var target))
            {
                break;
            }

            if (hop == 1)
            {
                expander.Collected.AddProblem(ExpansionProblemKind.DoubleRedirect, asked);
            }

            title = target.WithFragment("");
        }

        return text is null ? new(asked, null, default) : Parse(final, Expander.Clean(text));
    }

    private Entry Parse(PageTitle title, string text)
        => _entries.TryGetValue(title, out var known) && known.Text is not null ? known : new(title, text, expander.Parse(text, forInclusion: true));

    /// <summary>Interface messages are pages too, written or not.</summary>
    private string? MessageText(PageTitle title)
        => title.Namespace.Id == WikiNamespace.Message
            ? expander.Site.FindMessage(char.ToLowerInvariant(title.Text[0]) + title.Key[1..], expander.Site.Language)
            : null;

    /// <summary>A page and its tree.</summary>
    /// <param name="Title">Where the redirects led.</param>
    /// <param name="Text">Its wikitext; null if it is missing.</param>
    /// <param name="Nodes">The text parsed for inclusion.</param>
    internal sealed record Entry(PageTitle Title, string? Text, NodeChain Nodes);
}
