using System.Buffers;
using System.Text;

namespace Plenum.Protocols.Xmpp.Stream;

/// <summary>The opening tag of a stream (RFC 6120 §4.7).</summary>
public sealed record StreamHeader(string ContentNamespace, string? From, string? To, string? Id, string? Version, string? Language)
{
    public const string StreamNamespace = "http://etherx.jabber.org/streams";
    public const string Client = "jabber:client";
    public const string Server = "jabber:server";

    /// <summary>Prefixes declared here besides the stream's own; stanzas may use them (RFC 6120 §4.8.5).</summary>
    public IReadOnlyList<(string Prefix, string Namespace)> Prefixes { get; init; } = [];

    /// <summary>Reads the tag a <see cref="StanzaScanner"/> cut out.</summary>
    /// <returns>False with the stream error to answer.</returns>
    public static bool TryRead(in ReadOnlySequence<byte> tag, out StreamHeader header, out StreamErrorCondition error)
    {
        header = new StreamHeader("", null, null, null, null, null);
        error = StreamErrorCondition.NotWellFormed;
        var octets = tag.ToArray().AsSpan();
        if (octets.StartsWith("<?"u8))
        {
            var end = octets.IndexOf("?>"u8);
            var declaration = Encoding.ASCII.GetString(octets[..Math.Max(end, 0)]);
            var at = declaration.IndexOf("encoding", StringComparison.Ordinal);
            if (at >= 0 && !declaration[at..].Contains("UTF-8", StringComparison.OrdinalIgnoreCase))
            {
                error = StreamErrorCondition.UnsupportedEncoding; // RFC 6120 §11.6
                return false;
            }

            octets = octets[(end + 2)..].TrimStart(" \t\r\n"u8);
        }

        var nameEnd = octets.IndexOfAny(" \t\r\n>"u8);
        if (nameEnd < 2 || octets[^1] != (byte)'>')
        {
            return false;
        }

        // The tag alone is not an element: close it, then read it as one.
        byte[] whole = octets[^2] == (byte)'/' ? octets.ToArray() : [.. octets, (byte)'<', (byte)'/', .. octets[1..nameEnd], (byte)'>'];
        if (!XmlElement.TryParse(whole, "", out var element))
        {
            return false;
        }

        if (!element.Is("stream", StreamNamespace))
        {
            error = element.Name == "stream" ? StreamErrorCondition.InvalidNamespace : StreamErrorCondition.BadFormat;
            return false;
        }

        var reader = new XmlFragmentReader(whole, XmlLimits.BeforeSignIn, []);
        reader.Read();
        var prefixes = new List<(string, string)>();
        for (var i = 0; i < reader.AttributeCount; i++)
        {
            var range = reader.Attribute(i);
            var name = Encoding.UTF8.GetString(reader.Slice(range.NameStart, range.NameLength));
            if (name == "xmlns" || name.StartsWith("xmlns:", StringComparison.Ordinal))
            {
                prefixes.Add((name.Length > 6 ? name[6..] : "", XmlText.Decode(reader.Slice(range.ValueStart, range.ValueLength), attribute: true)));
            }
        }

        var content = prefixes.Find(p => p.Item1.Length == 0).Item2 ?? "";
        header = new StreamHeader(content, element["from"], element["to"], element["id"], element["version"], element["xml:lang"])
        {
            Prefixes = [.. prefixes.Where(p => p.Item1.Length > 0)],
        };
        return true;
    }

    /// <summary>Writes the XML declaration and the opening tag, which stays open (RFC 6120 §4.2).</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        var tag = new XmlElement("stream:stream", ContentNamespace)
            .With("xmlns:stream", StreamNamespace).With("from", From).With("to", To).With("id", Id).With("version", Version).With("xml:lang", Language);
        output.Write("<?xml version='1.0'?>"u8);
        output.Write(tag.ToBytes().AsSpan()[..^2]); // without "/>"
        output.Write(">"u8);
    }
}
