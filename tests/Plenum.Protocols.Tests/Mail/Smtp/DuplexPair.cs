using System.IO.Pipelines;

namespace Plenum.Protocols.Tests.Mail.Smtp;

/// <summary>Two ends of a connection in memory.</summary>
internal sealed class DuplexPair
{
    public DuplexPair()
    {
        Pipe there = new(new PipeOptions(useSynchronizationContext: false)), back = new(new PipeOptions(useSynchronizationContext: false));
        Server = new End(there.Reader, back.Writer);
        Client = new End(back.Reader, there.Writer);
    }

    public IDuplexPipe Server { get; }

    public IDuplexPipe Client { get; }

    private sealed record End(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
