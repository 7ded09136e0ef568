using BenchmarkDotNet.Attributes;
using Plenum.Protocols.Sasl;
using Plenum.Protocols.Sasl.Scram;

namespace Plenum.Benchmarks.Sasl;

/// <summary>The server's and the client's side of one sign-in by SCRAM-SHA-256. The client's password is stretched 4,096 times, as RFC 7677 asks.</summary>
[MemoryDiagnoser]
public class ScramBenchmarks
{
    private readonly ScramVerifier _verifier = ScramVerifier.Create("a password of ours", ScramHash.Sha256);

    [Benchmark]
    public bool Sign_in_both_sides()
    {
        var client = new ScramClient("ada", "a password of ours", ScramHash.Sha256);
        var server = new ScramServer(ScramHash.Sha256, requireBinding: false, []);
        server.Respond(client.Start());
        return server.Supply(new SaslAnswer.Verifier(_verifier)) is SaslStep.Challenge first && client.TryRespond(first.Octets.Span, out var final)
            && server.Respond(final) is SaslStep.Succeeded done && client.Verify(done.Octets);
    }

    /// <summary>All that a server does but for the proof: what a flood of strangers costs it.</summary>
    [Benchmark]
    public bool Server_until_the_challenge()
    {
        var server = new ScramServer(ScramHash.Sha256, requireBinding: false, []);
        server.Respond("n,,n=ada,r=fyko+d2lbbFgONRv9qkxdawL"u8.ToArray());
        return server.Supply(new SaslAnswer.Verifier(_verifier)) is SaslStep.Challenge;
    }
}
