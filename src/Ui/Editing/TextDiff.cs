using DiffPlex;

namespace Plenum.Ui;

public enum DiffKind
{
    Same,
    Deleted,
    Inserted,

    /// <summary>Unchanged lines left out.</summary>
    Skipped,
}

/// <summary>Part of a line; changed parts are marked within a changed line.</summary>
public sealed record DiffPiece(string Text, bool IsChanged);

/// <summary>A line of the comparison with its numbers in the old and the new text; of a skip, how many lines it hides.</summary>
public sealed record DiffLine(DiffKind Kind, int? Old, int? New, IReadOnlyList<DiffPiece> Pieces, int Skipped = 0);

/// <summary>Compares two texts by lines, and changed lines by words.</summary>
public static class TextDiff
{
    public const int MaxLines = 4_000; // Between the common start and end. Work grows with the square: two strangers of this size take under a second.
    public const int MaxWordsLength = 2_000; // Characters of a line that is compared by words; longer ones show as replaced.
    private const int MaxWordPairs = 500; // Lines of one comparison that are compared by words.
    private const int Context = 3; // Unchanged lines around a change.

    /// <returns>False if the texts are too large to compare here.</returns>
    public static bool TryCompare(string before, string after, out IReadOnlyList<DiffLine> lines)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (old, now) = (Lines(before), Lines(after));
        var start = 0;
        while (start < Math.Min(old.Length, now.Length) && old[start] == now[start])
        {
            start++;
        }

        var end = 0;
        while (end < Math.Min(old.Length, now.Length) - start && old[^(end + 1)] == now[^(end + 1)])
        {
            end++;
        }

        if (Math.Max(old.Length, now.Length) - start - end > MaxLines)
        {
            lines = [];
            return false;
        }

        var all = new List<DiffLine>(Math.Max(old.Length, now.Length));
        for (var i = 0; i < start; i++)
        {
            all.Add(Same(i, i, old[i]));
        }

        CompareMiddle(all, old[start..^end], now[start..^end], start);
        for (var i = end; i > 0; i--)
        {
            all.Add(Same(old.Length - i, now.Length - i, old[^i]));
        }

        lines = Fold(all);
        return true;
    }

    private static void CompareMiddle(List<DiffLine> all, string[] old, string[] now, int offset)
    {
        var pairs = 0;
        var at = 0;
        foreach (var block in Differ.Instance.CreateLineDiffs(string.Join('\n', old), string.Join('\n', now), ignoreWhitespace: false).DiffBlocks)
        {
            // Nothing at all splits into one empty line for the comparison, but into none for us.
            var deletions = Math.Min(block.DeleteCountA, old.Length - block.DeleteStartA);
            var insertions = Math.Min(block.InsertCountB, now.Length - block.InsertStartB);
            for (var i = at; i < block.DeleteStartA && i < old.Length; i++)
            {
                all.Add(Same(offset + i, offset + i - block.DeleteStartA + block.InsertStartB, old[i]));
            }

            var words = new (IReadOnlyList<DiffPiece> Old, IReadOnlyList<DiffPiece> New)[Math.Min(deletions, insertions)];
            for (var i = 0; i < words.Length; i++)
            {
                words[i] = pairs++ < MaxWordPairs ? Words(old[block.DeleteStartA + i], now[block.InsertStartB + i]) : default;
            }

            for (var i = 0; i < deletions; i++)
            {
                var line = block.DeleteStartA + i;
                all.Add(new(DiffKind.Deleted, offset + line + 1, null, i < words.Length && words[i].Old is { } marked ? marked : [new(old[line], false)]));
            }

            for (var i = 0; i < insertions; i++)
            {
                var line = block.InsertStartB + i;
                all.Add(new(DiffKind.Inserted, null, offset + line + 1, i < words.Length && words[i].New is { } marked ? marked : [new(now[line], false)]));
            }

            at = block.DeleteStartA + block.DeleteCountA;
        }

        for (var i = at; i < old.Length; i++)
        {
            all.Add(Same(offset + i, offset + i + now.Length - old.Length, old[i]));
        }
    }

    private static (IReadOnlyList<DiffPiece> Old, IReadOnlyList<DiffPiece> New) Words(string old, string now)
    {
        if (old.Length > MaxWordsLength || now.Length > MaxWordsLength)
        {
            return default;
        }

        var words = Differ.Instance.CreateWordDiffs(old, now, ignoreWhitespace: false, [' ', '\t', '.', ',', ';', ':', '(', ')', '"']);
        var oldPieces = new List<DiffPiece>();
        var newPieces = new List<DiffPiece>();
        var (a, b) = (0, 0);
        foreach (var block in words.DiffBlocks)
        {
            Append(oldPieces, words.PiecesOld, a, block.DeleteStartA, false);
            Append(oldPieces, words.PiecesOld, block.DeleteStartA, block.DeleteStartA + block.DeleteCountA, true);
            Append(newPieces, words.PiecesNew, b, block.InsertStartB, false);
            Append(newPieces, words.PiecesNew, block.InsertStartB, block.InsertStartB + block.InsertCountB, true);
            a = block.DeleteStartA + block.DeleteCountA;
            b = block.InsertStartB + block.InsertCountB;
        }

        Append(oldPieces, words.PiecesOld, a, words.PiecesOld.Count, false);
        Append(newPieces, words.PiecesNew, b, words.PiecesNew.Count, false);
        return (oldPieces, newPieces);
    }

    private static void Append(List<DiffPiece> pieces, IReadOnlyList<string> words, int from, int to, bool isChanged)
    {
        if (to > from)
        {
            pieces.Add(new(string.Concat(words.Skip(from).Take(to - from)), isChanged));
        }
    }

    /// <summary>Leaves out long unchanged stretches.</summary>
    private static List<DiffLine> Fold(List<DiffLine> all)
    {
        var shown = new List<DiffLine>();
        for (var i = 0; i < all.Count;)
        {
            var run = i;
            while (run < all.Count && all[run].Kind == DiffKind.Same)
            {
                run++;
            }

            var head = i == 0 ? 0 : Context;
            var tail = run == all.Count ? 0 : Context;
            if (run - i > head + tail + 1)
            {
                shown.AddRange(all.GetRange(i, head));
                shown.Add(new(DiffKind.Skipped, null, null, [], run - i - head - tail));
                shown.AddRange(all.GetRange(run - tail, tail));
            }
            else
            {
                shown.AddRange(all.GetRange(i, run - i));
            }

            for (i = run; i < all.Count && all[i].Kind != DiffKind.Same; i++)
            {
                shown.Add(all[i]);
            }
        }

        return shown;
    }

    private static DiffLine Same(int old, int now, string text) => new(DiffKind.Same, old + 1, now + 1, [new(text, false)]);

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").Split('\n');
}
