using System.Diagnostics;
using System.Globalization;
using Plenum.Peers.Wikitext;
using Plenum.Wikitext;
using Plenum.Wikitext.Site;

// compose DUMPS FOLDER: writes the pages both sides render into FOLDER, one file each.
// measure FOLDER [LOOPS]: renders each page LOOPS times after warming up; prints CPU milliseconds a page, of the quietest of five rounds.
switch (args)
{
    case ["compose", var dumps, var folder]:
        Directory.CreateDirectory(folder);
        foreach (var (title, text) in BenchPages.Compose(dumps))
        {
            File.WriteAllText(Path.Combine(folder, Uri.EscapeDataString(title)), text);
        }

        return 0;
    case ["measure", var folder, .. var rest]:
        Measure(folder, rest is [var loops] ? int.Parse(loops, CultureInfo.InvariantCulture) : 200);
        return 0;
    default:
        Console.Error.WriteLine("Usage: compose DUMPS FOLDER | measure FOLDER [LOOPS]");
        return 2;
}

static void Measure(string folder, int loops)
{
    const int Rounds = 5;
    var wiki = new InMemoryWiki("en", "Peers");
    foreach (var file in Directory.GetFiles(folder))
    {
        wiki.Save(Uri.UnescapeDataString(Path.GetFileName(file)), File.ReadAllText(file));
    }

    var engine = new WikitextEngine(wiki, wiki);
    foreach (var title in BenchPages.Measured)
    {
        var page = wiki.Parse(title);
        var text = wiki.Pages[page];
        var length = 0;
        for (var i = 0; i < loops; i++)
        {
            length = engine.Render(text, page).Html.Length; // Long enough for the compiler's last word.
        }

        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var (cpu, allocated) = (double.MaxValue, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            process.Refresh();
            (var before, allocated) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes());
            for (var i = 0; i < loops / Rounds; i++)
            {
                length = engine.Render(text, page).Html.Length;
            }

            process.Refresh();
            cpu = Math.Min(cpu, (process.TotalProcessorTime - before).TotalMilliseconds / (loops / Rounds));
            allocated = (GC.GetTotalAllocatedBytes() - allocated) / (loops / Rounds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"plenum: {title}: {cpu:F2} ms CPU, {allocated / 1024.0 / 1024.0:F2} MiB allocated, {text.Length} characters in, {length} out"));
    }
}
