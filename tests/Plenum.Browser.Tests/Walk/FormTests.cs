using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Plenum.Browser.Tests.House;
using Plenum.Kernel.Data;

namespace Plenum.Browser.Tests.Walk;

/// <summary>Every form that posts, of every page, as a guest, a member and the operator.</summary>
public sealed class FormTests(Houses houses)
{
    [Theory]
    [InlineData("guest")]
    [InlineData("emil")]
    [InlineData("ada")]
    public async Task No_form_is_taken_without_its_token(string persona)
    {
        var server = await houses.OnAsync(DatabaseProvider.SQLite);
        var steps = await Walks.OfAsync(houses, DatabaseProvider.SQLite, persona);
        using var client = await Walker.ClientAsync(server, persona == "guest" ? null : persona, TestContext.Current.CancellationToken);
        var parser = new HtmlParser();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var taken = new List<string>();
        foreach (var step in steps.Where(s => s.Html.Contains("method=\"post\"", StringComparison.Ordinal)))
        {
            foreach (var form in parser.ParseDocument(step.Html).QuerySelectorAll<IHtmlFormElement>("form[method=post]"))
            {
                var action = form.GetAttribute("action") is { Length: > 0 } given ? given : step.Path;
                var fields = form.Elements.OfType<IHtmlInputElement>().Where(i => i.Name is { Length: > 0 } and not "__RequestVerificationToken")
                    .Select(i => KeyValuePair.Create(i.Name!, i.Value ?? "")).ToList();
                if (!seen.Add($"{Route.Of(action.Split('?')[0])?.Template ?? action} {fields.Find(f => f.Key == "_handler").Value}"))
                {
                    continue;
                }

                using var content = new FormUrlEncodedContent(fields);
                using var answer = await client.PostAsync(new Uri(action, UriKind.Relative), content, TestContext.Current.CancellationToken);
                if (answer.StatusCode != HttpStatusCode.BadRequest)
                {
                    taken.Add($"{action} {string.Join('&', fields.Select(f => f.Key))}: {(int)answer.StatusCode}");
                }
            }
        }

        Assert.NotEmpty(seen);
        Assert.True(taken.Count == 0, string.Join('\n', taken));
    }
}
