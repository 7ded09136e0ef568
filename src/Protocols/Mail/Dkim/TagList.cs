using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Plenum.Protocols.Mail.Dkim;

/// <summary>A tag=value list (RFC 6376 §3.2): signatures, key records, DMARC records, MTA-STS and TLS-RPT records.</summary>
public sealed class TagList
{
    /// <summary>More tags than any standard defines; stops lists made to cost time.</summary>
    public const int MaxTags = 100;

    private readonly List<KeyValuePair<string, string>> _tags;

    private TagList(List<KeyValuePair<string, string>> tags) => _tags = tags;

    /// <summary>The tags in their order; values without blanks around them, inner folding kept.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags => _tags;

    /// <summary>The value of a tag, or null if it is absent. Names are case-sensitive.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var (key, value) in _tags)
            {
                if (key == name)
                {
                    return value;
                }
            }

            return null;
        }
    }

    /// <summary>
    /// Reads a list. False on anything outside the grammar: an empty tag, a bad name, a name twice (RFC 6376 §3.2), control characters.
    /// </summary>
    /// <param name="text">The list; folding white space is allowed wherever RFC 6376 allows it.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TagList? list)
    {
        list = null;
        if (text is null)
        {
            return false;
        }

        var tags = new List<KeyValuePair<string, string>>(12);
        var rest = text.AsSpan();
        while (true)
        {
            var end = rest.IndexOf(';');
            var spec = end < 0 ? rest : rest[..end];
            if (end < 0 && IsBlank(spec) && tags.Count > 0)
            {
                break; // The last ";" may end the list.
            }

            var equals = spec.IndexOf('=');
            if (equals < 0 || tags.Count == MaxTags)
            {
                return false;
            }

            var name = Trim(spec[..equals]);
            var value = Trim(spec[(equals + 1)..]);
            if (!IsTagName(name) || !IsTagValue(value) || Contains(tags, name))
            {
                return false;
            }

            tags.Add(new(name.ToString(), value.ToString()));
            if (end < 0)
            {
                break;
            }

            rest = rest[(end + 1)..];
        }

        list = new TagList(tags);
        return true;
    }

    /// <summary>Removes all folding white space from a value (base64 and colon lists may hold it anywhere).</summary>
    public static string Squeeze(string value)
        => value.AsSpan().IndexOfAny(" \t\r\n") < 0 ? value : string.Concat(value.Where(c => c is not (' ' or '\t' or '\r' or '\n')));

    /// <summary>Decodes base64 with folding white space. False on other characters or wrong padding.</summary>
    public static bool TryDecodeBase64(string value, [NotNullWhen(true)] out byte[]? octets)
    {
        var buffer = new byte[value.Length]; // Base64 never grows when decoded.
        if (Convert.TryFromBase64String(value, buffer, out var written))
        {
            octets = buffer[..written];
            return true;
        }

        octets = null;
        return false;
    }

    /// <summary>Reads digits as an unsigned count; what does not fit becomes <see cref="long.MaxValue"/> (l= may have 76 digits).</summary>
    public static bool TryReadNumber(string value, out long number)
    {
        number = 0;
        if (value.Length is 0 or > 76 || value.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return false;
        }

        if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            number = long.MaxValue;
        }

        return true;
    }

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text) => text.Trim(" \t\r\n");

    private static bool IsBlank(ReadOnlySpan<char> text) => Trim(text).IsEmpty;

    private static bool IsTagName(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || !char.IsAsciiLetter(name[0]))
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>RFC 6376 §3.2 tval with FWS between; RFC 8616 §4 adds what is not ASCII.</summary>
    private static bool IsTagValue(ReadOnlySpan<char> value)
    {
        foreach (var c in value)
        {
            if (c is (< ' ' and not ('\t' or '\r' or '\n')) or '\x7f')
            {
                return false;
            }
        }

        return true;
    }

    private static bool Contains(List<KeyValuePair<string, string>> tags, ReadOnlySpan<char> name)
    {
        foreach (var tag in tags)
        {
            if (name.SequenceEqual(tag.Key))
            {
                return true;
            }
        }

        return false;
    }
}
