using System.Runtime.CompilerServices;

namespace Plenum.Protocols.Xmpp.Stream;

/// <summary>
/// Checks and walks one complete element: names, nesting, attributes, namespaces, references (RFC 6120 §11). Allocates nothing;
/// the work is linear in the octets, times the bounded number of attributes and declarations.
/// </summary>
internal ref struct XmlFragmentReader(ReadOnlySpan<byte> xml, XmlLimits limits, IReadOnlyList<(string Prefix, string Namespace)> streamPrefixes)
{
    private readonly ReadOnlySpan<byte> _xml = xml;
    private readonly XmlLimits _limits = limits;
    private readonly IReadOnlyList<(string Prefix, string Namespace)> _streamPrefixes = streamPrefixes;
    private OpenElements _open;
    private Attributes _attributes;
    private Declarations _declarations;
    private int _declarationCount;
    private int _at;
    private bool _selfClosed;
    private bool _rootSeen;

    public XmlTokenKind Kind { get; private set; }

    public StreamErrorCondition Error { get; private set; }

    public int Depth { get; private set; }

    public int AttributeCount { get; private set; }

    /// <summary>Qualified name of the element just opened or closed.</summary>
    public (int Start, int Length) Name { get; private set; }

    /// <summary>Where the text of a <see cref="XmlTokenKind.Text"/> or <see cref="XmlTokenKind.CData"/> token lies.</summary>
    public (int Start, int Length) Text { get; private set; }

    /// <summary>True if a prefix of the stream header is used: the element does not stand alone.</summary>
    public bool UsesStreamPrefix { get; private set; }

    public readonly AttributeRange Attribute(int index) => _attributes[index];

    public readonly ReadOnlySpan<byte> Slice(int start, int length) => _xml.Slice(start, length);

    /// <summary>Steps to the next token. False at the end and after an error (<see cref="Kind"/> tells).</summary>
    public bool Read()
    {
        if (Kind is XmlTokenKind.Error)
        {
            return false;
        }

        if (_selfClosed)
        {
            _selfClosed = false;
            return Close();
        }

        if (Kind is XmlTokenKind.End)
        {
            DropDeclarations();
        }

        if (_at == _xml.Length)
        {
            Kind = Depth == 0 && _rootSeen ? XmlTokenKind.Finished : XmlTokenKind.Error;
            Error = StreamErrorCondition.NotWellFormed;
            return false;
        }

        if (_xml[_at] != (byte)'<')
        {
            return ReadText();
        }

        return _at + 1 < _xml.Length ? _xml[_at + 1] switch
        {
            (byte)'/' => ReadEnd(),
            (byte)'!' => ReadCData(),
            (byte)'?' => Fail(StreamErrorCondition.RestrictedXml), // RFC 6120 §11.1: processing instructions
            _ => ReadStart(),
        } : Fail(StreamErrorCondition.NotWellFormed);
    }

    /// <summary>The namespace of a prefix (empty for the default one); false if the prefix is not declared.</summary>
    public readonly bool TryResolve(ReadOnlySpan<byte> prefix, out ReadOnlySpan<byte> value, out string? streamValue)
    {
        streamValue = null;
        for (var i = _declarationCount - 1; i >= 0; i--)
        {
            var d = _declarations[i];
            if (_xml.Slice(d.PrefixStart, d.PrefixLength).SequenceEqual(prefix))
            {
                value = _xml.Slice(d.ValueStart, d.ValueLength);
                return prefix.IsEmpty || !value.IsEmpty;
            }
        }

        value = default;
        if (prefix.IsEmpty)
        {
            return true; // Inherited from the stream header: the caller knows it.
        }

        if (prefix.SequenceEqual("xml"u8))
        {
            value = "http://www.w3.org/XML/1998/namespace"u8;
            return true;
        }

        foreach (var (known, space) in _streamPrefixes)
        {
            if (known.Length == prefix.Length && System.Text.Ascii.Equals(prefix, known))
            {
                streamValue = space;
                return true;
            }
        }

        return false;
    }

    private bool ReadText()
    {
        var rest = _xml[_at..];
        var length = rest.IndexOf((byte)'<');
        length = length < 0 ? rest.Length : length;
        var text = rest[..length];
        if (Depth == 0 || text.IndexOf("]]>"u8) >= 0)
        {
            return Fail(StreamErrorCondition.NotWellFormed);
        }

        if (!XmlText.HasOnlyKnownReferences(text))
        {
            return Fail(StreamErrorCondition.RestrictedXml);
        }

        Text = (_at, length);
        _at += length;
        Kind = XmlTokenKind.Text;
        return true;
    }

    private bool ReadCData()
    {
        var rest = _xml[_at..];
        if (!rest.StartsWith("<![CDATA["u8))
        {
            return Fail(StreamErrorCondition.RestrictedXml); // RFC 6120 §11.1: comments and document types
        }

        var length = rest[9..].IndexOf("]]>"u8);
        if (Depth == 0 || length < 0)
        {
            return Fail(StreamErrorCondition.NotWellFormed);
        }

        Text = (_at + 9, length);
        _at += 9 + length + 3;
        Kind = XmlTokenKind.CData;
        return true;
    }

    private bool ReadStart()
    {
        if ((Depth == 0 && _rootSeen) || !TryName(_at + 1, out var nameEnd))
        {
            return Fail(StreamErrorCondition.NotWellFormed);
        }

        if (Depth >= Math.Min(_limits.MaxDepth, XmlLimits.DepthCeiling))
        {
            return Fail(StreamErrorCondition.PolicyViolation);
        }

        Name = (_at + 1, nameEnd - _at - 1);
        _open[Depth++] = Name;
        _rootSeen = true;
        AttributeCount = 0;
        _at = nameEnd;
        while (true)
        {
            var space = SkipSpace();
            if (_at >= _xml.Length)
            {
                return Fail(StreamErrorCondition.NotWellFormed);
            }

            if (_xml[_at] == (byte)'>' || (_xml[_at] == (byte)'/' && _at + 1 < _xml.Length && _xml[_at + 1] == (byte)'>'))
            {
                _selfClosed = _xml[_at] == (byte)'/';
                _at += _selfClosed ? 2 : 1;
                Kind = XmlTokenKind.Start;
                return CheckPrefixes();
            }

            if (!space || !ReadAttribute())
            {
                return Kind is not XmlTokenKind.Error && Fail(StreamErrorCondition.NotWellFormed);
            }
        }
    }

    private bool ReadAttribute()
    {
        var start = _at;
        if (!TryName(start, out var end))
        {
            return Fail(StreamErrorCondition.NotWellFormed);
        }

        _at = end;
        SkipSpace();
        if (_at >= _xml.Length || _xml[_at++] != (byte)'=')
        {
            return Fail(StreamErrorCondition.NotWellFormed);
        }

        SkipSpace();
        if (_at >= _xml.Length || _xml[_at] is not ((byte)'"' or (byte)'\''))
        {
            return Fail(StreamErrorCondition.NotWellFormed);
        }

        var length = _xml[(_at + 1)..].IndexOf(_xml[_at]);
        var value = length < 0 ? default : _xml.Slice(_at + 1, length);
        if (length < 0 || value.Contains((byte)'<'))
        {
            return Fail(StreamErrorCondition.NotWellFormed);
        }

        if (!XmlText.HasOnlyKnownReferences(value))
        {
            return Fail(StreamErrorCondition.RestrictedXml); // Entities hide in attributes too (CVE-2013-1664).
        }

        if (AttributeCount >= Math.Min(_limits.MaxAttributes, XmlLimits.AttributesCeiling))
        {
            return Fail(StreamErrorCondition.PolicyViolation);
        }

        for (var i = 0; i < AttributeCount; i++)
        {
            if (_xml.Slice(_attributes[i].NameStart, _attributes[i].NameLength).SequenceEqual(_xml[start..end]))
            {
                return Fail(StreamErrorCondition.NotWellFormed);
            }
        }

        _attributes[AttributeCount++] = new AttributeRange(start, end - start, _at + 1, length);
        _at += length + 2;
        return Declare(start, end - start, value);
    }

    private bool Declare(int start, int length, ReadOnlySpan<byte> value)
    {
        var name = _xml.Slice(start, length);
        if (!name.StartsWith("xmlns"u8) || (length > 5 && name[5] != (byte)':'))
        {
            return true;
        }

        var prefixStart = length > 5 ? start + 6 : start + 5;
        var prefix = _xml[prefixStart..(start + length)];
        if (prefix.SequenceEqual("xml"u8) || prefix.SequenceEqual("xmlns"u8) || (value.IsEmpty && !prefix.IsEmpty))
        {
            return Fail(StreamErrorCondition.NotWellFormed);
        }

        if (_declarationCount >= Math.Min(_limits.MaxNamespaces, XmlLimits.NamespacesCeiling))
        {
            return Fail(StreamErrorCondition.PolicyViolation);
        }

        _declarations[_declarationCount++] = new Declaration(prefixStart, prefix.Length, _attributes[AttributeCount - 1].ValueStart, value.Length, Depth);
        return true;
    }

    private bool CheckPrefixes()
    {
        if (!IsDeclared(Name.Start, Name.Length))
        {
            return Fail(StreamErrorCondition.NotWellFormed);
        }

        for (var i = 0; i < AttributeCount; i++)
        {
            var a = _attributes[i];
            var name = _xml.Slice(a.NameStart, a.NameLength);
            var colon = name.IndexOf((byte)':');
            if (colon < 0 || name.StartsWith("xmlns:"u8))
            {
                continue;
            }

            if (!IsDeclared(a.NameStart, a.NameLength) || HasTwin(i, name, colon))
            {
                return Fail(StreamErrorCondition.NotWellFormed);
            }
        }

        return true;
    }

    // Namespaces in XML §6.3: two prefixes of one namespace must not make one attribute twice.
    private readonly bool HasTwin(int index, ReadOnlySpan<byte> name, int colon)
    {
        TryResolve(name[..colon], out var mine, out _);
        for (var i = 0; i < index; i++)
        {
            var other = _xml.Slice(_attributes[i].NameStart, _attributes[i].NameLength);
            var otherColon = other.IndexOf((byte)':');
            if (otherColon > 0 && !mine.IsEmpty && other[(otherColon + 1)..].SequenceEqual(name[(colon + 1)..])
                && TryResolve(other[..otherColon], out var theirs, out _) && theirs.SequenceEqual(mine))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsDeclared(int start, int length)
    {
        var name = _xml.Slice(start, length);
        var colon = name.IndexOf((byte)':');
        if (colon < 0)
        {
            return true;
        }

        var declared = TryResolve(name[..colon], out _, out var fromStream);
        UsesStreamPrefix |= fromStream is not null;
        return declared;
    }

    private bool ReadEnd()
    {
        if (Depth == 0)
        {
            return Fail(StreamErrorCondition.NotWellFormed);
        }

        var (start, length) = _open[Depth - 1];
        var rest = _xml[(_at + 2)..];
        if (!rest.StartsWith(_xml.Slice(start, length)))
        {
            return Fail(StreamErrorCondition.NotWellFormed);
        }

        _at += 2 + length;
        SkipSpace();
        if (_at >= _xml.Length || _xml[_at++] != (byte)'>')
        {
            return Fail(StreamErrorCondition.NotWellFormed);
        }

        return Close();
    }

    private bool Close()
    {
        Name = _open[--Depth];
        AttributeCount = 0;
        Kind = XmlTokenKind.End;
        return true;
    }

    private void DropDeclarations()
    {
        while (_declarationCount > 0 && _declarations[_declarationCount - 1].Depth > Depth)
        {
            _declarationCount--;
        }
    }

    private readonly bool TryName(int start, out int end)
    {
        var rest = _xml[start..];
        var length = rest.IndexOfAny(NameEnds);
        end = start + Math.Max(length, 0);
        if (length <= 0)
        {
            return false;
        }

        var name = rest[..length];
        var colon = name.IndexOf((byte)':');
        return colon < 0 ? XmlCharacters.IsNcName(name) : XmlCharacters.IsNcName(name[..colon]) && XmlCharacters.IsNcName(name[(colon + 1)..]);
    }

    private bool SkipSpace()
    {
        var from = _at;
        while (_at < _xml.Length && _xml[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            _at++;
        }

        return _at > from;
    }

    private bool Fail(StreamErrorCondition condition)
    {
        Kind = XmlTokenKind.Error;
        Error = condition;
        return false;
    }

    private static readonly System.Buffers.SearchValues<byte> NameEnds = System.Buffers.SearchValues.Create(" \t\r\n=/><'\"&"u8);

    internal readonly record struct AttributeRange(int NameStart, int NameLength, int ValueStart, int ValueLength);

    private readonly record struct Declaration(int PrefixStart, int PrefixLength, int ValueStart, int ValueLength, int Depth);

    [InlineArray(XmlLimits.DepthCeiling)]
    private struct OpenElements
    {
        private (int Start, int Length) _first;
    }

    [InlineArray(XmlLimits.AttributesCeiling)]
    private struct Attributes
    {
        private AttributeRange _first;
    }

    [InlineArray(XmlLimits.NamespacesCeiling)]
    private struct Declarations
    {
        private Declaration _first;
    }
}

internal enum XmlTokenKind
{
    None,
    Start,
    End,
    Text,
    CData,
    Finished,
    Error,
}
