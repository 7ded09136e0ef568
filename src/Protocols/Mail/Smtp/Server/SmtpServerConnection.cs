using System.IO.Pipelines;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>Serves one client: commands in, replies out in order, messages streamed to the policy.</summary>
/// <param name="pipe">The connection, TLS already on where the options say so.</param>
public sealed class SmtpServerConnection(IDuplexPipe pipe, ISmtpServerPolicy policy, SmtpServerOptions options, TimeProvider time)
{
    private readonly SmtpServerSession _session = new(policy, options);
    private SmtpChunkedMessage? _chunks;
    private SmtpReply? _chunkRefusal;
    private int _signInFailures;

    /// <summary>Serves until the client quits or hangs up, a limit is passed, or the server stops.</summary>
    /// <param name="stopping">The server stops: a message that was read whole is still answered.</param>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        await using var wire = new SmtpWire(pipe, time, stopping);
        try
        {
            wire.Write(await policy.ConnectAsync(stopping) is { } refusal
                ? refusal with { ClosesConnection = true }
                : new(220, null, [$"{options.HostName} ESMTP Plenum"]));
            var staysOpen = true;
            while (staysOpen)
            {
                staysOpen = await ServeCommandAsync(wire, stopping);
            }
        }
        catch (SmtpHangUpException)
        {
            return;
        }
        catch (SmtpTimeoutException)
        {
            wire.Write(SmtpReplies.TimedOut);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            wire.Write(SmtpReplies.ShuttingDown);
        }
        finally
        {
            await AbortChunksAsync();
        }

        await SayLastAsync(wire);
    }

    private static async ValueTask SayLastAsync(SmtpWire wire)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5)); // The client may be gone already.
        try
        {
            await wire.Pipe.Output.FlushAsync(patience.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or InvalidOperationException)
        {
            // Nobody listens.
        }
    }

    private async ValueTask<bool> ServeCommandAsync(SmtpWire wire, CancellationToken stopping)
    {
        var (command, fault, isTooLong) = await wire.ReadLineAsync(options.MaxLineLength, options.CommandTimeout, static (line, isTooLong) =>
        {
            var command = SmtpCommand.Parse(line, out var fault);
            return (command, fault, isTooLong);
        });
        if (isTooLong)
        {
            return Say(wire, _session.Counted(SmtpReplies.LineTooLong));
        }

        var step = await _session.HandleAsync(command, fault, stopping);
        if (_session.Envelope is null)
        {
            await AbortChunksAsync(); // RSET, EHLO: RFC 3030 §2.
        }

        switch (step.Next)
        {
            case SmtpNext.Data:
                return Say(wire, await ReceiveAsync(wire, stopping));
            case SmtpNext.Chunk:
                return Say(wire, await TakeChunkAsync(wire, step.ChunkSize, step.IsLastChunk, stopping));
            case SmtpNext.StartTls:
                return await StartTlsAsync(wire, stopping);
            case SmtpNext.SignIn:
                return Say(wire, await SignInAsync(wire, step.Argument, stopping));
            default:
                return Say(wire, step.Reply!);
        }
    }

    private static bool Say(SmtpWire wire, SmtpReply reply)
    {
        wire.Write(reply);
        return !reply.ClosesConnection;
    }

    private async ValueTask<SmtpReply> ReceiveAsync(SmtpWire wire, CancellationToken stopping)
    {
        wire.Write(SmtpReplies.StartData);
        await using var content = new SmtpDataStream(wire, options);
        SmtpReply reply;
        try
        {
            reply = await policy.ReceiveAsync(_session.Facts, _session.Envelope!, content, stopping);
        }
        catch (SmtpContentException broken)
        {
            reply = broken.Reply;
        }

        reply = await content.DrainAsync() ?? reply;
        _session.EndTransaction(reply.IsPositive);
        return _session.Counted(reply);
    }

    private async ValueTask<SmtpReply> TakeChunkAsync(SmtpWire wire, long size, bool isLast, CancellationToken stopping)
    {
        if ((_chunkRefusal ?? _session.RefuseChunk()) is { } refusal)
        {
            // RFC 3030 §2: the octets come whatever we said before, so they must be swallowed.
            await DropAsync(wire, size);
            if (isLast)
            {
                _session.EndTransaction(wasTaken: false);
            }

            return _session.Counted(refusal);
        }

        _session.HasChunks = true;
        var (facts, envelope) = (_session.Facts, _session.Envelope!);
        _chunks ??= new(options.MaxMessageBytes, content => ReceiveChunksAsync(facts, envelope, content, stopping));
        await _chunks.TakeAsync(wire, size, options.DataTimeout);
        if (!isLast && !_chunks.IsDecided)
        {
            return SmtpReplies.Ok;
        }

        var reply = isLast ? await _chunks.FinishAsync() : await _chunks.Receiving;
        _chunks = null;
        if (isLast)
        {
            _session.EndTransaction(reply.IsPositive);
        }
        else
        {
            _chunkRefusal = reply; // For the chunks that are on their way already, until RSET.
        }

        return _session.Counted(reply);
    }

    private async Task<SmtpReply> ReceiveChunksAsync(SmtpSessionFacts facts, SmtpEnvelope envelope, Stream content, CancellationToken stopping)
    {
        try
        {
            await using (content)
            {
                return await policy.ReceiveAsync(facts, envelope, content, stopping);
            }
        }
        catch (SmtpContentException broken)
        {
            return broken.Reply;
        }
    }

    private async ValueTask DropAsync(SmtpWire wire, long size)
    {
        while (size > 0)
        {
            var input = await wire.ReadAsync(options.DataTimeout);
            var piece = input.Slice(0, Math.Min(size, input.Length));
            size -= piece.Length;
            wire.Input.AdvanceTo(piece.End);
        }
    }

    private async ValueTask AbortChunksAsync()
    {
        _chunkRefusal = null;
        if (_chunks is { } given)
        {
            _chunks = null;
            await given.AbortAsync();
        }
    }

    private async ValueTask<bool> StartTlsAsync(SmtpWire wire, CancellationToken stopping)
    {
        wire.DropUnread();
        wire.Write(SmtpReplies.ReadyForTls);
        await wire.FlushAsync(options.CommandTimeout);
        try
        {
            wire.Replace(await policy.StartTlsAsync(wire.Pipe, stopping));
        }
        catch (System.Security.Authentication.AuthenticationException)
        {
            throw new SmtpHangUpException(); // RFC 3207 §4.1: there is no common language left.
        }

        _session.Encrypted();
        return true;
    }

    private async ValueTask<SmtpReply> SignInAsync(SmtpWire wire, string argument, CancellationToken stopping)
    {
        var reply = await new SmtpSignIn(wire, policy, options).RunAsync(argument, stopping);
        if (reply.IsPositive)
        {
            _session.SignedIn();
            return reply;
        }

        return ++_signInFailures >= options.MaxSignInFailures ? reply with { ClosesConnection = true } : _session.Counted(reply);
    }
}
