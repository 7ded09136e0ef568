using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel;
using Plenum.Kernel.Data;
using Plenum.SignOn.Domain;

namespace Plenum.SignOn.Recovery;

/// <summary>Makes and redeems secrets that travel by mail. A link opened twice works once; looking at it uses nothing up.</summary>
public sealed class MailLinks(PlenumDb db, TimeProvider clock)
{
    private const int SecretBytes = 32;

    /// <summary>Adds a link; the caller saves.</summary>
    /// <returns>The secret, for the address in the mail.</returns>
    public string Create(MailLinkPurpose purpose, AccountId? account, string email, TimeSpan lifetime, AccountId? invitedBy = null)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        var now = clock.GetUtcNow().UtcDateTime;
        db.Add(new MailLink
        {
            Id = Guid.CreateVersion7(),
            SecretHash = SHA256.HashData(secret),
            Purpose = purpose,
            AccountId = account,
            Email = email.Trim().ToLowerInvariant(),
            InvitedBy = invitedBy,
            CreatedAt = now,
            ExpiresAt = now + lifetime,
        });
        return Base64Url.EncodeToString(secret);
    }

    /// <returns>The link, or null if it is unknown, used, or too old.</returns>
    public async Task<MailLink?> FindAsync(MailLinkPurpose purpose, string? secret, CancellationToken cancellation)
    {
        if (secret is not { Length: > 0 and < 100 } || !Base64Url.IsValid(secret))
        {
            return null;
        }

        var hash = SHA256.HashData(Base64Url.DecodeFromChars(secret));
        var link = await db.Set<MailLink>().SingleOrDefaultAsync(l => l.SecretHash == hash && l.Purpose == purpose, cancellation);
        return link?.IsGood(clock.GetUtcNow().UtcDateTime) == true ? link : null;
    }

    /// <summary>Uses a link up. The update decides which of two requests at once wins.</summary>
    /// <exception cref="RuleException">The link is unknown, used, or too old.</exception>
    public async Task<MailLink> UseAsync(MailLinkPurpose purpose, string? secret, CancellationToken cancellation)
    {
        var link = await FindAsync(purpose, secret, cancellation) ?? throw new RuleException("signon.link.bad");
        var now = clock.GetUtcNow().UtcDateTime;
        var won = await db.Set<MailLink>().Where(l => l.Id == link.Id && l.UsedAt == null)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.UsedAt, now), cancellation);
        return won == 1 ? link : throw new RuleException("signon.link.bad");
    }
}
