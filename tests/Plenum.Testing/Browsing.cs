using System.Net;
using System.Text.RegularExpressions;

namespace Plenum.Testing;

/// <summary>A person with a browser that has no JavaScript: cookies, pages and their forms.</summary>
public sealed partial class Browsing : IDisposable
{
    private readonly CookieContainer _cookies = new();

    public Browsing(Uri house) => Http = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = house };

    /// <summary>The header Cookie as it would be sent.</summary>
    public string Cookies => _cookies.GetCookieHeader(Http.BaseAddress!);

    public HttpClient Http { get; }

    /// <summary>The page last seen, after redirects.</summary>
    public string Page { get; private set; } = "";

    /// <summary>Path and query of that page.</summary>
    public string Address { get; private set; } = "";

    public HttpStatusCode Status { get; private set; }

    /// <summary>Opens a page and follows its redirects.</summary>
    public async Task GoAsync(string address) => await ReadAsync(await Http.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute)), address);

    /// <summary>Fills the form of the current page that has this handler (FormName) and sends it, with whatever else stands in it.</summary>
    public async Task SubmitAsync(string handler, params (string Name, string Value)[] filled)
    {
        var form = Forms().Matches(Page).Select(m => m.Value).FirstOrDefault(f => f.Contains($"value=\"{handler}\"", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"No form {handler} on {Address}:\n{Page}");
        IEnumerable<(string Name, string Value)> fields = Inputs().Matches(form).Where(m => m.Value.Contains("type=\"hidden\"", StringComparison.Ordinal))
            .Select(m => (Name: AttributeOf(m.Value, "name"), Value: AttributeOf(m.Value, "value"))).Where(f => f.Name.Length > 0 && filled.All(given => given.Name != f.Name));
        var button = Buttons().Match(form).Value; // The one pressed says its name, too.
        if (AttributeOf(button, "name") is { Length: > 0 } pressed && filled.All(given => given.Name != pressed))
        {
            fields = fields.Append((pressed, AttributeOf(button, "value")));
        }

        var action = AttributeOf(form[..form.IndexOf('>', StringComparison.Ordinal)], "action");
        var target = action.Length > 0 ? action : Address;
        using var body = new FormUrlEncodedContent(fields.Concat(filled).Select(f => KeyValuePair.Create(f.Name, f.Value)));
        await ReadAsync(await Http.PostAsync(new Uri(target, UriKind.RelativeOrAbsolute), body), target);
    }

    public async Task SignInAsync(string login, string password)
    {
        await GoAsync("/sign-in");
        await SubmitAsync("sign-in", ("Input.Login", login), ("Input.Password", password));
    }

    public void Dispose() => Http.Dispose();

    private async Task ReadAsync(HttpResponseMessage answer, string address)
    {
        for (var hops = 0; answer.Headers.Location is { } next && hops < 10; hops++)
        {
            address = next.IsAbsoluteUri ? next.PathAndQuery : next.ToString();
            answer.Dispose();
            answer = await Http.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute));
        }

        (Page, Address, Status) = (await answer.Content.ReadAsStringAsync(), address, answer.StatusCode);
        answer.Dispose();
    }

    private static string AttributeOf(string element, string name)
        => WebUtility.HtmlDecode(Regex.Match(element, $"\\b{name}=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<form\\b.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<button\\b[^>]*>")]
    private static partial Regex Buttons();

    [GeneratedRegex("<input\\b[^>]*>")]
    private static partial Regex Inputs();
}
