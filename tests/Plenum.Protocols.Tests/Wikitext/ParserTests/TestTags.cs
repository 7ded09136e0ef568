using System.Text;
using Plenum.Wikitext.Rendering;

namespace Plenum.Protocols.Tests.Wikitext.ParserTests;

/// <summary>The extension tags MediaWiki's parser tests bring along.</summary>
internal static class TestTags
{
    public static IReadOnlyDictionary<string, ITagRenderer> Create() => new Dictionary<string, ITagRenderer>
    {
        ["tag"] = new Dump(),
        ["statictag"] = new Keep(),
        ["spantag"] = new Wrap("span"),
        ["divtag"] = new Wrap("div"),
        ["asidetag"] = new Fixed("<aside>Some aside content</aside>"),
    };

    /// <summary>Shows what it was given, as PHP's var_export does.</summary>
    private sealed class Dump : ITagRenderer
    {
        public TagOutput Render(TagInput tag, ITagContext page)
        {
            var text = new StringBuilder("<pre>\n");
            text.Append(tag.Content is null ? "NULL" : $"'{tag.Content}'").Append("\narray (\n");
            foreach (var (name, value) in tag.Attributes)
            {
                text.Append($"  '{name}' => '{value}',\n");
            }

            return new(text.Append(")\n</pre>").ToString());
        }
    }

    /// <summary>Keeps its content until it is told to show it.</summary>
    private sealed class Keep : ITagRenderer
    {
        private string _kept = "";

        public TagOutput Render(TagInput tag, ITagContext page)
        {
            if (tag["action"] != "flush")
            {
                _kept = tag.Content ?? "";
                return new("");
            }

            return new(_kept);
        }
    }

    private sealed class Fixed(string html) : ITagRenderer
    {
        public TagOutput Render(TagInput tag, ITagContext page) => new(html);
    }

    private sealed class Wrap(string element) : ITagRenderer
    {
        public TagOutput Render(TagInput tag, ITagContext page) => new($"<{element}>{page.ParseInline(tag.Content ?? "")}</{element}>");
    }
}
