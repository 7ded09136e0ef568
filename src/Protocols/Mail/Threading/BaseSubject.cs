using System.Text;
using MimeKit.Utils;

namespace Plenum.Protocols.Mail.Threading;

/// <summary>The base subject of RFC 5256 §2.1: a subject without "Re:", "[list]", "(fwd)" and the like.</summary>
/// <param name="Text">What remains; may be empty.</param>
/// <param name="IsReply">A mark of reply or forward was removed.</param>
public readonly record struct BaseSubject(string Text, bool IsReply)
{
    /// <summary>The marks of the standard.</summary>
    public static IReadOnlyList<string> StandardMarks { get; } = ["re", "fw", "fwd"];

    /// <summary>With those that programs write in German and its neighbours: for people's boards, not for IMAP.</summary>
    public static IReadOnlyList<string> InternationalMarks { get; } = ["re", "fw", "fwd", "aw", "antw", "antwort", "wg", "sv", "vs", "tr", "rv"];

    /// <summary>Subjects that are equal in this are one (i;unicode-casemap, RFC 5051).</summary>
    public string Key => Casemap(Text);

    /// <summary>Extracts it.</summary>
    /// <param name="subject">The value of the field; encoded words (RFC 2047) are decoded.</param>
    /// <param name="marks">Words before ":" that mark a reply or forward, in lower case; null means <see cref="StandardMarks"/>.</param>
    public static BaseSubject Extract(string subject, IReadOnlyList<string>? marks = null)
    {
        var text = Unfold(subject).AsSpan();
        var isReply = false;
        while (true)
        {
            text = WithoutTrailers(text, ref isReply);
            text = WithoutLeaders(text, marks ?? StandardMarks, ref isReply);
            if (!(text.StartsWith("[fwd:", StringComparison.OrdinalIgnoreCase) && text[^1] == ']'))
            {
                return new BaseSubject(text.ToString(), isReply);
            }

            text = text[5..^1];
            isReply = true;
        }
    }

    /// <summary>Step 1: decoded, every run of blanks, tabs and line ends one blank.</summary>
    private static string Unfold(string subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var decoded = subject.Contains("=?", StringComparison.Ordinal) ? Rfc2047.DecodeText(Encoding.UTF8.GetBytes(subject)) : subject;
        var text = new StringBuilder(decoded.Length);
        foreach (var c in decoded)
        {
            var isBlank = c is ' ' or '\t' or '\r' or '\n';
            if (!isBlank || text.Length == 0 || text[^1] != ' ')
            {
                text.Append(isBlank ? ' ' : c);
            }
        }

        return text.ToString();
    }

    /// <summary>Step 2: subj-trailer.</summary>
    private static ReadOnlySpan<char> WithoutTrailers(ReadOnlySpan<char> text, scoped ref bool isReply)
    {
        while (true)
        {
            text = text.TrimEnd(' ');
            if (!text.EndsWith("(fwd)", StringComparison.OrdinalIgnoreCase))
            {
                return text;
            }

            text = text[..^5];
            isReply = true;
        }
    }

    /// <summary>Steps 3 to 5: subj-leader and subj-blob. A mark can only follow the last of a run of blobs, so a run is looked at once.</summary>
    private static ReadOnlySpan<char> WithoutLeaders(ReadOnlySpan<char> text, IReadOnlyList<string> marks, scoped ref bool isReply)
    {
        while (true)
        {
            text = text.TrimStart(' ');
            var lastBlob = 0;
            var afterBlobs = 0;
            while (TryReadBlob(text[afterBlobs..], out var length))
            {
                lastBlob = afterBlobs;
                afterBlobs += length;
            }

            if (TryReadMark(text[afterBlobs..], marks, out var mark))
            {
                text = text[(afterBlobs + mark)..];
                isReply = true;
            }
            else
            {
                return afterBlobs < text.Length ? text[afterBlobs..] : text[lastBlob..];
            }
        }
    }

    /// <summary>"[" *BLOBCHAR "]" *WSP</summary>
    private static bool TryReadBlob(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        if (text.IsEmpty || text[0] != '[')
        {
            return false;
        }

        var end = text[1..].IndexOfAny('[', ']') + 1;
        if (end == 0 || text[end] != ']')
        {
            return false;
        }

        length = end + 1;
        while (length < text.Length && text[length] == ' ')
        {
            length++;
        }

        return true;
    }

    /// <summary>subj-refwd: a mark, *WSP, perhaps a blob, ":".</summary>
    private static bool TryReadMark(ReadOnlySpan<char> text, IReadOnlyList<string> marks, out int length)
    {
        foreach (var mark in marks)
        {
            if (!text.StartsWith(mark, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            length = mark.Length;
            while (length < text.Length && text[length] == ' ')
            {
                length++;
            }

            length += TryReadBlob(text[length..], out var blob) ? blob : 0;
            if (length < text.Length && text[length] == ':')
            {
                length++;
                return true;
            }
        }

        length = 0;
        return false;
    }

    private static string Casemap(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToUpperInvariant();
        }

        var upper = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // Half a surrogate pair becomes U+FFFD, which Normalize can bear.
        {
            upper.Append(rune.Value == 0xFFFE ? Rune.ReplacementChar : Rune.ToUpperInvariant(rune)); // Nor can it bear that noncharacter.
        }

        return upper.ToString().Normalize(NormalizationForm.FormKD);
    }
}
