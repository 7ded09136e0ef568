using System.Globalization;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>What the connection does after a command.</summary>
internal enum SmtpNext
{
    Command,
    Data,
    Chunk,
    StartTls,
    SignIn,
}

/// <param name="Reply">To be sent at once; null where the next thing itself replies.</param>
/// <param name="ChunkSize">Octets of a BDAT chunk, which follow the command whatever the reply (RFC 3030 §2).</param>
internal readonly record struct SmtpStep(SmtpReply? Reply, SmtpNext Next = SmtpNext.Command, long ChunkSize = 0, bool IsLastChunk = false, string Argument = "");

/// <summary>The rules of one server side conversation (RFC 5321 §4.1.4): which command may follow which. Bytes and streams are the connection's.</summary>
internal sealed class SmtpServerSession(ISmtpServerPolicy policy, SmtpServerOptions options)
{
    private const long MaxChunk = 1L << 40; // Nobody sends a terabyte; the number would not fit a length any more.
    private int _errors;
    private int _idleCommands;
    private bool _anyRecipientRefused;

    public SmtpSessionFacts Facts { get; private set; } = new() { IsEncrypted = options.IsEncrypted };

    /// <summary>The transaction; null outside of one.</summary>
    public SmtpEnvelope? Envelope { get; private set; }

    /// <summary>A chunk of this transaction was taken.</summary>
    public bool HasChunks { get; set; }

    private bool OffersSignIn => options.Mechanisms.Count > 0 && Facts.IsEncrypted;

    public async ValueTask<SmtpStep> HandleAsync(SmtpCommand command, SmtpLineFault fault, CancellationToken cancellation)
    {
        var step = fault switch
        {
            SmtpLineFault.Control => new(SmtpReplies.LineEnd),
            SmtpLineFault.NotUtf8 => new(SmtpReplies.NotUtf8),
            _ => await StepAsync(command, cancellation),
        };
        return step.Reply is { } reply ? step with { Reply = Counted(reply, command.Verb) } : step;
    }

    /// <summary>Counts a reply that was made elsewhere; hands out the one that ends the connection when it was one too many.</summary>
    public SmtpReply Counted(SmtpReply reply, SmtpVerb verb = SmtpVerb.Unknown)
    {
        if (!reply.IsPositive && ++_errors > options.MaxErrors)
        {
            return SmtpReplies.TooManyErrors;
        }

        var isIdle = verb is SmtpVerb.Noop or SmtpVerb.Rset or SmtpVerb.Vrfy or SmtpVerb.Expn or SmtpVerb.Help or SmtpVerb.Ehlo or SmtpVerb.Helo;
        return isIdle && ++_idleCommands > options.MaxIdleCommands ? SmtpReplies.TooManyCommands : reply;
    }

    /// <summary>The transaction is over; a message that was taken pays for earlier errors.</summary>
    public void EndTransaction(bool wasTaken)
    {
        Envelope = null;
        HasChunks = false;
        _anyRecipientRefused = false;
        if (wasTaken)
        {
            _errors = _idleCommands = 0;
        }
    }

    /// <summary>RFC 3207 §4.2: after the handshake the client is as new.</summary>
    public void Encrypted()
    {
        EndTransaction(wasTaken: false);
        Facts = new() { IsEncrypted = true };
    }

    public void SignedIn() => Facts = Facts with { IsSignedIn = true };

    private async ValueTask<SmtpStep> StepAsync(SmtpCommand command, CancellationToken cancellation) => command.Verb switch
    {
        SmtpVerb.Ehlo or SmtpVerb.Helo => new(Hello(command)),
        SmtpVerb.Mail => new(await MailAsync(command.Argument, cancellation)),
        SmtpVerb.Rcpt => new(await RecipientAsync(command.Argument, cancellation)),
        SmtpVerb.Data => Data(command.Argument),
        SmtpVerb.Bdat => Chunk(command.Argument),
        SmtpVerb.Rset => Reset(command.Argument),
        SmtpVerb.Noop => new(SmtpReplies.Ok),
        SmtpVerb.Quit => new(SmtpReplies.Bye),
        SmtpVerb.Vrfy => new(command.Argument.Length == 0 ? SmtpReplies.BadPath : SmtpReplies.Verify),
        SmtpVerb.Expn => new(SmtpReplies.NotImplemented),
        SmtpVerb.Help => new(SmtpReplies.Help),
        SmtpVerb.StartTls => StartTls(command.Argument),
        SmtpVerb.Auth => SignIn(command.Argument),
        SmtpVerb.Foreign => new(SmtpReplies.WrongProtocol),
        _ => new(SmtpReplies.Unknown),
    };

    private SmtpReply Hello(SmtpCommand command)
    {
        // Any word will do: real clients say worse things than RFC 5321 §4.1.1.1 allows, and nothing is decided by it.
        if (command.Argument.Length is 0 or > 255)
        {
            return new(501, "5.5.4", "Say who you are");
        }

        EndTransaction(wasTaken: false);
        Facts = Facts with { HelloName = command.Argument.Split(' ')[0], IsExtended = command.Verb == SmtpVerb.Ehlo };
        return command.Verb == SmtpVerb.Helo
            ? new(250, null, [options.HostName])
            : new(250, null, [.. Extensions()]);
    }

    private IEnumerable<string> Extensions()
    {
        yield return options.HostName;
        yield return "PIPELINING"; // RFC 2920
        yield return string.Create(CultureInfo.InvariantCulture, $"SIZE {options.MaxMessageBytes}"); // RFC 1870
        if (options.OffersStartTls && !Facts.IsEncrypted)
        {
            yield return "STARTTLS"; // RFC 3207
        }

        if (OffersSignIn)
        {
            yield return "AUTH " + string.Join(' ', Mechanisms()); // RFC 4954
        }

        yield return "8BITMIME"; // RFC 6152
        yield return "ENHANCEDSTATUSCODES"; // RFC 2034
        yield return "DSN"; // RFC 3461
        yield return "CHUNKING"; // RFC 3030
        yield return string.Create(CultureInfo.InvariantCulture, $"LIMITS RCPTMAX={options.MaxRecipients}"); // RFC 9422
        yield return "SMTPUTF8"; // RFC 6531
    }

    private IEnumerable<string> Mechanisms()
        => options.Mechanisms.Where(m => policy.Bindings.Count > 0 || !m.EndsWith("-PLUS", StringComparison.Ordinal));

    private async ValueTask<SmtpReply> MailAsync(string argument, CancellationToken cancellation)
    {
        if (Facts.HelloName.Length == 0)
        {
            return SmtpReplies.HelloFirst;
        }

        if (options.RequiresSignIn && !Facts.IsSignedIn)
        {
            return Facts.IsEncrypted ? SmtpReplies.AuthenticationRequired : SmtpReplies.EncryptionRequired;
        }

        if (Envelope is not null)
        {
            return SmtpReplies.MailTwice;
        }

        if (SmtpEnvelopeReader.ReadMail(argument, options.MaxMessageBytes, out var envelope) is { } refusal)
        {
            return refusal;
        }

        var reply = await policy.MailAsync(Facts, envelope!, cancellation);
        Envelope = reply.IsPositive ? envelope : null;
        return reply;
    }

    private async ValueTask<SmtpReply> RecipientAsync(string argument, CancellationToken cancellation)
    {
        if (Envelope is null)
        {
            return SmtpReplies.MailFirst;
        }

        if (HasChunks)
        {
            return SmtpReplies.DataAfterChunks;
        }

        if (Envelope.Recipients.Count >= options.MaxRecipients)
        {
            return SmtpReplies.TooManyRecipients;
        }

        if (SmtpEnvelopeReader.ReadRecipient(argument, Envelope.IsUtf8, out var recipient) is { } refusal)
        {
            _anyRecipientRefused = true;
            return refusal;
        }

        var reply = await policy.RecipientAsync(Facts, Envelope, recipient!, cancellation);
        if (reply.IsPositive)
        {
            Envelope.Add(recipient!);
        }

        _anyRecipientRefused |= !reply.IsPositive;
        return reply;
    }

    private SmtpStep Data(string argument)
        => argument.Length > 0 ? new(SmtpReplies.NoArgument)
            : HasChunks ? new(SmtpReplies.DataAfterChunks)
            : Envelope is null ? new(SmtpReplies.MailFirst)
            : Envelope.Recipients.Count == 0 ? new(_anyRecipientRefused ? SmtpReplies.NoRecipients : SmtpReplies.NotInTransaction)
            : new(null, SmtpNext.Data);

    private static SmtpStep Chunk(string argument)
    {
        // bdat-cmd = "BDAT" SP chunk-size [SP "LAST"]
        var words = argument.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is not (1 or 2) || !long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size > MaxChunk
            || (words.Length == 2 && !words[1].Equals("LAST", StringComparison.OrdinalIgnoreCase)))
        {
            // Where the chunk would end is unknown: what follows cannot be told from commands.
            return new(SmtpReplies.BadParameter("BDAT") with { ClosesConnection = true });
        }

        return new(null, SmtpNext.Chunk, size, words.Length == 2);
    }

    /// <summary>Whether a chunk may be taken; else what to answer once its octets are gone.</summary>
    public SmtpReply? RefuseChunk()
        => Envelope is null ? SmtpReplies.MailFirst
            : Envelope.Recipients.Count == 0 ? SmtpReplies.NoRecipients
            : null;

    private SmtpStep Reset(string argument)
    {
        if (argument.Length > 0)
        {
            return new(SmtpReplies.NoArgument);
        }

        EndTransaction(wasTaken: false);
        return new(SmtpReplies.Ok);
    }

    private SmtpStep StartTls(string argument)
        => !options.OffersStartTls ? new(SmtpReplies.NotImplemented)
            : argument.Length > 0 ? new(SmtpReplies.NoArgument) // RFC 3207 §4
            : Facts.IsEncrypted ? new(SmtpReplies.AlreadyEncrypted)
            : new(null, SmtpNext.StartTls);

    private SmtpStep SignIn(string argument)
        => options.Mechanisms.Count == 0 ? new(SmtpReplies.NotImplemented)
            : !Facts.IsExtended ? new(SmtpReplies.HelloFirst)
            : !Facts.IsEncrypted ? new(SmtpReplies.EncryptionRequired)
            : Facts.IsSignedIn ? new(SmtpReplies.AlreadySignedIn)
            : Envelope is not null ? new(SmtpReplies.MailTwice) // RFC 4954 §4: not during a transaction
            : !Mechanisms().Contains(argument.Split(' ')[0].ToUpperInvariant()) ? new(SmtpReplies.NoMechanism)
            : new(null, SmtpNext.SignIn, Argument: argument);
}
