using System.Collections.Frozen;
using Plenum.Wikitext.Expansion;

namespace Plenum.Wikitext.Rendering;

/// <summary>What an option of a file link means.</summary>
internal enum FileOption
{
    /// <summary>None of the words: the caption.</summary>
    Caption,
    Thumb,
    ManualThumb,
    Frame,
    Frameless,
    Border,
    Upright,
    Left,
    Right,
    Center,
    None,
    Baseline,
    Sub,
    Super,
    Top,
    TextTop,
    Middle,
    Bottom,
    TextBottom,
    Width,
    Page,
    Language,
    Link,
    Alt,
    Class,
}

/// <summary>The words of file options, English in every wiki, German beside them in German wikis. Case counts.</summary>
internal sealed class FileOptionWords
{
    private const string English =
        "Thumb=thumb,thumbnail;Frame=frame,framed,enframed;Frameless=frameless;Border=border;Upright=upright;Left=left;Right=right;"
        + "Center=center,centre;None=none;Baseline=baseline;Sub=sub;Super=super,sup;Top=top;TextTop=text-top;Middle=middle;Bottom=bottom;"
        + "TextBottom=text-bottom;"
        + "ManualThumb=thumb=$,thumbnail=$;Upright=upright=$,upright $;Link=link=$;Alt=alt=$;Class=class=$;Width=$px;Page=page=$,page $;Language=lang=$";

    private const string German =
        "Thumb=mini,miniatur;Frame=gerahmt;Frameless=rahmenlos;Border=rand;Upright=hochkant;Left=links;Right=rechts;"
        + "Center=zentriert;None=ohne;Baseline=grundlinie;Sub=tiefgestellt,tief;Super=hochgestellt,hoch;Top=oben;TextTop=text-oben;Middle=mitte;"
        + "Bottom=unten;TextBottom=text-unten;"
        + "ManualThumb=mini=$,miniatur=$;Upright=hochkant=$,hochkant $;Link=verweis=$;Alt=alternativtext=$;Class=klasse=$;Page=seite=$,seite_$;Language=sprache=$";

    private static readonly FileOptionWords EnglishWords = new(English);
    private static readonly FileOptionWords GermanWords = new(German + ";" + English);

    private readonly FrozenDictionary<string, FileOption> _words;
    private readonly List<(string Prefix, string Suffix, FileOption Option)> _patterns = [];

    private FileOptionWords(string words)
    {
        var plain = new Dictionary<string, FileOption>();
        foreach (var entry in words.Split(';'))
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            var option = Enum.Parse<FileOption>(entry.AsSpan(0, equals));
            foreach (var word in entry[(equals + 1)..].Split(','))
            {
                if (word.IndexOf('$', StringComparison.Ordinal) is >= 0 and var gap)
                {
                    _patterns.Add((word[..gap], word[(gap + 1)..], option));
                }
                else
                {
                    plain.TryAdd(word, option);
                }
            }
        }

        _words = plain.ToFrozenDictionary();
    }

    public static FileOptionWords For(string language) => language.StartsWith("de", StringComparison.Ordinal) ? GermanWords : EnglishWords;

    /// <summary>Reads one option.</summary>
    /// <param name="value">What stands in the place of the word's gap; null for a word without one.</param>
    public FileOption Read(string text, out string? value)
    {
        value = null;
        if (_words.TryGetValue(text, out var word))
        {
            return word;
        }

        foreach (var (prefix, suffix, option) in _patterns)
        {
            if (text.Length >= prefix.Length + suffix.Length && text.StartsWith(prefix, StringComparison.Ordinal)
                && text.EndsWith(suffix, StringComparison.Ordinal))
            {
                value = text[prefix.Length..^suffix.Length].TrimWhite();
                return option;
            }
        }

        return FileOption.Caption;
    }
}
