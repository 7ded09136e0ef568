using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Contracts.SignOn;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Data;
using Plenum.Kernel.Keys;
using Plenum.Kernel.Limits;
using Plenum.SignOn.Domain;
using Plenum.SignOn.SigningIn;

namespace Plenum.SignOn.Devices;

/// <summary>The door of every protocol that is not a browser.</summary>
internal sealed class ProtocolSignIn(
    IDbContextFactory<PlenumDb> contexts, SignInLimiter limiter, MasterKey master, TimeProvider clock) : IProtocolSignIn
{
    private static readonly TimeSpan Remember = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan UseGrain = TimeSpan.FromMinutes(5); // How exact "last used" is; a mail client signs in every minute.
    private const int MaxRemembered = 50_000;
    private readonly ConcurrentDictionary<(Guid Credential, ProtocolDoor Door), (bool IsValid, DateTime Until)> _valid = new();
    private readonly byte[] _decoyKey = master.Derive("signon.decoy");

    public async ValueTask<SignInVerdict> CheckAsync(SignInAttempt attempt, string password, CancellationToken cancellation)
    {
        if (limiter.Check(attempt.Login, attempt.Client) is { } wait)
        {
            return new() { RetryAfter = wait };
        }

        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var (account, salt, passwords) = await FindAsync(db, attempt, cancellation);
        var typed = ScramDerivation.StoredKeySha256(Normal(password), salt);
        var fitting = passwords.Find(p => CryptographicOperations.FixedTimeEquals(p.StoredKeySha256, typed));
        return await ConcludeAsync(db, attempt, account, fitting, cancellation);
    }

    public async ValueTask<ScramCredentials> FindScramAsync(SignInAttempt attempt, ScramHash hash, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var (_, salt, passwords) = await FindAsync(db, attempt, cancellation);
        var keys = limiter.Check(attempt.Login, attempt.Client) is null ? passwords : [];
        return new(salt, ScramDerivation.Iterations, [.. keys.Select(p => hash == ScramHash.Sha1
            ? new ScramKeys(p.Id, p.StoredKeySha1, p.ServerKeySha1)
            : new ScramKeys(p.Id, p.StoredKeySha256, p.ServerKeySha256))]);
    }

    public async ValueTask<SignInVerdict> ConcludeScramAsync(SignInAttempt attempt, Guid? credential, CancellationToken cancellation)
    {
        if (limiter.Check(attempt.Login, attempt.Client) is { } wait)
        {
            return new() { RetryAfter = wait };
        }

        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var (account, _, passwords) = await FindAsync(db, attempt, cancellation);
        return await ConcludeAsync(db, attempt, account, passwords.Find(p => p.Id == credential), cancellation);
    }

    public async ValueTask<bool> IsValidAsync(Guid credential, ProtocolDoor door, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (_valid.TryGetValue((credential, door), out var known) && now < known.Until)
        {
            return known.IsValid;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var row = await db.Set<AppPassword>().AsNoTracking()
            .Where(p => p.Id == credential && db.Set<Account>().Any(a => a.Id == p.AccountId && a.State == AccountState.Active))
            .SingleOrDefaultAsync(cancellation);
        if (_valid.Count > MaxRemembered)
        {
            _valid.Clear();
        }

        var isValid = row?.Opens(door) == true;
        _valid[(credential, door)] = (isValid, now + Remember);
        return isValid;
    }

    // People copy the password with the hyphens it is shown with, or without.
    private static string Normal(string password) => password.Replace(" ", "", StringComparison.Ordinal) switch
    {
        { Length: 29 } grouped when grouped.Count(c => c == '-') == 4 => grouped.Replace("-", "", StringComparison.Ordinal),
        var plain => plain,
    };

    private static async Task<Account?> FindAccountAsync(PlenumDb db, string typed, CancellationToken cancellation)
    {
        var login = MailAddress.TryParse(typed, out var address) ? address.BaseLocalPart : typed.Trim().ToLowerInvariant();
        return await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(a => a.Login == login && a.State == AccountState.Active, cancellation);
    }

    private async Task<(Account? Account, byte[] Salt, List<AppPassword> Passwords)> FindAsync(PlenumDb db, SignInAttempt attempt, CancellationToken cancellation)
    {
        var account = await FindAccountAsync(db, attempt.Login, cancellation);
        var salt = account is null ? null
            : await db.Set<Credentials>().Where(c => c.AccountId == account.Id).Select(c => c.ScramSalt).SingleOrDefaultAsync(cancellation);
        var passwords = account is null ? []
            : await db.Set<AppPassword>().AsNoTracking().Where(p => p.AccountId == account.Id && p.RevokedAt == null).ToListAsync(cancellation);
        return (account, salt ?? DecoySalt(attempt.Login), [.. passwords.Where(p => p.Opens(attempt.Door))]);
    }

    private async Task<SignInVerdict> ConcludeAsync(PlenumDb db, SignInAttempt attempt, Account? account, AppPassword? fitting, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (fitting is null)
        {
            limiter.Failed(attempt.Login, attempt.Client);
        }
        else
        {
            limiter.Succeeded(attempt.Login, attempt.Client);
        }

        if (account is not null && (fitting is null || fitting.LastUsedAt is not { } last || now - last > UseGrain))
        {
            db.Add(new SignInRecord
            {
                AccountId = account.Id,
                At = now,
                Door = attempt.Door.ToString(),
                Method = SignInMethod.AppPassword,
                Outcome = fitting is null ? SignInOutcome.WrongSecret : SignInOutcome.Succeeded,
                Address = attempt.Client.ToString(),
                UserAgent = fitting?.Name ?? "",
            });
            await db.SaveChangesAsync(cancellation);
            if (fitting is not null)
            {
                var from = attempt.Client.ToString();
                await db.Set<AppPassword>().Where(p => p.Id == fitting.Id)
                    .ExecuteUpdateAsync(p => p.SetProperty(x => x.LastUsedAt, now).SetProperty(x => x.LastUsedFrom, from), cancellation);
            }
        }

        return fitting is null ? SignInVerdict.Refused : new() { Account = account!.Id, Credential = fitting.Id };
    }

    // The same for a name on every node and after every restart, or a decoy would give itself away by changing.
    private byte[] DecoySalt(string login)
        => HMACSHA256.HashData(_decoyKey, Encoding.UTF8.GetBytes(login.Trim().ToLowerInvariant()))[..16];
}
