using System.Buffers;
using Plenum.Wikitext.Parsing;
using Plenum.Wikitext.Site;
using Plenum.Wikitext.Tree;

namespace Plenum.Wikitext.Sanitizing;

/// <summary>Reads the attributes an author wrote, keeps what is allowed and harmless, and writes it so that no later pass finds markup in it.</summary>
internal static class TagAttributes
{
    /// <summary>Reads attributes as written: names in lower case, values with white space squeezed and references decoded. The last of equal names counts.</summary>
    public static List<HtmlAttribute> Read(ReadOnlySpan<char> text)
    {
        List<HtmlAttribute> found = [];
        while (AttributeScanner.TryRead(ref text, out var name, out var value))
        {
            if (!IsName(name))
            {
                continue;
            }

            var attribute = new HtmlAttribute(AttributeScanner.Lower(name), CharacterReferences.Decode(Squeeze(value)));
            var earlier = found.FindIndex(a => a.Name == attribute.Name);
            if (earlier >= 0)
            {
                found[earlier] = attribute;
            }
            else
            {
                found.Add(attribute);
            }
        }

        return found;
    }

    /// <summary>Keeps what the tag may have.</summary>
    public static List<HtmlAttribute> Validate(List<HtmlAttribute> attributes, AllowedTag tag, AnchorStyle anchors)
    {
        List<HtmlAttribute> kept = [];
        foreach (var (name, value) in attributes)
        {
            if (IsReservedData(name) || !(tag.Attributes.Contains(name) || IsData(name) || IsNamespace(name)))
            {
                continue;
            }

            if (Clean(name, value, anchors) is { } clean)
            {
                kept.Add(new(name, clean));
            }
        }

        // These mean nothing outside a microdata item.
        if (!kept.Exists(a => a.Name == "itemscope"))
        {
            kept.RemoveAll(a => a.Name is "itemtype" or "itemid" or "itemref");
        }

        return kept;
    }

    /// <summary>Reads, validates and writes the attributes of a tag, each with a blank before it.</summary>
    public static void Copy(ReadOnlySpan<char> text, AllowedTag tag, AnchorStyle anchors, TextBuffer output)
    {
        if (text.IndexOfAnyExcept(HtmlCharacters.BetweenAttributes) < 0)
        {
            return;
        }

        foreach (var (name, value) in Validate(Read(text), tag, anchors))
        {
            Write(name, value, output);
        }
    }

    /// <summary>Writes <c> name="value"</c> in a form that every pass of the parser leaves alone.</summary>
    public static void Write(ReadOnlySpan<char> name, ReadOnlySpan<char> value, TextBuffer output)
    {
        output.Append(' ');
        output.Append(name);
        output.Append("=\"");
        WriteValue(value, output);
        output.Append('"');
    }

    private static readonly SearchValues<char> Armoured = SearchValues.Create("&<>\"'[]{}|\n\r\t\u007F_");

    private static void WriteValue(ReadOnlySpan<char> value, TextBuffer output)
    {
        while (value.IndexOfAny(Armoured) is >= 0 and var at)
        {
            output.Append(value[..at]);
            output.Append(value[at] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                '[' => "&#91;",
                ']' => "&#93;",
                '{' => "&#123;",
                '}' => "&#125;",
                '|' => "&#124;",
                '\n' => "&#10;",
                '\r' => "&#13;",
                '\t' => "&#9;",
                '_' => "&#95;",
                _ => "",
            });
            value = value[(at + 1)..];
        }

        output.Append(value);
    }

    /// <summary>True for <c>xmlns:prefix</c>, which RDFa of old used.</summary>
    public static bool IsNamespace(ReadOnlySpan<char> name)
        => name.StartsWith("xmlns:") && name.Length > 6 && name[6..].IndexOfAnyExcept(NamespacePrefix) < 0;

    private static readonly SearchValues<char> NamespacePrefix
        = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:_.-");

    private static string? Clean(string name, string value, AnchorStyle anchors)
    {
        if (IsNamespace(name))
        {
            return ExternalUrl.LooksEvil(value) ? null : value;
        }

        switch (name)
        {
            case "style":
                return InlineStyle.Clean(value);
            case "id":
                return SectionId.Encode(value, anchors) is { Length: > 0 } id ? id : null;
            case "aria-describedby" or "aria-flowto" or "aria-labelledby" or "aria-owns":
                return string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => SectionId.Encode(id, anchors)));
            case "rel" or "rev" or "about" or "property" or "resource" or "datatype" or "typeof" or "itemid" or "itemprop" or "itemref" or "itemscope"
                or "itemtype":
                return ExternalUrl.LooksEvil(value) ? null : value;
            case "href" or "src" or "poster":
                return ExternalUrl.IsAllowed(value) && !value.Contains(' ') ? value : null;
            case "tabindex":
                return value == "0" ? value : null;
            default:
                return value;
        }
    }

    /// <summary>data-* is for authors, except what programs use to speak to each other.</summary>
    private static bool IsData(string name)
        => name.StartsWith("data-", StringComparison.Ordinal) && name.AsSpan().IndexOfAny(":=/_") < 0;

    private static bool IsReservedData(string name)
        => name.StartsWith("data-ooui", StringComparison.Ordinal)
            || name.StartsWith("data-mw", StringComparison.Ordinal)
            || name.StartsWith("data-parsoid", StringComparison.Ordinal);

    private static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (c is not (':' or '_' or '.' or '-') && !char.IsLetter(c) && !char.IsNumber(c))
            {
                return false;
            }
        }

        return name is not (['.' or '-', ..]);
    }

    private static string Squeeze(ReadOnlySpan<char> value)
    {
        value = value.Trim(" \t\r\n");
        if (value.IndexOfAny("\t\r\n") < 0 && value.IndexOf("  ") < 0)
        {
            return value.ToString();
        }

        Span<char> result = value.Length <= 512 ? stackalloc char[value.Length] : new char[value.Length];
        var length = 0;
        foreach (var c in value)
        {
            if (c is not (' ' or '\t' or '\r' or '\n'))
            {
                result[length++] = c;
            }
            else if (result[length - 1] != ' ')
            {
                result[length++] = ' ';
            }
        }

        return new(result[..length]);
    }
}
