namespace Plenum.Wikitext.Expansion.Tree;

/// <summary>Decides whether a line that starts with equals signs is a heading.</summary>
internal static class HeadingLine
{
    private const int MaxLevel = 6;

    /// <summary>The heading's level, or 0 if the line is none.</summary>
    /// <param name="start">First equals sign of the line.</param>
    /// <param name="end">Place of the line feed or end of the text.</param>
    /// <param name="signs">Equals signs at the start, at most six.</param>
    /// <param name="commentBefore">Where text before the comments that end at a place ends; the place itself if none ends there.</param>
    public static int LevelOf(string source, int start, int end, int signs, Func<int, int> commentBefore)
    {
        var last = BackOver(source, start, end, " \t");
        var beforeComments = commentBefore(last);
        if (beforeComments != last)
        {
            last = BackOver(source, start, Math.Max(start, beforeComments), " \t");
        }

        var closing = last - BackOver(source, start, last, "=");
        if (closing == 0)
        {
            return 0;
        }

        if (last - closing > start)
        {
            return Math.Min(closing, signs);
        }

        return closing < 3 ? 0 : Math.Min(MaxLevel, (closing - 1) / 2); // Nothing but equals signs: those in the middle are the title.
    }

    private static int BackOver(string source, int start, int end, string characters)
    {
        while (end > start && characters.Contains(source[end - 1]))
        {
            end--;
        }

        return end;
    }
}
