using System.Collections.Concurrent;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Api;

/// <summary>Finds the token a request carries. Remembers the answer for a short time, so a request costs no query.</summary>
public sealed class TokenDirectory(IDbContextFactory<PlenumDb> contexts, TimeProvider clock)
{
    private static readonly TimeSpan Remember = TimeSpan.FromSeconds(20); // Revoked tokens die on other nodes within this.
    private const int MaxRemembered = 100_000;
    private readonly ConcurrentDictionary<string, (AccessToken? Token, DateTime Until)> _known = new(StringComparer.Ordinal);

    /// <returns>Null if the secret is none, revoked or expired.</returns>
    public async ValueTask<AccessToken?> FindAsync(string secret, IPAddress client, CancellationToken cancellation)
    {
        if (!secret.StartsWith(AccessToken.Prefix, StringComparison.Ordinal) || secret.Length > 200)
        {
            return null;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var hash = AccessToken.HashOf(secret);
        var key = Convert.ToHexString(hash);
        if (!_known.TryGetValue(key, out var known) || now >= known.Until)
        {
            known = (await LoadAsync(hash, client, now, cancellation), now + Remember);
            if (_known.Count >= MaxRemembered)
            {
                _known.Clear();
            }

            _known[key] = known;
        }

        return known.Token?.IsValid(now) == true ? known.Token : null;
    }

    /// <summary>Tokens revoked on this node are out at once.</summary>
    public void Forget(byte[] hash) => _known.TryRemove(Convert.ToHexString(hash), out _);

    private async Task<AccessToken?> LoadAsync(byte[] hash, IPAddress client, DateTime now, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var token = await db.Set<AccessToken>().AsNoTracking().SingleOrDefaultAsync(t => t.Hash == hash, cancellation);
        if (token?.IsValid(now) == true && token.IsUseWorthNoting(now))
        {
            var from = client.ToString();
            await db.Set<AccessToken>().Where(t => t.Id == token.Id)
                .ExecuteUpdateAsync(t => t.SetProperty(x => x.LastUsedAt, now).SetProperty(x => x.LastUsedFrom, from), cancellation);
        }

        return token;
    }
}
