using CsCheck;
using Plenum.Wikitext.Expansion;

namespace Plenum.Protocols.Tests.Wikitext.Expansion;

/// <summary>Any text goes through, and what is not expanded comes out as it went in.</summary>
public sealed class TreeTests
{
    private static readonly string[] s_pieces =
    [
        "{{", "}}", "{{{", "}}}", "{", "}", "[[", "]]", "[", "]", "|", "=", "\n", "==", "-{", "}-", "a", "T", "1", "<nowiki>", "</nowiki>", "<ref", ">", "/>", "<!--", "-->",
        "<noinclude>", "</noinclude>", "<onlyinclude>", "</onlyinclude>", "<includeonly>", "</includeonly>", "#if:", "lc:", "subst:", "*", ":", "\u007F", "0", "__TOC__", "'",
    ];

    private static readonly Gen<string> s_texts = Gen.Int[0, s_pieces.Length - 1].Select(i => s_pieces[i]).Array[0, 40].Select(string.Concat);

    private readonly TestWiki _wiki = new() { ["T"] = "<noinclude>x</noinclude>* {{{1|{{{a|}}}}}}{{{b}}}", ["A"] = "{{T|{{{1}}}|a=1}}" };

    [Fact]
    public void Text_to_be_saved_is_untouched_where_nothing_is_substituted()
        => s_texts.Sample(text => text.Contains("subst") || _wiki.Expand(text, ExpansionMode.PreSave).Text == text.Replace('\u007F', '?'));

    [Fact]
    public void Any_text_expands_in_every_mode()
        => s_texts.Sample(text => Enum.GetValues<ExpansionMode>().All(mode => _wiki.Expand(text, mode).Text is not null));

    [Fact]
    public void Every_marker_leads_to_what_was_stripped()
        => s_texts.Sample(text =>
        {
            var expanded = _wiki.Expand(text, ExpansionMode.Render);
            for (var at = expanded.Text.IndexOf(StripMarker.Delimiter); at >= 0; at = expanded.Text.IndexOf(StripMarker.Delimiter, at))
            {
                if (!StripMarker.TryRead(expanded.Text.AsSpan(at), out var index, out var length) || expanded.Stripped[index].Index != index)
                {
                    return false;
                }

                at += length;
            }

            return true;
        });

    [Fact]
    public void Expanding_twice_gives_the_same()
        => s_texts.Sample(text => _wiki.Text(text) == _wiki.Text(text));
}
