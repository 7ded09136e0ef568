using System.Buffers;

namespace Plenum.Protocols.Xmpp.Stream;

/// <summary>What a call of <see cref="StanzaScanner.Scan"/> found.</summary>
public enum ScanResult
{
    /// <summary>Feed more octets; nothing of the buffer may be dropped before <c>Consumed</c>.</summary>
    NeedsMore,

    /// <summary>The stream's opening tag, XML declaration included.</summary>
    StreamOpened,

    /// <summary>One complete top-level element.</summary>
    Element,

    /// <summary>The stream's closing tag.</summary>
    StreamClosed,

    /// <summary>The stream must end with <see cref="StanzaScanner.Error"/>.</summary>
    Failed,
}

/// <summary>
/// Cuts a stream of octets into its top-level elements and looks at every octet once, wherever the segments split. Size and depth
/// are judged while octets arrive; names and nesting when the element is whole.
/// </summary>
public sealed class StanzaScanner(XmlLimits limits)
{
    private State _state;
    private XmlLimits _limits = limits;
    private long _scanned; // octets of the current element already looked at
    private int _depth;
    private byte _quote;
    private byte _previous;
    private int _match;
    private bool _streamTag;
    private bool _closingTag;

    public StreamErrorCondition Error { get; private set; }

    /// <summary>True from the stream's opening tag on. False starts over after STARTTLS or RFC 6120 SASL (a restart).</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Wider limits after sign-in.</summary>
    public void Allow(XmlLimits wider) => _limits = wider;

    /// <summary>Forgets everything: the peer starts a new stream on the same connection.</summary>
    public void Restart()
    {
        IsOpen = false;
        Forget();
    }

    /// <summary>WebSocket frames hold one element each and no stream tag (RFC 7395 §3.3).</summary>
    public void OpenWithoutTag() => IsOpen = true;

    /// <summary>Looks for the next top-level item.</summary>
    /// <param name="buffer">Unread octets, starting where the last <paramref name="consumed"/> pointed; grown octets are not looked at again.</param>
    /// <param name="item">Octets of the tag or element; empty otherwise. Valid as long as the buffer is.</param>
    /// <param name="consumed">Give this to AdvanceTo as consumed, the buffer's end as examined.</param>
    public ScanResult Scan(in ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> item, out SequencePosition consumed)
    {
        item = default;
        consumed = buffer.Start;
        var start = 0L;
        if (_state is State.Between)
        {
            start = LeadingSpace(buffer); // RFC 6120 §4.6.1: white space keeps the connection alive.
            consumed = buffer.GetPosition(start);
        }

        var position = start + _scanned;
        foreach (var segment in buffer.Slice(position))
        {
            var end = Walk(segment.Span, out var result);
            if (result is ScanResult.Failed)
            {
                return result;
            }

            _scanned += end;
            if (_scanned > _limits.MaxStanzaBytes)
            {
                Error = StreamErrorCondition.PolicyViolation;
                return ScanResult.Failed;
            }

            if (result is not ScanResult.NeedsMore)
            {
                item = buffer.Slice(start, _scanned);
                consumed = item.End;
                Forget();
                IsOpen |= result is ScanResult.StreamOpened;
                return result;
            }
        }

        return ScanResult.NeedsMore;
    }

    private static long LeadingSpace(in ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        return reader.AdvancePastAny(" \t\r\n"u8);
    }

    private void Forget()
    {
        _state = State.Between;
        _scanned = 0;
        _depth = 0;
        _match = 0;
        _previous = 0;
    }

    private int Walk(ReadOnlySpan<byte> span, out ScanResult result)
    {
        result = ScanResult.NeedsMore;
        var at = 0;
        while (at < span.Length)
        {
            switch (_state)
            {
                case State.Between:
                case State.Text:
                    var open = span[at..].IndexOf((byte)'<');
                    if (_state is State.Between && open != 0)
                    {
                        return Fail(IsOpen ? StreamErrorCondition.NotWellFormed : StreamErrorCondition.BadFormat, out result); // Text between stanzas
                    }

                    at = open < 0 ? span.Length : at + open + 1;
                    _state = open < 0 ? _state : State.Opened;
                    break;

                case State.Opened:
                    if (!Classify(span[at]))
                    {
                        return Fail(Error, out result);
                    }

                    at++;
                    break;

                case State.Tag:
                    var stop = span[at..].IndexOfAny((byte)'>', (byte)'"', (byte)'\'');
                    if (stop < 0)
                    {
                        _previous = span[^1];
                        at = span.Length;
                        break;
                    }

                    _previous = stop > 0 ? span[at + stop - 1] : _previous;
                    at += stop + 1;
                    if (span[at - 1] != (byte)'>')
                    {
                        _quote = span[at - 1];
                        _state = State.Quoted;
                    }
                    else if (EndTag() is not ScanResult.NeedsMore and var found)
                    {
                        result = found;
                        return at;
                    }

                    break;

                case State.Quoted:
                    var close = span[at..].IndexOf(_quote);
                    at = close < 0 ? span.Length : at + close + 1;
                    if (close >= 0)
                    {
                        _state = State.Tag;
                        _previous = _quote;
                    }

                    break;

                case State.CDataStart:
                    if (span[at++] != "[CDATA["u8[_match++])
                    {
                        return Fail(StreamErrorCondition.RestrictedXml, out result); // RFC 6120 §11.1: comments and document types
                    }

                    if (_match == 7)
                    {
                        _state = State.CData;
                        _match = 0;
                    }

                    break;

                case State.CData:
                    var octet = span[at++];
                    _match = octet == (byte)']' ? Math.Min(_match + 1, 2) : octet == (byte)'>' && _match == 2 ? 3 : 0;
                    if (_match == 3)
                    {
                        _state = State.Text;
                        _match = 0;
                    }

                    break;

                case State.Declaration: // <?xml … ?> before the stream tag only
                    octet = span[at++];
                    if (octet == (byte)'>' && _previous == (byte)'?')
                    {
                        _state = State.AfterDeclaration;
                    }

                    _previous = octet;
                    break;

                default: // AfterDeclaration
                    if (span[at] == (byte)'<')
                    {
                        _state = State.Opened;
                        _streamTag = true;
                    }
                    else if (span[at] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                    {
                        return Fail(StreamErrorCondition.NotWellFormed, out result);
                    }

                    at++;
                    break;
            }
        }

        return at;
    }

    private bool Classify(byte octet)
    {
        _closingTag = octet == (byte)'/';
        _previous = octet;
        switch (octet)
        {
            case (byte)'!' when _depth > 0:
                _state = State.CDataStart;
                _match = 0;
                return true;
            case (byte)'?' when !IsOpen && !_streamTag && _depth == 0:
                _state = State.Declaration;
                return true;
            case (byte)'!' or (byte)'?':
                Error = StreamErrorCondition.RestrictedXml;
                return false;
            case (byte)'/' when _depth == 0 && !IsOpen:
                Error = StreamErrorCondition.NotWellFormed;
                return false;
        }

        if (!_closingTag && _depth >= _limits.MaxDepth)
        {
            Error = StreamErrorCondition.PolicyViolation;
            return false;
        }

        _state = State.Tag;
        return true;
    }

    private ScanResult EndTag()
    {
        _state = State.Text;
        if (!IsOpen)
        {
            _streamTag = false;
            return ScanResult.StreamOpened;
        }

        if (_closingTag)
        {
            return _depth == 0 ? ScanResult.StreamClosed : --_depth == 0 ? ScanResult.Element : ScanResult.NeedsMore;
        }

        if (_previous == (byte)'/')
        {
            return _depth == 0 ? ScanResult.Element : ScanResult.NeedsMore;
        }

        _depth++;
        return ScanResult.NeedsMore;
    }

    private int Fail(StreamErrorCondition condition, out ScanResult result)
    {
        Error = condition;
        result = ScanResult.Failed;
        return 0;
    }

    private enum State
    {
        Between,
        Text,
        Opened,
        Tag,
        Quoted,
        CDataStart,
        CData,
        Declaration,
        AfterDeclaration,
    }
}
