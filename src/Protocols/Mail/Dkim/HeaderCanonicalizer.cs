using System.Buffers;

namespace Plenum.Protocols.Mail.Dkim;

/// <summary>Canonical octets of header fields (RFC 6376 §3.4.1, §3.4.2).</summary>
public static class HeaderCanonicalizer
{
    /// <summary>Writes the field without a line end at its end. What has no colon is no field and stays as it is.</summary>
    public static void Write(ReadOnlySpan<byte> field, Canonicalization canonicalization, IBufferWriter<byte> output)
    {
        if (canonicalization is Canonicalization.Relaxed && field.Contains((byte)':'))
        {
            WriteRelaxed(field, output);
        }
        else
        {
            WriteSimple(field, output);
        }
    }

    /// <summary>
    /// Writes the fields that h= names. Each mention takes the lowest field of that name not yet taken; a mention too many adds nothing
    /// (RFC 6376 §5.4.2). The signature itself (<paramref name="excluded"/>, an index or -1) cannot be among them.
    /// </summary>
    public static void WriteSelected(
        HeaderBlock header, IReadOnlyList<string> names, int excluded, Canonicalization canonicalization, IBufferWriter<byte> output)
    {
        var taken = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names)
        {
            var positions = header.PositionsOf(name);
            var next = positions.Count - 1 - taken.GetValueOrDefault(name);
            if (next >= 0 && positions[next] == excluded)
            {
                taken[name] = taken.GetValueOrDefault(name) + 1;
                next--;
            }

            if (next >= 0)
            {
                taken[name] = taken.GetValueOrDefault(name) + 1;
                Write(header.Fields[positions[next]].Raw.Span, canonicalization, output);
                output.Write("\r\n"u8);
            }
        }
    }

    /// <summary>
    /// Empties the b= tag of a signature field: all octets between its "=" and the next ";" go (RFC 6376 §3.5 b=, §3.7).
    /// Returns the field unchanged if it has none.
    /// </summary>
    public static byte[] WithoutSignature(ReadOnlySpan<byte> field)
    {
        var at = field.IndexOf((byte)':') + 1;
        while (at < field.Length)
        {
            var length = field[at..].IndexOf((byte)';');
            var tag = length < 0 ? field[at..] : field.Slice(at, length);
            var equals = tag.IndexOf((byte)'=');
            if (equals >= 0 && tag[..equals].Trim(" \t\r\n"u8).SequenceEqual("b"u8))
            {
                return [.. field[..(at + equals + 1)], .. field[(at + tag.Length)..]];
            }

            at += tag.Length + 1;
        }

        return field.ToArray();
    }

    private static void WriteSimple(ReadOnlySpan<byte> field, IBufferWriter<byte> output)
    {
        while (field.IndexOf((byte)'\n') is var lineFeed and >= 0)
        {
            var end = lineFeed > 0 && field[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
            output.Write(field[..end]);
            output.Write("\r\n"u8);
            field = field[(lineFeed + 1)..];
        }

        output.Write(field);
    }

    private static void WriteRelaxed(ReadOnlySpan<byte> field, IBufferWriter<byte> output)
    {
        var target = output.GetSpan(field.Length);
        var written = 0;
        var colon = field.IndexOf((byte)':');
        foreach (var octet in field[..colon].TrimEnd(" \t"u8))
        {
            target[written++] = octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet | 0x20) : octet;
        }

        target[written++] = (byte)':';
        var value = field[(colon + 1)..];
        var blankBefore = false;
        var isFirst = true;
        for (var i = 0; i < value.Length; i++)
        {
            var octet = value[i];
            if (octet is (byte)' ' or (byte)'\t')
            {
                blankBefore = !isFirst;
                continue;
            }

            if (octet == '\n' || (octet == '\r' && i + 1 < value.Length && value[i + 1] == '\n'))
            {
                continue; // Unfolding; the blank that starts the next line is already counted.
            }

            if (blankBefore)
            {
                target[written++] = (byte)' ';
                blankBefore = false;
            }

            isFirst = false;
            target[written++] = octet;
        }

        output.Advance(written);
    }
}
