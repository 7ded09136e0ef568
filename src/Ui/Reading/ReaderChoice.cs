using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Plenum.Ui;

/// <summary>Which language a reader gets: asked for in the address, else chosen in the account, else what the browser prefers.</summary>
public static class ReaderChoice
{
    public const string Parameter = "lang";
    private const int MaxAccepted = 10; // Entries of Accept-Language that are looked at.

    public static CultureInfo LanguageOf(HttpRequest request, string? ofAccount, string fallback)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Culture(Known(request.Query[Parameter]) ?? Known(ofAccount) ?? Preferred(request) ?? fallback);
    }

    /// <summary>The zone an account chose, else the given one; a zone this machine does not know falls back too.</summary>
    public static TimeZoneInfo ZoneOf(string? ofAccount, string fallback)
        => ofAccount is not null && TimeZoneInfo.TryFindSystemTimeZoneById(ofAccount, out var chosen) ? chosen
            : TimeZoneInfo.TryFindSystemTimeZoneById(fallback, out var usual) ? usual
            : TimeZoneInfo.Utc;

    // English as in Britain: day before month, 24 hours, weeks from Monday, as in the German texts beside it.
    private static CultureInfo Culture(string language) => CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : "de-DE");

    // RFC 9110 §12.5.4: the highest quality wins, the first of equals.
    private static string? Preferred(HttpRequest request)
        => request.GetTypedHeaders().AcceptLanguage
            .Take(MaxAccepted)
            .Where(l => l.Quality is not 0)
            .OrderByDescending(l => l.Quality ?? 1)
            .Select(l => Known(l.Value.ToString()))
            .FirstOrDefault(l => l is not null);

    private static string? Known(string? tag)
        => tag is { Length: >= 2 } && (tag.Length == 2 || tag[2] == '-') ? tag[..2].ToLowerInvariant() switch { "de" => "de", "en" => "en", _ => null } : null;
}
