using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Mail.Domain;

namespace Plenum.Mail.Queue;

/// <summary>Takes mail of other modules into the queue, within their unit of work.</summary>
internal sealed class MailQueue(
    PlenumDb db, Blobs blobs, SystemSender system, MailNames names, QueueBell bell, IOptions<MailOptions> options, TimeProvider clock) : IMailQueue
{
    private const long MaxSystemMail = 1024 * 1024; // Codes and links; a megabyte is a mistake.

    public async ValueTask<MailMessageId> EnqueueAsync(OutgoingMail mail, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var message = mail switch
        {
            SystemMail letter => await WriteAsync(letter, cancellation),
            MailCopies copies => await CopyAsync(copies, cancellation),
            _ => throw new ArgumentException($"{mail.GetType().Name} is no kind of mail the queue knows.", nameof(mail)),
        };
        db.Add(message);
        bell.Expect(db);
        return message.Id;
    }

    internal static string BlobKey(MailMessageId message) => "queue:" + message;

    private async Task<QueuedMessage> WriteAsync(SystemMail mail, CancellationToken cancellation)
    {
        var octets = await system.WriteAsync(mail, cancellation);
        var to = SystemSender.Parse(mail.To);
        var message = New(mail, BlobHash.Of(octets).Hex, octets.Length, (await names.SystemSenderAsync(cancellation)).Domain);
        message.Add(to.ToString(), to.Domain);
        using var content = new MemoryStream(octets);
        await blobs.PutAsync(db, content, MailModule.Name, BlobKey(message.Id), MaxSystemMail, cancellation);
        return message;
    }

    private async Task<QueuedMessage> CopyAsync(MailCopies mail, CancellationToken cancellation)
    {
        if (!BlobHash.TryParse(mail.Blob, out var hash) || await blobs.LengthAsync(db, hash, cancellation) is not { } size)
        {
            throw new ArgumentException("There is no such blob.", nameof(mail));
        }

        if (!MailAddress.TryFoldDomain(mail.Domain, out var domain))
        {
            throw new ArgumentException($"\"{mail.Domain}\" is no domain.", nameof(mail));
        }

        var message = New(mail, mail.Blob, size, domain);
        var seen = new HashSet<string>(mail.Copies.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var copy in mail.Copies)
        {
            var address = SystemSender.Parse(copy.Recipient);
            if (seen.Add(address.ToString()))
            {
                message.Add(address.ToString(), address.Domain, copy.Reference, ReturnPath(copy), Lines(copy.Headers));
            }
        }

        await blobs.ReferToAsync(db, hash, MailModule.Name, BlobKey(message.Id), cancellation);
        return message;
    }

    private QueuedMessage New(OutgoingMail mail, string blob, long size, string domain)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var latest = now + options.Value.QueueLifetime;
        return new(mail.Source, blob, size, now, mail.ExpiresAt is { } wanted && wanted < latest ? wanted : latest)
        {
            Reference = mail.Reference,
            Domain = domain,
            ChainResults = (mail as MailCopies)?.Chain?.Results,
            ChainStatus = (mail as MailCopies)?.Chain?.Status ?? AuthenticationResult.None,
            ChainInstances = (mail as MailCopies)?.Chain?.Instances ?? 0,
        };
    }

    private static string? ReturnPath(MailCopy copy) => copy.ReturnPath is { Length: > 0 } path ? SystemSender.Parse(path).ToString() : copy.ReturnPath;

    private static string Lines(IReadOnlyList<MailHeader> headers)
    {
        if (headers.Count == 0)
        {
            return "";
        }

        var lines = new StringBuilder();
        foreach (var (name, value) in headers)
        {
            if (name.Length == 0 || name.Any(c => c is <= ' ' or ':' or >= '\x7F') || !Ascii.IsValid(value))
            {
                throw new ArgumentException($"\"{name}\" is no header field in ASCII.", nameof(headers));
            }

            lines.Append(CultureInfo.InvariantCulture, $"{name}: {SystemSender.OneLine(value)}\r\n");
        }

        return lines.ToString();
    }
}
