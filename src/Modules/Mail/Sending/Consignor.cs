using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Logging;
using Plenum.Contracts.Mail;
using Plenum.Mail.Queue;
using Plenum.Protocols.Mail.Dsn;
using Plenum.Protocols.Mail.Smtp;

namespace Plenum.Mail.Sending;

/// <summary>Opens connections to a destination and hands consignments over them.</summary>
internal sealed partial class Consignor(
    MxRoutes routes, SmartHost smartHost, OutgoingMessages messages, MailNames names, TimeProvider clock, ILogger<Consignor> log)
{
    /// <summary>Name of the lane to the smart host; no domain has it.</summary>
    public const string SmartHostLane = "smart host";

    /// <summary>Recipients in one consignment; hosts take at least 100 (RFC 5321 §4.5.3.1.8).</summary>
    public const int MaxRecipients = 100;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30); // smtp_connect_timeout of Postfix.

    private SmtpClientOptions ClientOptions => new() { HelloName = names.HostName };

    /// <summary>Opens a connection to the first host of the destination that takes one.</summary>
    /// <returns>The connection, or what becomes of copies for this destination.</returns>
    public async Task<(OutgoingConnection? Connection, Func<LeasedCopy, CopyOutcome>? Trouble)> OpenAsync(string lane, CancellationToken cancellation)
    {
        var isSmart = lane == SmartHostLane;
        var route = isSmart ? await smartHost.FindAsync(cancellation) : await routes.FindAsync(lane, cancellation);
        if (route.Hosts.Count == 0)
        {
            return (null, copy => route.IsFinal ? CopyOutcome.Failed(copy, route.Status, route.Why) : CopyOutcome.Later(copy, route.Status, route.Why));
        }

        var why = "";
        var last = route.Hosts[0];
        foreach (var host in route.Hosts)
        {
            last = host;
            var (connection, trouble) = await TryAsync(host, isSmart ? smartHost.Tls : OutgoingTls.WhenOffered, isSmart, cancellation);
            if (connection is not null)
            {
                return (connection, null);
            }

            why = trouble;
            LogNotOpened(host.Name, trouble);
        }

        return (null, copy => CopyOutcome.Later(copy, "4.4.1", why, last.Name));
    }

    /// <summary>Hands one consignment over.</summary>
    /// <returns>Outcomes, copies the host took no more of in this transaction, and whether the connection is of no use any more.</returns>
    public async Task<(IReadOnlyList<CopyOutcome> Outcomes, IReadOnlyList<LeasedCopy> LeftOver, bool IsBroken)> SendAsync(
        OutgoingConnection connection, IReadOnlyList<LeasedCopy> consignment, CancellationToken cancellation)
    {
        var extensions = connection.Client.Extensions;
        var host = connection.Host.Name;
        OutgoingForm? form;
        try
        {
            form = await messages.Of(consignment[0].Message).FormForAsync(extensions);
        }
        catch (Exception failed) when (!cancellation.IsCancellationRequested)
        {
            LogNotPrepared(failed, consignment[0].Message.Id);
            messages.Forget(consignment[0].Message);
            return ([.. consignment.Select(c => CopyOutcome.Later(c, "4.3.0", "The message could not be made ready"))], [], false);
        }

        var sendable = consignment.Where(c => extensions.HasUtf8 || Ascii.IsValid(c.ReturnPath + LocalPart(c.Address))).ToList();
        List<CopyOutcome> outcomes =
        [
            .. consignment.Except(sendable).Select(c => CopyOutcome.Failed(c, "5.6.7", "The next host does not take addresses beyond ASCII", DeliveryOutcome.AddressFailed, host)),
        ];
        if (form is null)
        {
            return ([.. consignment.Select(c => CopyOutcome.Failed(c, "5.6.7", "The next host does not take addresses beyond ASCII in the header", DeliveryOutcome.PolicyRefused, host))], [], false);
        }

        var head = form.Head(consignment[0].Headers);
        var size = head.Length + form.BodyLength;
        if (size > extensions.MaxSize)
        {
            return ([.. consignment.Select(c => CopyOutcome.Failed(c, "5.3.4", $"The message is larger than the {extensions.MaxSize} octets the next host takes", DeliveryOutcome.PolicyRefused, host))], [], false);
        }

        var now = sendable.Take(connection.Client.MaxRecipients).ToList();
        List<LeasedCopy> leftOver = [.. sendable.Skip(now.Count)];
        if (now.Count == 0)
        {
            return (outcomes, leftOver, false);
        }

        try
        {
            var result = await connection.Client.SendAsync(Transaction(consignment[0], now, form, head, size), cancellation);
            var wasTaken = result.Replies.Any(r => r.IsPositive);
            foreach (var (copy, reply) in now.Zip(result.Replies))
            {
                if (wasTaken && reply is { Code: 452 or 552, Status: null or { Subject: 5, Detail: 3 } }) // RFC 5321 §4.5.3.1.10
                {
                    leftOver.Add(copy);
                }
                else
                {
                    outcomes.Add(CopyOutcome.Of(copy, reply, host) with { IsRelayedSilently = reply.IsPositive && !extensions.HasDsn });
                }
            }

            return (outcomes, leftOver, result.Replies.Any(r => r.Code == 421));
        }
        catch (Exception broken) when (broken is SmtpProtocolException or TimeoutException or IOException or SocketException)
        {
            outcomes.AddRange(now.Select(c => CopyOutcome.Later(c, "4.4.2", broken.Message, host)));
            return (outcomes, leftOver, true);
        }
        catch (Exception failed) when (!cancellation.IsCancellationRequested)
        {
            LogNotSent(failed, consignment[0].Message.Id);
            outcomes.AddRange(now.Select(c => CopyOutcome.Later(c, "4.3.0", "Trouble on our side")));
            return (outcomes, leftOver, true);
        }
    }

    private static SmtpTransaction Transaction(LeasedCopy first, List<LeasedCopy> copies, OutgoingForm form, byte[] head, long size) => new()
    {
        ReversePath = first.ReturnPath,
        Recipients =
        [
            .. copies.Select(c => new SmtpDestination(
                c.Address,
                c.Notify is { } said && DsnParameters.TryParseNotify(said, out var notify) ? notify : DsnNotify.Unspecified,
                c.OriginalRecipient is { } original && TypedText.TryParseOrcpt(original, out var typed) ? typed : null)),
        ],
        Size = size,
        IsEightBit = form.Facts.HasEightBitBody,
        IsUtf8 = form.Facts.HasUtf8Header || !Ascii.IsValid(first.ReturnPath) || copies.Exists(c => !Ascii.IsValid(LocalPart(c.Address))),
        EnvelopeId = first.Message.EnvelopeId,
        Return = first.Message.ReturnsHeadersOnly ? DsnReturn.Headers : DsnReturn.Unspecified,
        OpenContent = cancellation => form.OpenAsync(head, cancellation),
    };

    private static string LocalPart(string address) => address[..address.LastIndexOf('@')];

    private async Task<(OutgoingConnection? Connection, string Trouble)> TryAsync(RouteHost host, OutgoingTls tls, bool isSmart, CancellationToken cancellation)
    {
        try
        {
            var (connection, refusal) = await OutgoingConnection.OpenAsync(host, tls, ClientOptions, ConnectTimeout, clock, cancellation);
            if (connection is not null && isSmart && await smartHost.SignInAsync(connection, cancellation) is { } noEntry)
            {
                await connection.QuitAsync();
                return (null, noEntry.ToString());
            }

            return (connection, refusal?.ToString() ?? "");
        }
        catch (AuthenticationException) when (tls is OutgoingTls.WhenOffered)
        {
            return await TryAsync(host, OutgoingTls.None, isSmart, cancellation); // RFC 7435 §3: rather in the clear than not at all.
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, $"No connection to {host.Name} within {ConnectTimeout.TotalSeconds:0} seconds");
        }
        catch (Exception failed) when (failed is SocketException or IOException or SmtpProtocolException or TimeoutException or AuthenticationException)
        {
            return (null, $"{host.Name} [{host.Address}]: {failed.Message}");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "No connection for mail to {Host}: {Why}")]
    private partial void LogNotOpened(string host, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {Message} could not be made ready; it is tried again")]
    private partial void LogNotPrepared(Exception failed, MailMessageId message);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {Message} could not be sent; it is tried again")]
    private partial void LogNotSent(Exception failed, MailMessageId message);
}
