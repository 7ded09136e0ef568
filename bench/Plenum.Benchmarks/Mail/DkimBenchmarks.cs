using System.Text;
using BenchmarkDotNet.Attributes;
using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Dns;

namespace Plenum.Benchmarks.Mail;

/// <summary>A list sends one body to many: the body is hashed once, each copy's header is signed. One operation is one copy or one message.</summary>
[MemoryDiagnoser]
public class DkimBenchmarks
{
    private DkimSigner _rsa = null!;
    private DkimSigner _ed25519 = null!;
    private DkimVerifier _verifier = null!;
    private HeaderBlock _header = null!;
    private DkimBodyHash _hash = null!;
    private byte[] _body = null!;
    private byte[] _headerOctets = null!;
    private byte[] _signedByRsa = null!;
    private byte[] _signedByEd25519 = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var rsa = DkimPrivateKey.GenerateRsa();
        var ed25519 = DkimPrivateKey.GenerateEd25519();
        _rsa = new DkimSigner("lists.plenum.test", "r", rsa) { Fields = DkimFieldSelection.ForLists };
        _ed25519 = new DkimSigner("lists.plenum.test", "e", ed25519) { Fields = DkimFieldSelection.ForLists };
        _verifier = new DkimVerifier(new DnsTable()
            .AddTxt("r._domainkey.lists.plenum.test", rsa.ToDnsRecord()).AddTxt("e._domainkey.lists.plenum.test", ed25519.ToDnsRecord()));
        _headerOctets = Encoding.ASCII.GetBytes(
            "From: Ada via Techtalk <techtalk@lists.plenum.test>\r\nReply-To: Ada <ada@plenum.test>\r\nTo: member-04711@example.net\r\n"
            + "Subject: [techtalk] A quite usual subject line\r\nDate: Tue, 24 Nov 2026 10:00:00 +0100\r\nMessage-ID: <0123456789@plenum.test>\r\n"
            + "In-Reply-To: <9876543210@plenum.test>\r\nReferences: <1@plenum.test> <9876543210@plenum.test>\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nList-Id: <techtalk.lists.plenum.test>\r\n"
            + "List-Post: <mailto:techtalk@lists.plenum.test>\r\nList-Archive: <https://plenum.test/boards/techtalk>\r\n"
            + "List-Unsubscribe: <https://plenum.test/u/0123456789abcdef0123456789abcdef>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
            + "Precedence: list\r\nReceived: from a by b; Tue, 24 Nov 2026 10:00:00 +0100\r\n\r\n");
        _body = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("These are some words of a posting, as people write them.\r\n", 90)));
        _header = HeaderBlock.Parse(_headerOctets);
        _hash = DkimBodyHash.Compute(_body);
        _signedByRsa = [.. _rsa.Sign(_header, _hash), .. _headerOctets, .. _body];
        _signedByEd25519 = [.. _ed25519.Sign(_header, _hash), .. _headerOctets, .. _body];
    }

    [Benchmark]
    public byte[] Sign_a_whole_message_with_RSA_2048() => _rsa.Sign(_signedByRsa);

    [Benchmark]
    public byte[] Sign_header_of_a_copy_with_RSA_2048() => _rsa.Sign(HeaderBlock.Parse(_headerOctets), _hash);

    [Benchmark]
    public byte[] Sign_header_of_a_copy_with_Ed25519() => _ed25519.Sign(HeaderBlock.Parse(_headerOctets), _hash);

    [Benchmark]
    public async Task<bool> Verify_RSA_2048() => (await _verifier.VerifyAsync(_signedByRsa))[0].IsPass;

    [Benchmark]
    public async Task<bool> Verify_Ed25519() => (await _verifier.VerifyAsync(_signedByEd25519))[0].IsPass;

    [Benchmark]
    public DkimBodyHash Hash_body_of_5_KB() => DkimBodyHash.Compute(_body);
}
