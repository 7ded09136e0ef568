using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Plenum.Browser.Tests.House;

/// <summary>axe-core with every rule of WCAG 2.2 AA and its best practices.</summary>
public static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Gives it to every page of the context as it is made: half the time of bringing it afterwards.</summary>
    public static Task BringAsync(IBrowserContext context) => context.AddInitScriptAsync(Script);

    /// <summary>Fails the test with what is wrong with the page.</summary>
    public static async Task PassAsync(IPage page)
    {
        var wrong = await FindAsync(page);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>What is wrong with the page, one line each; empty if nothing.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
        {
            await page.EvaluateAsync(Script);
        }

        return await page.EvaluateAsync<string[]>(
            """
            async () => {
              const short = html => html.length <= 160 ? html : html.slice(0, 160) + '…';
              const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
              const { violations, passes } = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
              if (passes.length === 0) return ['axe-core ran no rule'];
              return violations.flatMap(v => v.nodes.slice(0, 3).map(n =>
                `${v.id}: ${v.help} · ${short(n.html)} · ${[...n.any, ...n.all, ...n.none].map(c => c.message).join('; ')}`));
            }
            """);
    }
}
