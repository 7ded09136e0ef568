using System.Globalization;
using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Functions;

/// <summary>#time, #timel, #formatdate and the variables of the moment.</summary>
internal static class TimeFunctions
{
    /// <summary>Characters of patterns a page may use in all.</summary>
    private const int MaxPatternLength = 6000;

    public static FunctionOutcome Now(FunctionCall call, string pattern) => Moment(call, pattern, TimeZoneInfo.Utc);

    public static FunctionOutcome LocalNow(FunctionCall call, string pattern) => Moment(call, pattern, call.Site.TimeZone);

    /// <summary>Number of the week, without a zero before it.</summary>
    public static FunctionOutcome Week(FunctionCall call, bool isLocal)
    {
        call.Expander.Collected.DependsOnTime = true;
        var moment = TimeZoneInfo.ConvertTime(call.Expander.Now, isLocal ? call.Site.TimeZone : TimeZoneInfo.Utc);
        return call.Write(ISOWeek.GetWeekOfYear(moment.DateTime).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary><c>{{#time:pattern|date|language|local}}</c></summary>
    public static FunctionOutcome Time(FunctionCall call, bool isLocal)
    {
        var (date, language) = (call.Text(1), call.Text(2));
        isLocal |= call.Text(3) is not ("" or "0");
        call.Expander.Collected.DependsOnTime |= date.Length == 0;
        var key = (call.First, date, language, isLocal);
        if (!call.Expander.Times.TryGetValue(key, out var text))
        {
            text = Format(call, date, language, isLocal ? call.Site.TimeZone : TimeZoneInfo.Utc);
            call.Expander.Times[key] = text;
        }

        return call.Write(text);
    }

    /// <summary><c>{{#formatdate:date|order}}</c>: a date marked as one, in the order dmy, mdy, ymd or ISO 8601.</summary>
    public static FunctionOutcome FormatDate(FunctionCall call)
        => PlainDate.TryRead(call.First, LanguageDates.For(call.Site.Language), out var date)
            ? call.Write($"<span class=\"mw-formatted-date\" title=\"{date.Iso}\">{date.In(call.Text(1))}</span>")
            : call.Write(call.First);

    private static FunctionOutcome Moment(FunctionCall call, string pattern, TimeZoneInfo zone)
    {
        call.Expander.Collected.DependsOnTime = true;
        var moment = TimeZoneInfo.ConvertTime(call.Expander.Now, zone);
        return call.Write(DateText.Format(pattern, moment, zone, LanguageDates.For(call.Site.Language)));
    }

    private static string Format(FunctionCall call, string date, string language, TimeZoneInfo zone)
    {
        var texts = call.Expander.Texts;
        var moment = call.Expander.Now;
        if (date.Length > 0)
        {
            switch (DateReader.Read(date, call.Expander.Now, out moment))
            {
                case DateReading.Invalid:
                    return ExpansionTexts.Strong(texts.InvalidTime);
                case DateReading.TooEarly:
                    return ExpansionTexts.Strong(texts.YearTooSmall);
                case DateReading.TooLate:
                    return ExpansionTexts.Strong(texts.YearTooBig);
            }
        }

        call.Expander.PatternLength += call.First.Length;
        if (call.Expander.PatternLength > MaxPatternLength)
        {
            return ExpansionTexts.Strong(texts.TooManyTimes);
        }

        var names = LanguageDates.For(language.Length > 0 ? language : call.Site.Language);
        return DateText.Format(call.First, TimeZoneInfo.ConvertTime(moment, zone), zone, names);
    }
}
