using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Plenum.Kernel.Data;
using Plenum.Kernel.Jobs;
using Plenum.SignOn.Domain;

namespace Plenum.SignOn;

/// <summary>Deletes what nobody needs any more: the sign-in log after its time, sessions that ended, links that expired. Safe to run twice.</summary>
internal sealed class ForgetOldSignIns(PlenumDb db, IOptions<SignOnOptions> options, TimeProvider clock) : IJob
{
    private static readonly TimeSpan KeepsEnded = TimeSpan.FromDays(7); // Long enough to answer "was that me?".

    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (oldest, ended, unseen) = (now - options.Value.LogLifetime, now - KeepsEnded, now - Session.Lifetime);
        await db.Set<SignInRecord>().Where(r => r.At < oldest).ExecuteDeleteAsync(cancellation);
        await db.Set<Session>().Where(s => s.EndedAt < ended || s.LastSeenAt < unseen).ExecuteDeleteAsync(cancellation);
        await db.Set<AppPassword>().Where(p => p.RevokedAt < oldest).ExecuteDeleteAsync(cancellation);
        await db.Set<MailLink>().Where(l => l.ExpiresAt < ended).ExecuteDeleteAsync(cancellation);
    }
}
