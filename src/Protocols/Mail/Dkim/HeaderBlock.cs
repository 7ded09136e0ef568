using System.Text;

namespace Plenum.Protocols.Mail.Dkim;

/// <summary>
/// The header of a message as raw fields, top to bottom. Any octets are accepted: a line without a colon becomes a nameless field that no
/// signature can select. Lines may end in CRLF or LF; canonical forms always have CRLF (RFC 6376 §5.3).
/// </summary>
public sealed class HeaderBlock
{
    private static readonly int[] Nowhere = [];

    private readonly List<HeaderField> _fields;
    private readonly Dictionary<string, List<int>> _positions = new(StringComparer.OrdinalIgnoreCase);

    private HeaderBlock(List<HeaderField> fields, int bodyOffset)
    {
        _fields = fields;
        BodyOffset = bodyOffset;
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].Name.Length > 0)
            {
                if (!_positions.TryGetValue(fields[i].Name, out var positions))
                {
                    _positions[fields[i].Name] = positions = [];
                }

                positions.Add(i);
            }
        }
    }

    /// <summary>All fields, the topmost (newest) first.</summary>
    public IReadOnlyList<HeaderField> Fields => _fields;

    /// <summary>Where the body starts in what was parsed, after the empty line; the whole length if there is none. In octets.</summary>
    public int BodyOffset { get; }

    /// <summary>Splits off the header of a message; what follows the first empty line is not looked at.</summary>
    public static HeaderBlock Parse(ReadOnlyMemory<byte> message)
    {
        var fields = new List<HeaderField>(32);
        var span = message.Span;
        int at = 0, fieldStart = -1, fieldEnd = 0;
        while (at < span.Length)
        {
            var lineFeed = span[at..].IndexOf((byte)'\n');
            var next = lineFeed < 0 ? span.Length : at + lineFeed + 1;
            var end = lineFeed < 0 ? span.Length : next - 1;
            if (lineFeed >= 0 && end > at && span[end - 1] == '\r')
            {
                end--;
            }

            if (end == at)
            {
                at = next;
                break;
            }

            if (span[at] is not ((byte)' ' or (byte)'\t') || fieldStart < 0)
            {
                AddField(fields, message, fieldStart, fieldEnd);
                fieldStart = at;
            }

            fieldEnd = end;
            at = next;
        }

        AddField(fields, message, fieldStart, fieldEnd);
        return new HeaderBlock(fields, at);
    }

    /// <summary>Indexes into <see cref="Fields"/> of all fields of this name, top to bottom.</summary>
    public IReadOnlyList<int> PositionsOf(string name) => _positions.TryGetValue(name, out var positions) ? positions : Nowhere;

    /// <summary>The fields of this name, top to bottom.</summary>
    public IEnumerable<HeaderField> FieldsNamed(string name) => PositionsOf(name).Select(position => _fields[position]);

    private static void AddField(List<HeaderField> fields, ReadOnlyMemory<byte> message, int start, int end)
    {
        if (start < 0)
        {
            return;
        }

        var raw = message[start..end];
        var colon = raw.Span.IndexOf((byte)':');
        var name = colon > 0 ? raw.Span[..colon].TrimEnd(" \t"u8) : default;
        fields.Add(new HeaderField(IsFieldName(name) ? Encoding.ASCII.GetString(name) : "", raw));
    }

    /// <summary>RFC 5322 §2.2: printable ASCII without blank and colon.</summary>
    private static bool IsFieldName(ReadOnlySpan<byte> name) => !name.IsEmpty && name.IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0;
}
