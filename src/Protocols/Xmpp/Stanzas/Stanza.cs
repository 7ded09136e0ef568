using System.Buffers;
using System.Text;
using Plenum.Protocols.Xmpp.Stream;

namespace Plenum.Protocols.Xmpp.Stanzas;

/// <summary>The three stanzas (RFC 6120 §8), by the name of the element; its namespace is the stream's.</summary>
public enum StanzaKind
{
    /// <summary>Any other element: negotiation, acknowledgements.</summary>
    Other,
    Message,
    Presence,
    Iq,
}

/// <summary>
/// A top-level element as it came: its octets, checked once, and where its addresses lie. Routing writes the octets with other
/// addresses, never a re-serialised copy. One object and one array per stanza.
/// </summary>
public sealed class Stanza
{
    private readonly byte[] _octets;
    private readonly int _nameEnd;
    private readonly Place _to;
    private readonly Place _from;
    private readonly Place _id;
    private readonly Place _type;

    private Stanza(byte[] octets, StanzaKind kind, int nameEnd, Place to, Place from, Place id, Place type)
        => (_octets, Kind, _nameEnd, _to, _from, _id, _type) = (octets, kind, nameEnd, to, from, id, type);

    public StanzaKind Kind { get; }

    /// <summary>The octets as received.</summary>
    public ReadOnlyMemory<byte> Octets => _octets;

    /// <summary>Raw attribute octets, references not resolved; empty if absent. Compare without making a string.</summary>
    public ReadOnlySpan<byte> ToOctets => Value(_to);

    /// <inheritdoc cref="ToOctets"/>
    public ReadOnlySpan<byte> FromOctets => Value(_from);

    /// <inheritdoc cref="ToOctets"/>
    public ReadOnlySpan<byte> TypeOctets => Value(_type);

    /// <summary>Attribute value, references resolved; null if absent. The address is not checked: see <see cref="Addresses.Jid"/>.</summary>
    public string? To => Text(_to);

    /// <inheritdoc cref="To"/>
    public string? From => Text(_from);

    /// <summary>Attribute value, references resolved; null if absent.</summary>
    public string? Id => Text(_id);

    /// <inheritdoc cref="Id"/>
    public string? Type => Text(_type);

    /// <summary>Checks and takes one element that a <see cref="StanzaScanner"/> cut out. Two allocations.</summary>
    /// <param name="streamPrefixes">Prefixes of the stream header; declared in the copy where used, so that it stands alone.</param>
    /// <returns>False with the stream error to answer.</returns>
    public static bool TryRead(in ReadOnlySequence<byte> element, XmlLimits limits, out Stanza stanza, out StreamErrorCondition error,
        IReadOnlyList<(string Prefix, string Namespace)>? streamPrefixes = null)
    {
        stanza = Empty;
        error = StreamErrorCondition.PolicyViolation;
        return element.Length <= limits.MaxStanzaBytes && TryRead(element.ToArray(), limits, streamPrefixes ?? [], out stanza, out error);
    }

    /// <summary>Writes the octets with these addresses; null leaves the attribute as it is. Allocates nothing.</summary>
    /// <param name="to">Escaped UTF-8, as <see cref="Escaped"/> makes it once per address.</param>
    public void WriteTo(IBufferWriter<byte> output, ReadOnlyMemory<byte>? to = null, ReadOnlyMemory<byte>? from = null)
    {
        ReadOnlySpan<byte> octets = _octets;
        output.Write(octets[.._nameEnd]);
        WriteNew(output, " to='"u8, to);
        WriteNew(output, " from='"u8, from);
        var at = _nameEnd;
        var toPlace = to is null ? default : _to;
        var fromPlace = from is null ? default : _from;
        var (first, second) = toPlace.Start <= fromPlace.Start ? (toPlace, fromPlace) : (fromPlace, toPlace);
        foreach (var place in (ReadOnlySpan<Place>)[first, second])
        {
            if (place.Length >= 0 && place.Start > 0)
            {
                output.Write(octets[at..place.NameStart]);
                at = place.Start + place.Length + 1;
            }
        }

        output.Write(octets[at..]);
    }

    /// <summary>An address ready for <see cref="WriteTo"/>.</summary>
    public static ReadOnlyMemory<byte> Escaped(string address)
    {
        var output = new ArrayBufferWriter<byte>();
        XmlText.Escape(address, output);
        return output.WrittenMemory;
    }

    /// <summary>The tree, for whoever must look inside.</summary>
    /// <param name="contentNamespace">Default namespace of the stream it came from.</param>
    public XmlElement ToElement(string contentNamespace = StreamHeader.Client)
        => XmlElement.TryParse(_octets, contentNamespace, out var element, XmlLimits.Server with { MaxStanzaBytes = int.MaxValue }) ? element : XmlElement.Nothing;

    public override string ToString() => Encoding.UTF8.GetString(_octets);

    private static Stanza Empty { get; } = new([], StanzaKind.Other, 0, default, default, default, default);

    private static bool TryRead(byte[] octets, XmlLimits limits, IReadOnlyList<(string Prefix, string Namespace)> streamPrefixes, out Stanza stanza, out StreamErrorCondition error)
    {
        stanza = Empty;
        error = StreamErrorCondition.NotWellFormed;
        if (!XmlCharacters.AreXml(octets))
        {
            return false;
        }

        var reader = new XmlFragmentReader(octets, limits, streamPrefixes);
        Place to = default, from = default, id = default, type = default;
        var (nameStart, nameLength) = (0, 0);
        var prefixed = false;
        while (reader.Read())
        {
            if (nameLength > 0 || reader.Kind is not XmlTokenKind.Start)
            {
                continue;
            }

            (nameStart, nameLength) = reader.Name;
            prefixed = reader.Slice(nameStart, nameLength).Contains((byte)':');
            for (var i = 0; i < reader.AttributeCount; i++)
            {
                var a = reader.Attribute(i);
                var name = reader.Slice(a.NameStart, a.NameLength);
                var place = new Place(a.NameStart, a.ValueStart, a.ValueLength);
                if (name.SequenceEqual("to"u8))
                {
                    to = place;
                }
                else if (name.SequenceEqual("from"u8))
                {
                    from = place;
                }
                else if (name.SequenceEqual("id"u8))
                {
                    id = place;
                }
                else if (name.SequenceEqual("type"u8))
                {
                    type = place;
                }
            }
        }

        if (reader.Kind is not XmlTokenKind.Finished)
        {
            error = reader.Error;
            return false;
        }

        if (reader.UsesStreamPrefix)
        {
            return TryRead(Declare(octets, nameStart + nameLength, limits, streamPrefixes), limits, [], out stanza, out error);
        }

        stanza = new Stanza(octets, prefixed ? StanzaKind.Other : KindOf(octets.AsSpan(nameStart, nameLength)), nameStart + nameLength, to, from, id, type);
        return true;
    }

    private static StanzaKind KindOf(ReadOnlySpan<byte> name) => name.SequenceEqual("message"u8) ? StanzaKind.Message
        : name.SequenceEqual("presence"u8) ? StanzaKind.Presence
        : name.SequenceEqual("iq"u8) ? StanzaKind.Iq
        : StanzaKind.Other;

    private static byte[] Declare(byte[] octets, int at, XmlLimits limits, IReadOnlyList<(string Prefix, string Namespace)> prefixes)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write(octets.AsSpan(0, at));
        var reader = new XmlFragmentReader(octets, limits, prefixes);
        reader.Read();
        foreach (var (prefix, ns) in prefixes)
        {
            var name = Encoding.UTF8.GetBytes(prefix);
            if (reader.TryResolve(name, out _, out var fromStream) && fromStream is not null)
            {
                output.Write(" xmlns:"u8);
                output.Write(name);
                output.Write("='"u8);
                XmlText.Escape(ns, output);
                output.Write("'"u8);
            }
        }

        output.Write(octets.AsSpan(at));
        return output.WrittenSpan.ToArray();
    }

    private static void WriteNew(IBufferWriter<byte> output, ReadOnlySpan<byte> start, ReadOnlyMemory<byte>? value)
    {
        if (value is { } address)
        {
            // In front of the other attributes; one written twice would not be well formed, so the old one is left out below.
            output.Write(start);
            output.Write(address.Span);
            output.Write("'"u8);
        }
    }

    private ReadOnlySpan<byte> Value(Place place) => place.Start == 0 ? default : _octets.AsSpan(place.Start, place.Length);

    private string? Text(Place place) => place.Start == 0 ? null : XmlText.Decode(Value(place), attribute: true);

    // Start 0 is "absent": no value can lie at the first octet.
    private readonly record struct Place(int NameStart, int Start, int Length);
}
