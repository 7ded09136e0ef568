using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace Plenum.Browser.Tests.Walk;

/// <summary>The address of a page as its component declares it, e.g. "/units/{*Path}".</summary>
public sealed record Route(string Template, string Component)
{
    private static readonly Lazy<IReadOnlyList<Route>> Found = new(Load);
    private readonly Regex _pattern = new("^" + string.Join("", Template.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Part)) + "/?$", RegexOptions.IgnoreCase);

    /// <summary>Every page of every module of this build.</summary>
    public static IReadOnlyList<Route> All => Found.Value;

    private int Literals => Template.Split('/', StringSplitOptions.RemoveEmptyEntries).Count(s => !s.StartsWith('{'));

    /// <summary>The route a path belongs to; null for what is no page: a file, a feed, an answer to a script.</summary>
    public static Route? Of(string path) => All.Where(r => r._pattern.IsMatch(path)).MaxBy(r => (r.Literals, -r.Template.Length));

    private static string Part(string segment) => segment switch
    {
        ['{', '*', ..] => "(/.*)?",
        _ when segment.EndsWith(":int}", StringComparison.Ordinal) || segment.EndsWith(":long}", StringComparison.Ordinal) => @"/\d+",
        _ when segment.EndsWith(":guid}", StringComparison.Ordinal) => "/[0-9a-f-]{36}",
        ['{', ..] when segment.EndsWith("?}", StringComparison.Ordinal) => "(/[^/]+)?",
        ['{', ..] => "/[^/]+",
        _ => "/" + Regex.Escape(segment),
    };

    private static IReadOnlyList<Route> Load()
        =>
        [
            .. Directory.GetFiles(AppContext.BaseDirectory, "Plenum.*.dll").Where(f => !Path.GetFileName(f).Contains("Test", StringComparison.Ordinal))
                .SelectMany(f => Assembly.LoadFrom(f).GetTypes())
                .SelectMany(t => t.GetCustomAttributes<RouteAttribute>(false).Select(r => new Route(r.Template, t.Name)))
                .DistinctBy(r => r.Template),
        ];
}
