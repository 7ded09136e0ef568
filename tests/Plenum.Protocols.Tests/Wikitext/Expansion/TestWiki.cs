using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Site;

namespace Plenum.Protocols.Tests.Wikitext.Expansion;

/// <summary>A small invented wiki and shortcuts to expand text in it.</summary>
internal sealed class TestWiki
{
    public TestWiki(string language = "en", DateTimeOffset? now = null)
    {
        Pages = new InMemoryWiki(language, "Parteiwiki")
        {
            Server = "https://wiki.example.org",
            Clock = new FixedClock(now ?? new DateTimeOffset(2026, 3, 1, 9, 5, 7, TimeSpan.Zero)),
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
        };
    }

    public InMemoryWiki Pages { get; }

    public WikitextLimits Limits { get; init; } = WikitextLimits.Default;

    /// <summary>Adds a template.</summary>
    public string this[string template]
    {
        set => Pages.Save("Template:" + template, value);
    }

    public ExpandedText Expand(string wikitext, ExpansionMode mode = ExpansionMode.Message, string page = "Antrag 7")
        => new Preprocessor(Pages, Pages, Limits).Expand(wikitext, Pages.Parse(page), mode);

    /// <summary>Wikitext as action=expandtemplates gives it.</summary>
    public string Text(string wikitext, string page = "Antrag 7") => Expand(wikitext, ExpansionMode.Message, page).Text;

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
