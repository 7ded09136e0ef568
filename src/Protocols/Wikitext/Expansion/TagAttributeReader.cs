using System.Buffers;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Expansion;

/// <summary>Reads the attributes of a tag as loosely as MediaWiki does.</summary>
internal static class TagAttributeReader
{
    private const string White = "\t\n\f\r ";

    private static readonly SearchValues<char> s_nameEnd = SearchValues.Create("\t\n\f\r />=");
    private static readonly SearchValues<char> s_valueEnd = SearchValues.Create("\t\n\f\r >");

    /// <summary>Reads <c>name="value"</c> pairs; quotes may be missing, so may values. Names that HTML does not allow are skipped.</summary>
    /// <param name="text">What stands between the tag's name and its end.</param>
    /// <returns>In their order; names lower case, values with single blanks and decoded references. A name written twice keeps its place and gets the last value.</returns>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(ReadOnlySpan<char> text)
    {
        if (text.Trim(White).IsEmpty)
        {
            return [];
        }

        var found = new List<KeyValuePair<string, string>>();
        while (!text.IsEmpty)
        {
            if (White.Contains(text[0]) || text[0] is '/' or '>')
            {
                text = text[1..];
                continue;
            }

            var nameLength = NameLength(text);
            var name = text[..nameLength];
            text = text[nameLength..];
            var value = ReadValue(ref text);
            if (IsName(name))
            {
                Set(found, name.ToString().ToLowerInvariant(), CharacterReferences.Decode(Squeeze(value)));
            }
        }

        return found;
    }

    /// <summary>The first character may even be an equals sign.</summary>
    private static int NameLength(ReadOnlySpan<char> text)
    {
        var end = text[1..].IndexOfAny(s_nameEnd);
        return end < 0 ? text.Length : end + 1;
    }

    private static ReadOnlySpan<char> ReadValue(ref ReadOnlySpan<char> text)
    {
        var rest = text.TrimStart(White);
        if (!rest.StartsWith("="))
        {
            return default;
        }

        rest = rest[1..].TrimStart(White);
        if (!rest.IsEmpty && rest[0] is '"' or '\'')
        {
            var quote = rest[0];
            rest = rest[1..];
            var close = rest.IndexOf(quote);
            var quoted = close < 0 ? rest : rest[..close];
            text = close < 0 ? default : rest[(close + 1)..];
            return quoted;
        }

        var end = rest.IndexOfAny(s_valueEnd);
        var bare = end < 0 ? rest : rest[..end];
        text = rest[bare.Length..];
        return bare;
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (!(char.IsLetter(c) || char.IsNumber(c) || char.IsSurrogate(c) || c is ':' or '_' || (i > 0 && c is '.' or '-')))
            {
                return false;
            }
        }

        return true;
    }

    private static string Squeeze(ReadOnlySpan<char> value)
    {
        value = value.Trim(" \t\n\r\0\v");
        if (value.IndexOfAny("\t\r\n") < 0 && value.IndexOf("  ") < 0)
        {
            return value.ToString();
        }

        return string.Join(' ', value.ToString().Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }

    private static void Set(List<KeyValuePair<string, string>> found, string name, string value)
    {
        var known = found.FindIndex(f => f.Key == name);
        if (known >= 0)
        {
            found[known] = new(name, value);
        }
        else
        {
            found.Add(new(name, value));
        }
    }
}
