using System.Globalization;
using System.Text;

namespace Plenum.Wikitext.Functions;

/// <summary>Writes a moment after a pattern of #time: PHP's letters and MediaWiki's codes that start with x.</summary>
internal ref struct DateText
{
    private readonly DateTimeOffset _moment;
    private readonly TimeZoneInfo _zone;
    private readonly LanguageDates _names;
    private readonly StringBuilder _result = new();
    private bool _roman;
    private bool _hebrew;

    private DateText(DateTimeOffset moment, TimeZoneInfo zone, LanguageDates names)
    {
        _moment = moment;
        _zone = zone;
        _names = names;
    }

    /// <summary>Writes a moment.</summary>
    /// <param name="moment">With the offset it is to be shown in.</param>
    /// <param name="zone">The zone that offset comes from, for its name.</param>
    public static string Format(ReadOnlySpan<char> pattern, DateTimeOffset moment, TimeZoneInfo zone, LanguageDates names)
    {
        var text = new DateText(moment, zone, names);
        while (!pattern.IsEmpty)
        {
            pattern = pattern[text.WriteNext(pattern)..];
        }

        return text._result.ToString();
    }

    /// <summary>Writes one code or literal. Gives the characters it took.</summary>
    private int WriteNext(ReadOnlySpan<char> pattern)
    {
        switch (pattern[0])
        {
            case 'x' when pattern.Length > 1:
                return WriteExtended(pattern);
            case '\\':
                _result.Append(pattern[pattern.Length > 1 ? 1 : 0]);
                return Math.Min(2, pattern.Length);
            case '"':
                var end = pattern[1..].IndexOf('"');
                _result.Append(end < 0 ? "\"" : pattern.Slice(1, end));
                return end < 0 ? 1 : end + 2;
            default:
                WriteCode(pattern[0]);
                return 1;
        }
    }

    private int WriteExtended(ReadOnlySpan<char> pattern)
    {
        switch (pattern[1])
        {
            case 'x':
                _result.Append('x');
                return 2;
            case 'n' or 'N':
                return 2; // Digits are plain in German and English anyway.
            case 'r':
                _roman = true;
                return 2;
            case 'h':
                _hebrew = true;
                return 2;
            case 'g':
                _result.Append((_names.GenitiveMonths ?? _names.Months)[_moment.Month - 1]);
                return 2;
            case 'i' or 'j' or 'k' or 'm' or 'o' or 't' when pattern.Length > 2:
                if (CalendarText.TryRead(pattern[1], pattern[2], _moment.DateTime, out var number, out var name))
                {
                    _result.Append(name);
                    WriteNumber(number, name is null ? 1 : 0);
                    return 3;
                }

                _result.Append(pattern[2]); // MediaWiki shows the letter of a code it does not know.
                return 3;
            default:
                _result.Append(pattern[1]);
                return 2;
        }
    }

    private void WriteCode(char code)
    {
        switch (code)
        {
            case 'd': WriteNumber(_moment.Day, 2); break;
            case 'j': WriteNumber(_moment.Day); break;
            case 'D': _result.Append(_names.ShortDays[(int)_moment.DayOfWeek]); break;
            case 'l': _result.Append(_names.Days[(int)_moment.DayOfWeek]); break;
            case 'F': _result.Append(_names.Months[_moment.Month - 1]); break;
            case 'M': _result.Append(_names.ShortMonths[_moment.Month - 1]); break;
            case 'm': WriteNumber(_moment.Month, 2); break;
            case 'n': WriteNumber(_moment.Month); break;
            case 'Y': WriteNumber(_moment.Year, 4); break;
            case 'y': WriteNumber(_moment.Year % 100, 2); break;
            case 'a': _result.Append(_moment.Hour < 12 ? "am" : "pm"); break;
            case 'A': _result.Append(_moment.Hour < 12 ? "AM" : "PM"); break;
            case 'g': WriteNumber(Twelve); break;
            case 'h': WriteNumber(Twelve, 2); break;
            case 'G': WriteNumber(_moment.Hour); break;
            case 'H': WriteNumber(_moment.Hour, 2); break;
            case 'i': WriteNumber(_moment.Minute, 2); break;
            case 's': WriteNumber(_moment.Second, 2); break;
            case 'w': WriteNumber((int)_moment.DayOfWeek); break;
            case 'N': WriteNumber(_moment.DayOfWeek is DayOfWeek.Sunday ? 7 : (int)_moment.DayOfWeek); break;
            case 'z': WriteNumber(_moment.DayOfYear - 1); break;
            case 'W': WriteNumber(ISOWeek.GetWeekOfYear(_moment.DateTime), 2); break;
            case 'o': WriteNumber(ISOWeek.GetYear(_moment.DateTime)); break;
            case 't': WriteNumber(DateTime.DaysInMonth(_moment.Year, _moment.Month)); break;
            case 'L': WriteNumber(DateTime.IsLeapYear(_moment.Year) ? 1 : 0); break;
            case 'U': WriteNumber(_moment.ToUnixTimeSeconds()); break;
            case 'I': WriteNumber(_zone.IsDaylightSavingTime(_moment) ? 1 : 0); break;
            case 'Z': WriteNumber((long)_moment.Offset.TotalSeconds); break;
            case 'c': WriteFormat("yyyy-MM-dd'T'HH:mm:sszzz"); break;
            case 'r': WriteFormat("ddd, dd MMM yyyy HH:mm:ss ").Append(Offset(colon: false)); break;
            case 'O': _result.Append(Offset(colon: false)); break;
            case 'P': _result.Append(Offset(colon: true)); break;
            case 'e': _result.Append(_zone.Id); break;
            case 'T': _result.Append(ZoneAbbreviation()); break;
            default: _result.Append(code); break;
        }
    }

    private readonly int Twelve => _moment.Hour % 12 is 0 ? 12 : _moment.Hour % 12;

    private readonly StringBuilder WriteFormat(string format) => _result.Append(_moment.ToString(format, CultureInfo.InvariantCulture));

    /// <summary>Writes a number, once as Roman or Hebrew letters if that was asked for just before.</summary>
    private void WriteNumber(long number, int digits = 1)
    {
        if (digits == 0)
        {
            return;
        }

        if (_roman)
        {
            _roman = false;
            _result.Append(Numerals.Roman(number));
        }
        else if (_hebrew)
        {
            _hebrew = false;
            _result.Append(Numerals.Hebrew(number));
        }
        else
        {
            _result.Append(number.ToString("D" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        }
    }

    private readonly string Offset(bool colon)
    {
        var offset = _moment.Offset;
        var sign = offset < TimeSpan.Zero ? '-' : '+';
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{Math.Abs(offset.Hours):D2}{(colon ? ":" : "")}{Math.Abs(offset.Minutes):D2}");
    }

    private readonly string ZoneAbbreviation()
    {
        if (_zone.BaseUtcOffset == TimeSpan.Zero && !_zone.SupportsDaylightSavingTime)
        {
            return "UTC";
        }

        var isSummer = _zone.IsDaylightSavingTime(_moment);
        return (_zone.BaseUtcOffset.Hours, _zone.BaseUtcOffset.Minutes, isSummer) switch
        {
            (0, 0, false) => "GMT",
            (0, 0, true) => "BST",
            (1, 0, false) => "CET",
            (1, 0, true) => "CEST",
            (2, 0, false) => "EET",
            (2, 0, true) => "EEST",
            (-5, 0, false) => "EST",
            (-5, 0, true) => "EDT",
            (-8, 0, false) => "PST",
            (-8, 0, true) => "PDT",
            _ => Offset(colon: true),
        };
    }
}
