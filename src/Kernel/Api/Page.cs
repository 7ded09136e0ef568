using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Plenum.Kernel.Api;

/// <summary>One page of a list.</summary>
/// <param name="Items">In the order of the list.</param>
/// <param name="Next">Cursor for the page after it; null on the last. The header Link names its whole address (RFC 8288).</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Which page of a list: bound from the query of every list.</summary>
public sealed record PageRequest
{
    public const int DefaultSize = 50;
    public const int MaxSize = 100;

    [FromQuery(Name = "limit"), Description("Items on the page, 1 to 100; 50 if not given.")]
    public int? Limit { get; init; }

    [FromQuery(Name = "after"), Description("The cursor \"next\" of the page before.")]
    public string? After { get; init; }

    /// <summary>One more than the page holds: whether there is a next page costs no second query.</summary>
    public int Take => Size + 1;

    private int Size => Math.Clamp(Limit ?? DefaultSize, 1, MaxSize);

    /// <summary>What the last item of the page before was sorted by.</summary>
    /// <returns>Null on the first page.</returns>
    /// <exception cref="BadHttpRequestException">The cursor is none of ours.</exception>
    public T? Cursor<T>()
        where T : class
    {
        if (string.IsNullOrEmpty(After))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(WebEncoders.Base64UrlDecode(After)) ?? throw new JsonException();
        }
        catch (Exception broken) when (broken is FormatException or JsonException)
        {
            throw new BadHttpRequestException("The cursor \"after\" is none that a page gave out.", StatusCodes.Status400BadRequest, broken);
        }
    }

    /// <summary>Makes the page of up to <see cref="Take"/> rows.</summary>
    /// <param name="cursorOf">What the list is sorted by: JSON of it becomes the cursor.</param>
    public Page<TItem> Of<TRow, TItem>(HttpContext http, IReadOnlyList<TRow> rows, Func<TRow, object> cursorOf, Func<TRow, TItem> itemOf)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(rows);
        var shown = rows.Take(Size).ToList();
        var next = rows.Count > Size ? WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(cursorOf(shown[^1])))) : null;
        if (next is not null)
        {
            var others = http.Request.Query.Where(q => q.Key != "after").SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v)));
            var address = QueryHelpers.AddQueryString(http.Request.PathBase + http.Request.Path, others.Append(new("after", next)));
            http.Response.Headers.Link = $"<{address}>; rel=\"next\"";
        }

        return new([.. shown.Select(itemOf)], next);
    }
}
