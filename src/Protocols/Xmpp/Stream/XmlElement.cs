using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Plenum.Protocols.Xmpp.Stream;

/// <summary>A small immutable element tree for what is looked into or made here; routed stanzas stay octets (<see cref="Stanzas.Stanza"/>).</summary>
/// <param name="Namespace">Namespace name; the writer declares it where it differs from the parent's.</param>
/// <param name="Attributes">Attributes without namespace declarations; a namespaced one has the name "{namespace}local", xml:lang is "xml:lang".</param>
/// <param name="Text">Character data of this element itself, references resolved.</param>
public sealed record XmlElement(string Name, string Namespace, IReadOnlyList<(string Name, string Value)> Attributes, IReadOnlyList<XmlElement> Children, string Text = "")
{
    public XmlElement(string name, string ns, params IReadOnlyList<XmlElement> children)
        : this(name, ns, [], children)
    {
    }

    /// <summary>An element that holds only text.</summary>
    public static XmlElement OfText(string name, string ns, string text) => new(name, ns, [], [], text);

    /// <summary>Value of an attribute, or null.</summary>
    public string? this[string attribute]
    {
        get
        {
            foreach (var (name, value) in Attributes)
            {
                if (name == attribute)
                {
                    return value;
                }
            }

            return null;
        }
    }

    /// <summary>This element with the attribute; null leaves it as it is.</summary>
    public XmlElement With(string attribute, string? value) => value is null ? this : this with { Attributes = [.. Attributes, (attribute, value)] };

    /// <summary>This element with a further child; null leaves it as it is.</summary>
    public XmlElement With(XmlElement? child) => child is null ? this : this with { Children = [.. Children, child] };

    public bool Is(string name, string ns) => Name == name && Namespace == ns;

    /// <summary>First child of that name, in this element's namespace unless another is given.</summary>
    public XmlElement? Child(string name, string? ns = null) => Children.FirstOrDefault(c => c.Is(name, ns ?? Namespace));

    /// <summary>All children of that name, in this element's namespace unless another is given.</summary>
    public IEnumerable<XmlElement> ChildrenOf(string name, string? ns = null) => Children.Where(c => c.Is(name, ns ?? Namespace));

    /// <summary>Parses one complete element.</summary>
    /// <param name="defaultNamespace">What an element without declaration inherits, as from a stream header.</param>
    public static bool TryParse(ReadOnlySpan<byte> xml, string defaultNamespace, out XmlElement element, XmlLimits? limits = null,
        IReadOnlyList<(string Prefix, string Namespace)>? streamPrefixes = null)
    {
        element = Nothing;
        limits ??= XmlLimits.Client;
        if (xml.Length > limits.MaxStanzaBytes || !XmlCharacters.AreXml(xml))
        {
            return false;
        }

        var reader = new XmlFragmentReader(xml, limits, streamPrefixes ?? []);
        var open = new Stack<Building>();
        while (reader.Read())
        {
            switch (reader.Kind)
            {
                case XmlTokenKind.Start:
                    open.Push(Open(reader, defaultNamespace));
                    break;
                case XmlTokenKind.Text:
                    open.Peek().Text.Append(XmlText.Decode(reader.Slice(reader.Text.Start, reader.Text.Length)));
                    break;
                case XmlTokenKind.CData:
                    open.Peek().Text.Append(Encoding.UTF8.GetString(reader.Slice(reader.Text.Start, reader.Text.Length)).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'));
                    break;
                default:
                    var closed = open.Pop();
                    element = new XmlElement(closed.Name, closed.Namespace, closed.Attributes, closed.Children, closed.Text.ToString());
                    if (open.Count > 0)
                    {
                        open.Peek().Children.Add(element);
                    }

                    break;
            }
        }

        return reader.Kind is XmlTokenKind.Finished;
    }

    /// <summary>Writes the element; it declares its namespace unless that is <paramref name="inherited"/>.</summary>
    public void WriteTo(IBufferWriter<byte> output, string inherited = "")
    {
        output.Write("<"u8);
        output.Write(Encoding.UTF8.GetBytes(Name));
        if (Namespace != inherited)
        {
            WriteAttribute(output, "xmlns", Namespace);
        }

        var prefixes = 0;
        foreach (var (name, value) in Attributes)
        {
            if (name.StartsWith('{') && name.LastIndexOf('}') is > 0 and var end)
            {
                var prefix = $"a{prefixes++}";
                WriteAttribute(output, "xmlns:" + prefix, name[1..end]);
                WriteAttribute(output, $"{prefix}:{name[(end + 1)..]}", value);
            }
            else
            {
                WriteAttribute(output, name, value);
            }
        }

        if (Children.Count == 0 && Text.Length == 0)
        {
            output.Write("/>"u8);
            return;
        }

        output.Write(">"u8);
        XmlText.Escape(Text, output);
        foreach (var child in Children)
        {
            child.WriteTo(output, Namespace);
        }

        output.Write("</"u8);
        output.Write(Encoding.UTF8.GetBytes(Name));
        output.Write(">"u8);
    }

    /// <summary>The element in UTF-8, as <see cref="WriteTo"/> writes it.</summary>
    public byte[] ToBytes(string inherited = "")
    {
        var output = new ArrayBufferWriter<byte>();
        WriteTo(output, inherited);
        return output.WrittenSpan.ToArray();
    }

    public override string ToString() => Encoding.UTF8.GetString(ToBytes());

    public bool Equals(XmlElement? other)
        => other is not null && Name == other.Name && Namespace == other.Namespace && Text == other.Text
            && Attributes.Order().SequenceEqual(other.Attributes.Order()) && Children.SequenceEqual(other.Children);

    public override int GetHashCode() => HashCode.Combine(Name, Namespace, Children.Count);

    internal static XmlElement Nothing { get; } = new("", "", [], []);

    private static void WriteAttribute(IBufferWriter<byte> output, string name, string value)
    {
        output.Write(" "u8);
        output.Write(Encoding.UTF8.GetBytes(name));
        output.Write("='"u8);
        XmlText.Escape(value, output);
        output.Write("'"u8);
    }

    private static Building Open(scoped in XmlFragmentReader reader, string defaultNamespace)
    {
        var name = Resolve(reader, reader.Slice(reader.Name.Start, reader.Name.Length), out var ns);
        var building = new Building(name, ns ?? defaultNamespace);
        for (var i = 0; i < reader.AttributeCount; i++)
        {
            var range = reader.Attribute(i);
            var raw = reader.Slice(range.NameStart, range.NameLength);
            if (raw.SequenceEqual("xmlns"u8) || raw.StartsWith("xmlns:"u8))
            {
                continue;
            }

            var value = XmlText.Decode(reader.Slice(range.ValueStart, range.ValueLength), attribute: true);
            var local = !raw.Contains((byte)':') || raw.StartsWith("xml:"u8)
                ? Encoding.UTF8.GetString(raw)
                : $"{{{ResolveAttribute(reader, raw, out var l)}}}{l}";
            building.Attributes.Add((local, value));
        }

        return building;
    }

    private static string? ResolveAttribute(scoped in XmlFragmentReader reader, ReadOnlySpan<byte> raw, out string local)
    {
        local = Resolve(reader, raw, out var ns);
        return ns;
    }

    private static string Resolve(scoped in XmlFragmentReader reader, ReadOnlySpan<byte> name, out string? ns)
    {
        var colon = name.IndexOf((byte)':');
        reader.TryResolve(colon < 0 ? default : name[..colon], out var value, out ns);
        ns ??= Unsafe.IsNullRef(ref MemoryMarshal.GetReference(value)) ? null : XmlText.Decode(value, attribute: true);
        return Encoding.UTF8.GetString(name[(colon + 1)..]);
    }

    private sealed record Building(string Name, string Namespace)
    {
        public List<(string Name, string Value)> Attributes { get; } = [];

        public List<XmlElement> Children { get; } = [];

        public StringBuilder Text { get; } = new();
    }
}
