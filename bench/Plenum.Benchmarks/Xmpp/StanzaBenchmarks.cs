using System.Buffers;
using BenchmarkDotNet.Attributes;
using Plenum.Protocols.Xmpp.Stanzas;
using Plenum.Protocols.Xmpp.Stream;

namespace Plenum.Benchmarks.Xmpp;

/// <summary>One small chat message: cut out of the stream, checked, written with another address. Bar: 4 us, two allocations.</summary>
[MemoryDiagnoser]
public class StanzaBenchmarks
{
    private readonly ReadOnlySequence<byte> _octets = new(
        "<message to='ada@plenum.test/phone' id='m1' type='chat'><body>Good morning, is the motion filed?</body><active xmlns='http://jabber.org/protocol/chatstates'/></message>"u8.ToArray());

    private readonly StanzaScanner _scanner = new(XmlLimits.Client);
    private readonly ArrayBufferWriter<byte> _output = new(4096);
    private readonly ReadOnlyMemory<byte> _to = Stanza.Escaped("bernd@plenum.test/desk");
    private readonly ReadOnlyMemory<byte> _from = Stanza.Escaped("ada@plenum.test/phone");

    [GlobalSetup]
    public void Open() => _scanner.OpenWithoutTag();

    [Benchmark]
    public int Route()
    {
        _scanner.Scan(_octets, out var item, out _);
        Stanza.TryRead(item, XmlLimits.Client, out var stanza, out _);
        _output.ResetWrittenCount();
        stanza.WriteTo(_output, _to, _from);
        return _output.WrittenCount;
    }
}
