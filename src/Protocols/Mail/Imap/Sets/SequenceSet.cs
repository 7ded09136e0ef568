using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Plenum.Protocols.Mail.Imap.Sets;

/// <summary>A set of message numbers or UIDs (RFC 9051 §9, sequence-set), or "$", the saved result of a search (RFC 9051 §6.4.4.1).</summary>
public sealed class SequenceSet : IEquatable<SequenceSet>
{
    private SequenceSet(IReadOnlyList<SequenceRange> ranges, bool isSavedResult)
    {
        Ranges = ranges;
        IsSavedResult = isSavedResult;
    }

    /// <summary>"$": what the last search with RETURN (SAVE) found.</summary>
    public static SequenceSet SavedResult { get; } = new([], isSavedResult: true);

    /// <summary>No number at all. It cannot be written in IMAP.</summary>
    public static SequenceSet Empty { get; } = new([], isSavedResult: false);

    /// <summary>The members as the client wrote them; empty for "$".</summary>
    public IReadOnlyList<SequenceRange> Ranges { get; }

    public bool IsSavedResult { get; }

    /// <summary>The shortest set of these numbers, ascending: 1,2,3,7 is "1:3,7". For COPYUID, VANISHED and ESEARCH.</summary>
    /// <param name="numbers">Numbers above 0 in any order; doubles count once.</param>
    public static SequenceSet Of(IEnumerable<uint> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var ranges = new List<SequenceRange>();
        foreach (var number in numbers.Order())
        {
            if (ranges.Count > 0 && number - ranges[^1].Last <= 1)
            {
                ranges[^1] = ranges[^1] with { Last = number };
            }
            else
            {
                ranges.Add(new(number, number));
            }
        }

        return new(ranges, isSavedResult: false);
    }

    /// <summary>Reads "1:3,7,*" or "$".</summary>
    /// <param name="maxRanges">More ranges than this are refused.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, int maxRanges, [NotNullWhen(true)] out SequenceSet? set)
    {
        set = null;
        if (text is [(byte)'$'])
        {
            set = SavedResult;
            return true;
        }

        var ranges = new List<SequenceRange>();
        while (true)
        {
            if (ranges.Count == maxRanges || !TryReadNumber(ref text, out var first))
            {
                return false;
            }

            var last = first;
            if (text is [(byte)':', ..])
            {
                text = text[1..];
                if (!TryReadNumber(ref text, out last))
                {
                    return false;
                }
            }

            ranges.Add(new(first, last));
            if (text.IsEmpty)
            {
                set = new(ranges, isSavedResult: false);
                return true;
            }

            if (text[0] != ',')
            {
                return false;
            }

            text = text[1..];
        }
    }

    /// <summary>The members in ascending order, apart from each other, "*" replaced.</summary>
    /// <param name="largest">The largest number in use; with 0 (an empty mailbox) nothing is left of "*".</param>
    public IReadOnlyList<SequenceRange> Resolve(uint largest)
    {
        var merged = new List<SequenceRange>(Ranges.Count);
        foreach (var range in Ranges.Select(r => r.Resolve(largest)).Where(r => r.Last > 0).OrderBy(r => r.First))
        {
            if (merged.Count > 0 && range.First <= (ulong)merged[^1].Last + 1)
            {
                merged[^1] = merged[^1] with { Last = Math.Max(merged[^1].Last, range.Last) };
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }

    /// <param name="largest">The largest number in use.</param>
    public bool Contains(uint number, uint largest)
    {
        foreach (var range in Ranges)
        {
            var (first, last) = range.Resolve(largest);
            if (number >= first && number <= last)
            {
                return true;
            }
        }

        return false;
    }

    public bool Equals(SequenceSet? other) => other is not null && IsSavedResult == other.IsSavedResult && Ranges.SequenceEqual(other.Ranges);

    public override bool Equals(object? obj) => Equals(obj as SequenceSet);

    public override int GetHashCode() => Ranges.Aggregate(IsSavedResult.GetHashCode(), HashCode.Combine);

    public override string ToString() => IsSavedResult ? "$" : string.Join(',', Ranges);

    // nz-number / "*": no leading zero, below 2^32.
    private static bool TryReadNumber(ref ReadOnlySpan<byte> text, out uint number)
    {
        number = SequenceRange.Star;
        if (text is [(byte)'*', ..])
        {
            text = text[1..];
            return true;
        }

        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is var end and >= 0 ? text[..end] : text;
        text = text[digits.Length..];
        return digits is [not (byte)'0', ..] && uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
