using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plenum.Browser.Tests.House;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Browser.Tests.Site;

/// <summary>
/// The pictures of the README. They are taken anew on every run; the ones in docs/screenshots are replaced when PLENUM_SCREENSHOTS
/// names that folder.
/// </summary>
public sealed partial class ScreenshotTests(Houses houses)
{
    private const long MaxBytes = 150_000;
    private static readonly string Folder = Environment.GetEnvironmentVariable("PLENUM_SCREENSHOTS") is { Length: > 0 } chosen
        ? Path.GetFullPath(chosen, SharedData.RepositoryRoot)
        : Path.Combine(SharedData.RepositoryRoot, "artifacts", "pictures", "readme");

    public static TheoryData<string, string?, string, int, int, bool> Pictures() => new()
    {
        { "home", null, "/", 1200, 760, false },
        { "unit", null, "/units/bayern", 1200, 760, false },
        { "thread-phone", "emil", "/boards/techtalk", 390, 760, false },
        { "administration", "ada", "/admin", 1200, 760, false },
        { "board-dark", "emil", "/boards/techtalk", 1200, 760, true },
    };

    [Theory, MemberData(nameof(Pictures))]
    public async Task The_readme_shows_the_house_as_it_is(string name, string? login, string path, int width, int height, bool isDark)
    {
        var server = await houses.OnAsync(DatabaseProvider.SQLite);
        await using var context = await houses.OpenAsync(new(width, "en", isDark), server, login);
        var page = await context.NewPageAsync();
        await page.SetViewportSizeAsync(width, height);
        await page.GotoAsync(server.Address + path);
        if (name == "thread-phone")
        {
            await page.GetByRole(AriaRole.Link, new() { Name = "Wie sichert ihr eure Passwörter?" }).ClickAsync();
            await page.EvaluateAsync("scrollTo(0, 0)");
        }

        await Assertions.Expect(page.Locator("main h1")).ToBeVisibleAsync();
        var picture = await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name + ".png") });
        Assert.InRange(picture.Length, 10_000, MaxBytes);
    }

    [Fact]
    public void The_readme_shows_every_picture_there_is_and_says_in_words_what_it_shows()
    {
        var shown = Picture().Matches(File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "README.md"))).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["alt"].Value, StringComparer.Ordinal);
        var files = Directory.GetFiles(Path.Combine(SharedData.RepositoryRoot, "docs", "screenshots")).ToList();
        Assert.Equal(Pictures().Select(p => p.Data.Item1).Order(StringComparer.Ordinal), shown.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(shown.Keys.Order(StringComparer.Ordinal), files.Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
        Assert.All(files, f => Assert.InRange(new FileInfo(f).Length, 10_000, MaxBytes));
        Assert.All(shown.Values, alt => Assert.True(alt.Length > 20, alt));
    }

    [GeneratedRegex("<img[^>]* src=\"docs/screenshots/(?<name>[a-z-]+)\\.png\"[^>]* alt=\"(?<alt>[^\"]*)\"")]
    private static partial Regex Picture();
}
