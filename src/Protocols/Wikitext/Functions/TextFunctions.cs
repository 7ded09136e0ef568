using System.Text;
using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Functions;

/// <summary>Case, padding, numbers and the forms that depend on a number or a person.</summary>
internal static class TextFunctions
{
    /// <summary>Longest text that padding makes.</summary>
    private const int MaxPadded = 500;

    /// <summary>Changes argument 0, but no marker in it.</summary>
    public static FunctionOutcome OutsideMarkers(FunctionCall call, Func<string, string> change)
    {
        var text = call.First;
        if (!text.Contains(StripMarker.Delimiter))
        {
            return call.Write(change(text));
        }

        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var marker = text.IndexOf(StripMarker.Delimiter, at);
            marker = marker < 0 ? text.Length : marker;
            result.Append(change(text[at..marker]));
            var length = marker < text.Length && StripMarker.TryRead(text.AsSpan(marker), out _, out var found) ? found : Math.Min(1, text.Length - marker);
            result.Append(text, marker, length);
            at = marker + length;
        }

        return call.Write(result.ToString());
    }

    public static string WithoutMarkers(string text)
    {
        if (!text.Contains(StripMarker.Delimiter))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            if (StripMarker.TryRead(text.AsSpan(at), out _, out var length))
            {
                at += length;
                continue;
            }

            result.Append(text[at++]);
        }

        return result.ToString();
    }

    /// <summary><c>{{padleft:text|length|filling}}</c>, lengths in code points.</summary>
    public static FunctionOutcome Pad(FunctionCall call, bool atStart)
    {
        var filling = call.Has(2) ? WithoutMarkers(call.Text(2)) : "0";
        var missing = Math.Min(PhpValue.ToInteger(call.Text(1)), MaxPadded) - LengthWithMarkers(call.First);
        if (filling.Length == 0 || missing <= 0)
        {
            return call.Write(call.First);
        }

        var padding = new StringBuilder((int)missing * 2);
        var runes = filling.EnumerateRunes().ToArray();
        for (var i = 0; i < missing; i++)
        {
            padding.Append(runes[i % runes.Length].ToString());
        }

        return call.Write(atStart ? padding + call.First : call.First + padding);
    }

    /// <summary><c>{{formatnum:number|R, NOSEP or LOSSLESS}}</c></summary>
    public static FunctionOutcome FormatNumber(FunctionCall call)
    {
        var german = NumberText.IsGerman(call.Site.Language);
        var option = call.Find(1);
        if (call.Expander.Words.Is("rawsuffix", option))
        {
            return OutsideMarkers(call, t => NumberText.Parse(t, german));
        }

        if (call.Expander.Words.Is("lossless", option))
        {
            return OutsideMarkers(call, t => NumberText.IsExact(t) ? NumberText.Format(t, german) : t);
        }

        return call.Expander.Words.Is("nocommafysuffix", option)
            ? OutsideMarkers(call, NumberText.FormatPlain)
            : OutsideMarkers(call, t => NumberText.Format(t, german));
    }

    /// <summary><c>{{plural:count|one|many}}</c>; a form such as "0=none" is for that count alone.</summary>
    public static FunctionOutcome Plural(FunctionCall call)
    {
        var text = NumberText.Parse(call.First, NumberText.IsGerman(call.Site.Language));
        var number = PhpValue.ToDouble(text);
        var written = PhpValue.Write(number);
        string? one = null, many = null;
        for (var i = 1; i < call.Count; i++)
        {
            var form = call.Text(i);
            if (IsExplicit(form))
            {
                var equals = form.IndexOf('=');
                if (form[..equals] == written)
                {
                    return call.Write(form[(equals + 1)..]);
                }

                continue;
            }

            if (one is null)
            {
                one = form;
            }
            else
            {
                many ??= form;
            }
        }

        return call.Write((Math.Abs(number) == 1 ? one : many ?? one) ?? "");
    }

    /// <summary><c>{{gender:user|he|she|they}}</c></summary>
    public static FunctionOutcome GenderForm(FunctionCall call)
    {
        if (call.Count <= 2)
        {
            return call.Write(1);
        }

        var user = call.Site.Namespaces[WikiNamespace.User];
        var name = call.First.Length > 0 && PageTitle.TryParse(call.First, call.Site, out var title, user) && title.Namespace.Id == WikiNamespace.User ? title.Text : call.First;
        return call.Write(call.Site.FindGender(name) switch
        {
            Gender.Male => 1,
            Gender.Female => 2,
            _ => call.Has(3) ? 3 : 1,
        });
    }

    /// <summary>Encloses a text in marks of its direction, so that it does not disturb what stands around it.</summary>
    public static FunctionOutcome Bidi(FunctionCall call)
    {
        foreach (var rune in call.First.EnumerateRunes())
        {
            if (IsRightToLeft(rune.Value))
            {
                return call.Write($"\u202B{call.First}\u202C");
            }

            if (Rune.IsLetter(rune))
            {
                return call.Write($"\u202A{call.First}\u202C");
            }
        }

        return call.Write(call.First);
    }

    /// <summary>A tag counts as long as MediaWiki's placeholder for it, so that the same texts are padded.</summary>
    private static int LengthWithMarkers(string text)
    {
        const int Placeholder = 34;
        var plain = WithoutMarkers(text);
        return CodePoints.Count(plain) + (plain.Length == text.Length ? 0 : Placeholder);
    }

    private static bool IsExplicit(string form)
    {
        for (var equals = form.IndexOf('='); equals >= 0; equals = form.IndexOf('=', equals + 1))
        {
            if (equals > 0 && char.IsAsciiDigit(form[equals - 1]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Hebrew, Arabic and their neighbours.</summary>
    private static bool IsRightToLeft(int code)
        => code is (>= 0x0590 and <= 0x08FF) or 0x200F or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);
}
