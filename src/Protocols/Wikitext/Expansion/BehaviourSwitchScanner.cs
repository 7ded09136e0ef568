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
            if (TryMatch(text.AsSpan(at), expander, out var length, out var found) && !tags.IsInsideTag(at))
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

    /// <summary>Tells for rising places whether they lie inside a tag: attributes of HTML hold no switches. Reads the text once.</summary>
    private struct TagTracker(string text)
    {
        private int _read;
        private int _open = -1;
        private int _close = -1;

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
