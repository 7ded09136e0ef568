using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Plenum.Protocols.Sasl;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>One client side conversation: greeting, EHLO, STARTTLS, sign-in, any number of transactions. Not for two callers at once.</summary>
/// <remarks>
/// Every method throws <see cref="SmtpProtocolException"/> when the connection breaks or the server talks nonsense, and
/// <see cref="TimeoutException"/> when it is silent; the connection is of no use then. Refusals are values.
/// </remarks>
public sealed class SmtpClientConnection(IDuplexPipe pipe, SmtpClientOptions options, TimeProvider time)
{
    private static readonly SearchValues<char> PathEnds = SearchValues.Create("\r\n\0<> ");
    private readonly SmtpReplyReader _replies = new();
    private IDuplexPipe _pipe = pipe;

    public SmtpExtensions Extensions { get; private set; } = SmtpExtensions.None;

    /// <summary>Recipients that may go into one transaction.</summary>
    public int MaxRecipients => Extensions.MaxRecipients ?? options.MaxRecipients;

    /// <summary>Waits for the greeting: 220, or a refusal.</summary>
    public Task<SmtpReply> GreetAsync(CancellationToken cancellation) => ReadReplyAsync(options.GreetingTimeout, cancellation);

    /// <summary>Says EHLO, and HELO to a server that does not know it (RFC 5321 §3.2).</summary>
    /// <returns>250, or the refusal.</returns>
    public async Task<SmtpReply> HelloAsync(CancellationToken cancellation)
    {
        var reply = await CommandAsync($"EHLO {options.HelloName}", cancellation);
        Extensions = reply.Code == 250 ? SmtpExtensions.Parse(reply) : SmtpExtensions.None;
        return reply.IsPermanent ? await CommandAsync($"HELO {options.HelloName}", cancellation) : reply;
    }

    /// <summary>Turns TLS on and says EHLO again (RFC 3207).</summary>
    /// <param name="upgrade">Does the handshake as client.</param>
    /// <returns>Null if TLS is on, else the server's refusal; the connection is still good in the clear.</returns>
    public async Task<SmtpReply?> StartTlsAsync(Func<IDuplexPipe, CancellationToken, ValueTask<IDuplexPipe>> upgrade, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(upgrade);
        var reply = await CommandAsync("STARTTLS", cancellation);
        if (reply.Code != 220)
        {
            return reply;
        }

        if (_pipe.Input.TryRead(out var early))
        {
            // Said in the clear, to be taken for an answer within TLS (CVE-2021-38371 and kin).
            _pipe.Input.AdvanceTo(early.Buffer.End);
            throw new SmtpProtocolException("The server sent more than its reply before the TLS handshake.");
        }

        _pipe = await upgrade(_pipe, cancellation);
        var hello = await HelloAsync(cancellation);
        return hello.IsPositive ? null : hello;
    }

    /// <summary>Signs in with one mechanism (RFC 4954).</summary>
    /// <returns>235, or the refusal. A server that did not prove itself (SCRAM) is refused too.</returns>
    public async Task<SmtpReply> SignInAsync(SaslClient exchange, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        var initial = exchange.Start();
        var reply = await CommandAsync($"AUTH {exchange.Mechanism} {(initial.IsEmpty ? "=" : Convert.ToBase64String(initial.Span))}", cancellation);
        while (reply.Code == 334)
        {
            var challenge = new byte[reply.Text.Length];
            reply = Convert.TryFromBase64String(reply.Text, challenge, out var length) && exchange.TryRespond(challenge.AsSpan(0, length), out var response)
                ? await CommandAsync(Convert.ToBase64String(response.Span), cancellation)
                : await CommandAsync("*", cancellation);
        }

        return reply.Code == 235 && !exchange.Verify(null) ? throw new SmtpProtocolException("The server did not prove that it knows the password.") : reply;
    }

    /// <summary>Hands one message over.</summary>
    /// <exception cref="ArgumentException">An address holds what would end its path or line; nothing was sent.</exception>
    public async Task<SmtpTransactionResult> SendAsync(SmtpTransaction transaction, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        if (transaction.Recipients.Select(r => r.Address).Append(transaction.ReversePath).FirstOrDefault(a => a.AsSpan().ContainsAny(PathEnds)) is { } broken)
        {
            throw new ArgumentException($"\"{broken}\" is no address.", nameof(transaction));
        }

        return Extensions.HasPipelining ? await SendInOneGoAsync(transaction, cancellation) : await SendStepByStepAsync(transaction, cancellation);
    }

    /// <summary>Gives up the transaction under way (RSET); the connection stays good.</summary>
    public Task<SmtpReply> ResetAsync(CancellationToken cancellation) => CommandAsync("RSET", cancellation);

    /// <summary>Says goodbye; closing the pipe is the caller's.</summary>
    public Task<SmtpReply> QuitAsync(CancellationToken cancellation) => CommandAsync("QUIT", cancellation);

    // RFC 2920 §3.1: MAIL, all RCPT and DATA in one packet; their replies come in order.
    private async Task<SmtpTransactionResult> SendInOneGoAsync(SmtpTransaction transaction, CancellationToken cancellation)
    {
        Write(SmtpCommandText.Mail(transaction, Extensions));
        foreach (var recipient in transaction.Recipients)
        {
            Write(SmtpCommandText.Recipient(recipient, Extensions));
        }

        Write("DATA");
        await FlushAsync(options.CommandTimeout, cancellation);
        var mail = await ReadReplyAsync(options.CommandTimeout, cancellation);
        var replies = new List<SmtpReply>(transaction.Recipients.Count);
        foreach (var _ in transaction.Recipients)
        {
            replies.Add(await ReadReplyAsync(options.CommandTimeout, cancellation));
        }

        var data = await ReadReplyAsync(options.CommandTimeout, cancellation);
        var anyAccepted = mail.IsPositive && replies.Exists(r => r.IsPositive);
        if (data.Code == 354)
        {
            var content = anyAccepted ? await SendContentAsync(transaction, cancellation) : await SendNothingAsync(cancellation);
            return Result(mail, replies, content, wasSent: anyAccepted);
        }

        if (mail.IsPositive)
        {
            await ResetAsync(cancellation);
        }

        return Result(mail, replies, data, wasSent: anyAccepted);
    }

    private async Task<SmtpTransactionResult> SendStepByStepAsync(SmtpTransaction transaction, CancellationToken cancellation)
    {
        var mail = await CommandAsync(SmtpCommandText.Mail(transaction, Extensions), cancellation);
        var replies = new List<SmtpReply>(transaction.Recipients.Count);
        foreach (var recipient in mail.IsPositive ? transaction.Recipients : [])
        {
            replies.Add(await CommandAsync(SmtpCommandText.Recipient(recipient, Extensions), cancellation));
        }

        if (!mail.IsPositive)
        {
            return new([.. transaction.Recipients.Select(_ => mail)]) { Common = mail };
        }

        if (!replies.Exists(r => r.IsPositive))
        {
            await ResetAsync(cancellation);
            return new(replies);
        }

        var data = await CommandAsync("DATA", cancellation);
        if (data.Code != 354)
        {
            await ResetAsync(cancellation);
            return Result(mail, replies, data, wasSent: true);
        }

        return Result(mail, replies, await SendContentAsync(transaction, cancellation), wasSent: true);
    }

    private static SmtpTransactionResult Result(SmtpReply mail, List<SmtpReply> replies, SmtpReply last, bool wasSent)
        => !mail.IsPositive ? new([.. replies.Select(_ => mail)]) { Common = mail }
            : wasSent ? new([.. replies.Select(r => r.IsPositive ? last : r)]) { Common = last }
            : new(replies);

    private async Task<SmtpReply> SendContentAsync(SmtpTransaction transaction, CancellationToken cancellation)
    {
        await using var content = await transaction.OpenContent(cancellation);
        var encoder = new SmtpDataEncoder();
        var buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
        try
        {
            while (await content.ReadAsync(buffer, cancellation) is > 0 and var read)
            {
                encoder.Encode(buffer.AsSpan(0, read), _pipe.Output);
                await FlushAsync(options.DataTimeout, cancellation);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        encoder.Finish(_pipe.Output);
        await FlushAsync(options.DataTimeout, cancellation);
        return await ReadReplyAsync(options.FinalTimeout, cancellation);
    }

    // RFC 2920 §3.1: the server waits for a message nobody would get.
    private async Task<SmtpReply> SendNothingAsync(CancellationToken cancellation) => await CommandAsync(".", cancellation);

    private async Task<SmtpReply> CommandAsync(string line, CancellationToken cancellation)
    {
        Write(line);
        await FlushAsync(options.CommandTimeout, cancellation);
        return await ReadReplyAsync(options.CommandTimeout, cancellation);
    }

    private void Write(string line)
    {
        if (line.AsSpan().ContainsAny("\r\n\0"))
        {
            throw new ArgumentException("A command line holds a line break.", nameof(line));
        }

        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{line}\r\n"), _pipe.Output);
    }

    private async ValueTask FlushAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        var result = await WithinAsync(timeout, token => _pipe.Output.FlushAsync(token), cancellation);
        if (result.IsCompleted)
        {
            throw new SmtpProtocolException("The server closed the connection.");
        }
    }

    private async Task<SmtpReply> ReadReplyAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        while (true)
        {
            if (!_pipe.Input.TryRead(out var read))
            {
                read = await WithinAsync(timeout, token => _pipe.Input.ReadAsync(token), cancellation);
            }

            var buffer = read.Buffer;
            _replies.TryRead(ref buffer, out var reply, out var problem);
            _pipe.Input.AdvanceTo(buffer.Start, reply is null ? buffer.End : buffer.Start);
            if (reply is not null)
            {
                return reply;
            }

            if (problem is not null || read.IsCompleted)
            {
                throw new SmtpProtocolException(problem ?? "The server closed the connection.");
            }
        }
    }

    private async ValueTask<T> WithinAsync<T>(TimeSpan timeout, Func<CancellationToken, ValueTask<T>> step, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await step(both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException("The server did not answer in time.");
        }
        catch (Exception broken) when (broken is IOException or System.Net.Sockets.SocketException or InvalidOperationException)
        {
            throw new SmtpProtocolException("The connection broke: " + broken.Message, broken);
        }
    }
}
