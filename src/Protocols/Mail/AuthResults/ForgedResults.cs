using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Dns;

namespace Plenum.Protocols.Mail.AuthResults;

/// <summary>
/// Removes Authentication-Results fields that pretend to be ours (RFC 8601 §5): do this to every message from outside before adding one.
/// </summary>
public static class ForgedResults
{
    /// <summary>Positions of fields that name our id, or whose id cannot be read (then nobody can say it is not ours).</summary>
    public static IReadOnlyList<int> Find(HeaderBlock header, string ownAuthServId)
        => [.. header.PositionsOf("Authentication-Results").Where(position => MayBeOurs(header.Fields[position].Value, ownAuthServId))];

    /// <summary>The message without those fields; the same memory if there are none.</summary>
    public static ReadOnlyMemory<byte> Strip(ReadOnlyMemory<byte> message, string ownAuthServId)
    {
        var header = HeaderBlock.Parse(message);
        var forged = Find(header, ownAuthServId).ToHashSet();
        if (forged.Count == 0)
        {
            return message;
        }

        // Fields lie in order in the message: copy what stands before, between and after the forged ones.
        var kept = new MemoryStream(message.Length);
        var from = 0;
        var at = 0;
        for (var i = 0; i < header.Fields.Count; i++)
        {
            at += message.Span[at..].IndexOf(header.Fields[i].Raw.Span);
            if (forged.Contains(i))
            {
                kept.Write(message.Span[from..at]);
                from = EndOfLine(message.Span, at + header.Fields[i].Raw.Length);
            }

            at += header.Fields[i].Raw.Length;
        }

        kept.Write(message.Span[from..]);
        return kept.ToArray();
    }

    private static bool MayBeOurs(string value, string own)
    {
        var scanner = new AuthResultsScanner(value);
        return !scanner.TryReadId(out var id) || Same(id, own);
    }

    /// <summary>A-labels and U-labels of the same name are the same host.</summary>
    private static bool Same(string one, string other)
        => one.Equals(other, StringComparison.OrdinalIgnoreCase)
            || (DomainName.TryNormalize(one, out var a) && DomainName.TryNormalize(other, out var b) && a == b);

    private static int EndOfLine(ReadOnlySpan<byte> message, int at)
    {
        var lineFeed = message[at..].IndexOf((byte)'\n');
        return lineFeed < 0 ? message.Length : at + lineFeed + 1;
    }
}
