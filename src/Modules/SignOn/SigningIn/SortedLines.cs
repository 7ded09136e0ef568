using System.Text;

namespace Plenum.SignOn.SigningIn;

/// <summary>Binary search in a sorted text file: 40 GB of breached passwords cost some forty small reads.</summary>
internal static class SortedLines
{
    private const int MaxLine = 128; // A SHA-1 in hexadecimal, a colon, a count.

    /// <summary>True if a line is the word, or begins with it and a colon.</summary>
    public static bool Contains(FileStream file, string word)
    {
        long low = 0, high = file.Length;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var (start, line) = LineAt(file, middle);
            var order = string.CompareOrdinal(line.Split(':')[0].Trim(), word);
            if (order == 0)
            {
                return true;
            }

            if (order < 0)
            {
                low = start + Encoding.ASCII.GetByteCount(line) + 1;
            }
            else
            {
                high = start;
            }
        }

        return false;
    }

    // The whole line that the offset lies in.
    private static (long Start, string Line) LineAt(FileStream file, long offset)
    {
        Span<byte> buffer = stackalloc byte[2 * MaxLine];
        var from = Math.Max(0, offset - MaxLine);
        file.Position = from;
        var read = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var before = buffer[..(int)(offset - from)].LastIndexOf((byte)'\n') + 1;
        var length = buffer[before..read].IndexOf((byte)'\n');
        return (from + before, Encoding.ASCII.GetString(length < 0 ? buffer[before..read] : buffer.Slice(before, length)));
    }
}
