using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Mail;
using Plenum.Discussions.Domain;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;

namespace Plenum.Discussions.Posting;

/// <summary>Who wrote a mail, as far as that is sure.</summary>
/// <param name="Viewer">With whose rights it is judged: the account's, else a guest's.</param>
/// <param name="IsAuthentic">The sender signed in, or its domain vouches for the mail.</param>
public sealed record MailAuthor(PostAuthor Author, Viewer Viewer, bool IsAuthentic);

/// <summary>Finds the account behind a mail. From alone proves nothing: anyone can write it.</summary>
public sealed class AuthorOfMail(PlenumDb db, ViewerSource viewers)
{
    public async Task<MailAuthor> OfAsync(IncomingMail mail, ReadMessage message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(message);
        var address = MailAddress.TryParse(message.FromAddress, out var from) ? from.ToString() : "";
        if (mail.Submitter is { } submitter)
        {
            var writer = await viewers.ForAsync(submitter, cancellation);

            // In an office one writes under its name; as oneself, under the name of the account.
            var name = from.BaseLocalPart == writer.Login || message.FromName.Length == 0 ? writer.DisplayName : message.FromName;
            return new(new(submitter, name, address), writer, IsAuthentic: true);
        }

        var isAuthentic = address.Length > 0 && IsAuthentic(mail, from.Domain);
        if (isAuthentic && await FindAsync(address, cancellation) is { } account)
        {
            var writer = await viewers.ForAsync(account.Id, cancellation);
            if (writer.IsSignedIn)
            {
                return new(new(account.Id, account.DisplayName, address), writer, true);
            }
        }

        return new(new(null, message.FromName, address), await viewers.GuestAsync(cancellation), isAuthentic);
    }

    /// <summary>May copies keep the author's From? Not if its domain asks receivers to refuse what it did not send or sign itself.</summary>
    public static bool MayKeepFrom(IncomingMail mail, ReadMessage message, Board board)
    {
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(board);
        if (!MailAddress.TryParse(message.FromAddress, out var from))
        {
            return false;
        }

        return mail.Origin == MailOrigin.Relay
            ? mail.Authentication is { DmarcPolicy: "" or "none", Dmarc: not AuthenticationResult.TempError }
            : IsAligned(from.Domain, board.Domain ?? ""); // Our signature is the list domain's.
    }

    private async Task<Account?> FindAsync(string address, CancellationToken cancellation)
    {
        var email = address.ToLowerInvariant();
        return await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(a => a.Email == email, cancellation);
    }

    private static bool IsAuthentic(IncomingMail mail, string domain)
    {
        var found = mail.Authentication;
        return mail.Origin != MailOrigin.Relay
            || found.Dmarc == AuthenticationResult.Pass
            || found.DkimDomains.Any(d => IsAligned(domain, d))
            || (found.Spf == AuthenticationResult.Pass && MailAddress.TryParse(mail.ReversePath, out var sender) && IsAligned(domain, sender.Domain));
    }

    // Relaxed alignment (RFC 7489 §3.1) without the public suffix list: one is the other or lies below it.
    private static bool IsAligned(string domain, string other)
        => domain.Length > 0 && other.Contains('.', StringComparison.Ordinal)
            && (domain == other || domain.EndsWith("." + other, StringComparison.Ordinal) || other.EndsWith("." + domain, StringComparison.Ordinal));
}
