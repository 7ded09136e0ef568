using System.Globalization;
using Plenum.Kernel.Language;

namespace Plenum.Ui;

/// <summary>Instants in words: "5 minutes ago", "yesterday, 14:05", and in full with the zone.</summary>
public static class Moment
{
    /// <summary>Relative within about a week, then the date, with the year only where it is not this one.</summary>
    /// <param name="local">The instant in the reader's zone.</param>
    /// <param name="now">Now in the reader's zone.</param>
    public static string Relative(Texts texts, DateTime local, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var culture = CultureInfo.CurrentCulture;
        var past = now - local;
        var days = (now.Date - local.Date).Days;
        var clock = local.ToString("t", culture);
        return past switch
        {
            { TotalSeconds: > -60 and < 60 } => texts["ui.time.now"],
            { TotalMinutes: >= 1 and < 60 } => texts.Count("ui.time.minutes-ago", (long)past.TotalMinutes),
            { TotalMinutes: > -60 and <= -1 } => texts.Count("ui.time.in-minutes", (long)-past.TotalMinutes),
            _ when days == 0 => texts["ui.time.today", clock],
            _ when days == 1 => texts["ui.time.yesterday", clock],
            _ when days == -1 => texts["ui.time.tomorrow", clock],
            _ when days is > 1 and < 7 or < -1 and > -7 => texts["ui.time.weekday", local.ToString("dddd", culture), clock],
            _ when local.Year == now.Year => local.ToString("M", culture),
            _ => local.ToString(culture.TwoLetterISOLanguageName == "de" ? "d. MMMM yyyy" : "d MMMM yyyy", culture),
        };
    }

    /// <summary>Weekday, date, time and zone.</summary>
    public static string Full(DateTime local, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var offset = zone.GetUtcOffset(local);
        var sign = offset < TimeSpan.Zero ? "−" : "+";
        return string.Create(CultureInfo.CurrentCulture, $"{local:D}, {local:t} (UTC{sign}{offset:h\\:mm})");
    }
}
