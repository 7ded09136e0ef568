using System.Text;

namespace Plenum.Wikitext.Expansion;

/// <summary>Finds words such as <c>__NOTOC__</c> and takes them out of the text.</summary>
internal static class BehaviourSwitchScanner
{
    public static string TakeOut(string text, Expander expander)
    {
        var at = text.IndexOf("__", StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        StringBuilder? result = null;
        var tags = new TagTracker(text);
        var done = 0;
        while (at >= 0)
        {
            if (TryMatch(text.AsSpan(at), expander, out var length, out var found) && !tags.IsInsideTag(at) && !tags.IsTableAttribute(at))
            {
                result ??= new StringBuilder(text.Length);
                result.Append(text, done, at - done);
                if (found is BehaviourSwitches.Contents && !expander.Collected.Switches.HasFlag(BehaviourSwitches.Contents))
                {
                    result.Append(expander.Strips.Add(new StrippedContents { Source = text.Substring(at, length) }));
                }

                expander.Collected.Switches |= found;
                at += length;
                done = at;
            }
            else
            {
                at++;
            }

            at = text.IndexOf("__", at, StringComparison.Ordinal);
        }

        return result is null ? text : result.Append(text, done, text.Length - done).ToString();
    }

    private static bool TryMatch(ReadOnlySpan<char> text, Expander expander, out int length, out BehaviourSwitches found)
    {
        foreach (var (word, behaviour, comparison) in expander.Words.Switches)
        {
            if (text.StartsWith(word, comparison))
            {
                (length, found) = (word.Length, behaviour);
                return true;
            }
        }

        (length, found) = (0, BehaviourSwitches.None);
        return false;
    }

    /// <summary>Tells for rising places whether they lie among attributes, which hold no switches. Reads the text once.</summary>
    private struct TagTracker(string text)
    {
        private int _nextLine;
        private int _tables;
        private bool _isTableLine;
        private int _read;
        private int _open = -1;
        private int _close = -1;

        /// <summary>Lines that open a table, or a row of one, hold nothing but attributes.</summary>
        public bool IsTableAttribute(int at)
        {
            while (_nextLine >= 0 && _nextLine <= at)
            {
                var line = text.AsSpan(_nextLine).TrimStart(" \t");
                var opens = line.TrimStart(" \t:").StartsWith("{|");
                _isTableLine = opens || (_tables > 0 && line.StartsWith("|-"));
                _tables += opens ? 1 : _tables > 0 && line.StartsWith("|}") ? -1 : 0;
                var feed = text.IndexOf('\n', _nextLine);
                _nextLine = feed < 0 ? -1 : feed + 1;
            }

            return _isTableLine;
        }

        public bool IsInsideTag(int at)
        {
            while (text.AsSpan(_read, at - _read).IndexOfAny('<', '>') is >= 0 and var step)
            {
                _read += step;
                _open = text[_read] == '<' ? _read : -1;
                _read++;
            }

            _read = at;
            if (_open < 0 || !(char.IsAsciiLetter(text[_open + 1]) || text[_open + 1] == '/'))
            {
                return false;
            }

            if (_close < at)
            {
                _close = text.IndexOf('>', at) is >= 0 and var close ? close : int.MaxValue;
            }

            return _close < int.MaxValue;
        }
    }
}
