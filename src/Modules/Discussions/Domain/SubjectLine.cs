namespace Plenum.Discussions.Domain;

/// <summary>A subject as threads see it (RFC 5256 §2.1, with the words German mail programs use).</summary>
/// <param name="Plain">Without "Re:" and its like in front: "Re: AW: [press] Radweg" is "[press] Radweg".</param>
/// <param name="Key">Also without tags in brackets and in lower case: equal for all subjects of one thread.</param>
/// <param name="IsReply">It says that it answers something.</param>
public readonly record struct SubjectLine(string Plain, string Key, bool IsReply)
{
    public const int MaxLength = 300; // Longer ones are accidents; the message itself keeps them.
    private const int MaxMarks = 20; // "Re: AW: Re: …" of programs that do not understand each other.
    private static readonly string[] ReplyWords = ["re", "aw", "antw", "antwort", "sv", "fwd", "fw", "wg"];

    public static SubjectLine Read(string subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var plain = subject.AsSpan().Trim();
        var isReply = false;
        for (var i = 0; i < MaxMarks && TrySkipReplyWord(ref plain); i++)
        {
            isReply = true;
        }

        var key = plain;
        for (var i = 0; i < MaxMarks && (TrySkipTag(ref key) || TrySkipReplyWord(ref key)); i++)
        {
            isReply |= key is not ['[', ..] && HasReplyWordIn(plain, key);
        }

        return new(plain.ToString(), StoredText.OneLine(key.ToString().ToLowerInvariant(), MaxLength), isReply);
    }

    /// <summary>The subject of an answer, with exactly one "Re:".</summary>
    public static string ReplyTo(string subject) => "Re: " + Read(subject).Plain;

    // "[techtalk] Re: Radweg": the mark stands between tag and rest.
    private static bool HasReplyWordIn(ReadOnlySpan<char> whole, ReadOnlySpan<char> rest)
    {
        var skipped = whole[..^rest.Length];
        var afterTag = skipped.LastIndexOf(']') + 1;
        var marks = skipped[afterTag..].TrimStart();
        return TrySkipReplyWord(ref marks);
    }

    private static bool TrySkipTag(ref ReadOnlySpan<char> rest)
    {
        const int MaxTag = 60;
        var end = rest is ['[', ..] ? rest.IndexOf(']') : -1;
        if (end is <= 0 or >= MaxTag || rest[(end + 1)..].Trim().IsEmpty)
        {
            return false;
        }

        rest = rest[(end + 1)..].TrimStart();
        return true;
    }

    // "Re:", "Re[2]:", "AW :"
    private static bool TrySkipReplyWord(ref ReadOnlySpan<char> rest)
    {
        foreach (var word in ReplyWords)
        {
            if (!rest.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var after = rest[word.Length..];
            if (after is ['[', ..] && after.IndexOf(']') is > 0 and < 6 and var end)
            {
                after = after[(end + 1)..];
            }

            after = after.TrimStart();
            if (after is [':', ..])
            {
                rest = after[1..].TrimStart();
                return true;
            }
        }

        return false;
    }
}
