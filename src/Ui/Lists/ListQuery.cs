using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace Plenum.Ui;

/// <summary>
/// How a list is sorted, filtered and paged, as its address says: <c>?sort=-date&amp;page=3&amp;q=word&amp;state=open</c>.
/// What is not understood is ignored: a mangled link still shows the list.
/// </summary>
public sealed class ListQuery
{
    public const int MaxPage = 100_000; // Deeper is only ever a robot; keeps OFFSET within reason.
    private readonly string _path;
    private readonly List<KeyValuePair<string, string>> _pairs;

    private ListQuery(string path, List<KeyValuePair<string, string>> pairs)
    {
        _path = path;
        _pairs = pairs;
    }

    /// <summary>Sort key without its minus; null where the address has none that is allowed.</summary>
    public string? Sort { get; private init; }

    /// <summary>A minus before the key.</summary>
    public bool IsDescending { get; private init; }

    /// <summary>From 1.</summary>
    public int Page => int.TryParse(this["page"], out var page) ? Math.Clamp(page, 1, MaxPage) : 1;

    /// <summary>The words to search for, at most 200 characters.</summary>
    public string Words => this["q"] is { } words ? words.Trim()[..Math.Min(words.Trim().Length, 200)] : "";

    /// <summary>The first value of a parameter, e.g. a filter; null if absent or empty.</summary>
    public string? this[string name] => _pairs.Find(p => p.Key == name).Value is { Length: > 0 } value ? value : null;

    /// <param name="address">Path and query, as <c>Visit.Address</c> or <c>NavigationManager.Uri</c>.</param>
    /// <param name="sort">How it is sorted if the address does not say; "-date" is descending.</param>
    /// <param name="sortable">The keys one may sort by; the first is the default if <paramref name="sort"/> is null.</param>
    public static ListQuery Read(string address, string? sort = null, params IReadOnlyList<string> sortable)
    {
        ArgumentNullException.ThrowIfNull(address);
        var local = Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme.StartsWith("http", StringComparison.Ordinal) ? uri.PathAndQuery : address;
        var parts = local.Split('#')[0].Split('?', 2);
        var pairs = QueryHelpers.ParseQuery(parts.Length > 1 ? parts[1] : "").SelectMany(p => p.Value.Select(v => KeyValuePair.Create(p.Key, v ?? ""))).ToList();
        var asked = pairs.Find(p => p.Key == "sort").Value ?? "";
        var chosen = sortable.Contains(asked.TrimStart('-')) ? asked : sort ?? (sortable.Count > 0 ? sortable[0] : null);
        return new(parts[0], pairs) { Sort = chosen?.TrimStart('-'), IsDescending = chosen?.StartsWith('-') == true };
    }

    /// <summary>The address with one parameter changed (null removes it), back on page 1 unless the page itself is set.</summary>
    public string With(string name, string? value)
    {
        var query = new QueryBuilder(_pairs.Where(p => p.Key != name && p.Key is not ("page" or "flash") && p.Value.Length > 0));
        if (value is not null)
        {
            query.Add(name, value);
        }

        return _path + query;
    }

    /// <summary>The address of a page of the list.</summary>
    public string WithPage(int page)
    {
        var query = new QueryBuilder(_pairs.Where(p => p.Key is not ("page" or "flash") && p.Value.Length > 0));
        if (page > 1)
        {
            query.Add("page", page.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return _path + query;
    }

    /// <summary>The address that sorts by a key: ascending first, then turned round at each click.</summary>
    public string SortBy(string key) => With("sort", key == Sort && !IsDescending ? "-" + key : key);

    /// <summary>Every parameter but the named ones and the page, for the hidden fields of a filter form.</summary>
    public IEnumerable<KeyValuePair<string, string>> Others(params IReadOnlyList<string> names)
        => _pairs.Where(p => p.Key is not ("page" or "flash") && !names.Contains(p.Key) && p.Value.Length > 0);
}
