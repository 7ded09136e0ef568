using System.Buffers;
using System.Text;
using Plenum.Protocols.Sasl;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>Carries one SASL exchange over the wire (RFC 4954 §4).</summary>
internal sealed class SmtpSignIn(SmtpWire wire, ISmtpServerPolicy policy, SmtpServerOptions options)
{
    /// <param name="argument">What stands after AUTH: mechanism and perhaps an initial response.</param>
    /// <returns>235, or why not.</returns>
    public async ValueTask<SmtpReply> RunAsync(string argument, CancellationToken cancellation)
    {
        var words = argument.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 2 || SaslServer.Create(words[0], policy.Bindings) is not { } exchange)
        {
            return words.Length > 2 ? SmtpReplies.BadParameter("AUTH") : SmtpReplies.NoMechanism;
        }

        ReadOnlyMemory<byte>? initial = null;
        if (words.Length == 2)
        {
            if (!TryDecode(words[1] == "=" ? "" : words[1], out var octets))
            {
                return NotBase64;
            }

            initial = octets;
        }

        var step = exchange.Respond(initial);
        while (true)
        {
            switch (step)
            {
                case SaslStep.Challenge challenge:
                    if (await AskClientAsync(challenge.Octets) is not { } response)
                    {
                        return NotBase64;
                    }

                    step = response.IsAborted ? exchange.Abort() : exchange.Respond(response.Octets);
                    break;
                case SaslStep.Succeeded { Octets: { } proof } succeeded:
                    // RFC 4954 §4: data with success goes as one more challenge, which the client answers with an empty line.
                    step = await AskClientAsync(proof) is { IsAborted: false } ? succeeded with { Octets = null } : exchange.Abort();
                    break;
                case SaslStep.Succeeded or SaslStep.Failed:
                    return await policy.ConcludeSignInAsync(exchange, step, cancellation);
                default:
                    step = exchange.Supply(await policy.AskAsync(step, cancellation));
                    break;
            }
        }
    }

    private static SmtpReply NotBase64 { get; } = new(501, "5.5.2", "Not base64");

    private async ValueTask<Response?> AskClientAsync(ReadOnlyMemory<byte> octets)
    {
        Encoding.ASCII.GetBytes($"334 {Convert.ToBase64String(octets.Span)}\r\n", wire.Pipe.Output); // Not bound to 512 octets (RFC 4954 §4).
        return await wire.ReadLineAsync(options.MaxSignInLineLength, options.CommandTimeout, Read);
    }

    private static Response? Read(ReadOnlySequence<byte> line, bool isTooLong)
    {
        var text = isTooLong ? "-" : Encoding.Latin1.GetString(line);
        return text == "*" ? new(true, default) : TryDecode(text, out var octets) ? new Response(false, octets) : null;
    }

    private static bool TryDecode(string text, out byte[] octets)
    {
        octets = [];
        var buffer = new byte[text.Length];
        if (text.AsSpan().ContainsAny(" \t\r\n") || !Convert.TryFromBase64String(text, buffer, out var written))
        {
            return false;
        }

        octets = buffer[..written];
        return true;
    }

    private sealed record Response(bool IsAborted, ReadOnlyMemory<byte> Octets);
}
