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
    IDbContextFactory<PlenumDb> contexts, AfterAnswer after, SignInLimiter limiter, MasterKey master, TimeProvider clock) : IProtocolSignIn
{
    private static readonly TimeSpan Remember = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan UseGrain = TimeSpan.FromMinutes(5); // How exact "last used" is; a mail client signs in every minute.
    private const int MaxRemembered = 50_000;
    private readonly ConcurrentDictionary<(Guid Credential, ProtocolDoor Door), (bool IsValid, DateTime Until)> _valid = new();
    private readonly byte[] _decoyKey = master.Derive("signon.decoy");

    public async ValueTask<SignInVerdict> CheckAsync(SignInAttempt attempt, string password, CancellationToken cancellation)
    {
        if (limiter.Check(NameOf(attempt), attempt.Client, SignInSecret.Random) is { } wait)
        {
            return new() { RetryAfter = wait };
        }

        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var found = await FindAsync(db, attempt, cancellation);
        var typed = ScramDerivation.StoredKeySha256(Normal(password), found.Salt);
        var fitting = found.Passwords.Find(p => CryptographicOperations.FixedTimeEquals(p.StoredKeySha256, typed));
        return await ConcludeAsync(db, attempt, found.Account, fitting, cancellation);
    }

    public async ValueTask<ScramCredentials> FindScramAsync(SignInAttempt attempt, ScramHash hash, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var found = await FindAsync(db, attempt, cancellation);
        var keys = limiter.Check(NameOf(attempt), attempt.Client, SignInSecret.Random) is null ? found.Passwords : [];
        return new(found.Salt, ScramDerivation.Iterations, [.. keys.Select(p => hash == ScramHash.Sha1
            ? new ScramKeys(p.Id, p.StoredKeySha1, p.ServerKeySha1)
            : new ScramKeys(p.Id, p.StoredKeySha256, p.ServerKeySha256))]);
    }

    public async ValueTask<SignInVerdict> ConcludeScramAsync(SignInAttempt attempt, Guid? credential, CancellationToken cancellation)
    {
        if (limiter.Check(NameOf(attempt), attempt.Client, SignInSecret.Random) is { } wait)
        {
            return new() { RetryAfter = wait };
        }

        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var found = await FindAsync(db, attempt, cancellation);
        return await ConcludeAsync(db, attempt, found.Account, found.Passwords.Find(p => p.Id == credential), cancellation);
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

    // "emil" and "emil@plenum.test" are one account, to the limiter too.
    private static string NameOf(SignInAttempt attempt)
        => MailAddress.TryParse(attempt.Login, out var address) ? address.BaseLocalPart : attempt.Login.Trim().ToLowerInvariant();

    // One query whether or not the name exists, so that time does not tell.
    private async Task<Found> FindAsync(PlenumDb db, SignInAttempt attempt, CancellationToken cancellation)
    {
        var login = NameOf(attempt);
        var rows = await (from account in db.Set<Account>()
                          where account.Login == login && account.State == AccountState.Active
                          join credentials in db.Set<Credentials>() on account.Id equals credentials.AccountId
                          join held in db.Set<AppPassword>().Where(p => p.RevokedAt == null) on account.Id equals held.AccountId into all
                          from password in all.DefaultIfEmpty()
                          select new { account.Id, credentials.ScramSalt, password }).AsNoTracking().ToListAsync(cancellation);
        return rows is [var first, ..]
            ? new(first.Id, first.ScramSalt, [.. rows.Select(r => r.password).OfType<AppPassword>().Where(p => p.Opens(attempt.Door))])
            : new(null, DecoySalt(login), []);
    }

    private async Task<SignInVerdict> ConcludeAsync(PlenumDb db, SignInAttempt attempt, AccountId? account, AppPassword? fitting, CancellationToken cancellation)
    {
        if (account is not { } id || fitting is null)
        {
            limiter.Failed(NameOf(attempt), attempt.Client, SignInSecret.Random);
            if (account is { } tried)
            {
                after.Add(Record(attempt, tried, null));
            }

            return SignInVerdict.Refused;
        }

        limiter.Succeeded(NameOf(attempt), attempt.Client);
        await NoteUseAsync(db, attempt, id, fitting, cancellation);
        return new() { Account = id, Credential = fitting.Id };
    }

    private async Task NoteUseAsync(PlenumDb db, SignInAttempt attempt, AccountId account, AppPassword used, CancellationToken cancellation)
    {
        var (now, from) = (clock.GetUtcNow().UtcDateTime, attempt.Client.ToString());
        if (used.LastUsedAt is { } last && now - last <= UseGrain && used.LastUsedFrom == from)
        {
            return;
        }

        db.Add(Record(attempt, account, used));
        await db.SaveChangesAsync(cancellation);
        await db.Set<AppPassword>().Where(p => p.Id == used.Id)
            .ExecuteUpdateAsync(p => p.SetProperty(x => x.LastUsedAt, now).SetProperty(x => x.LastUsedFrom, from), cancellation);
    }

    private SignInRecord Record(SignInAttempt attempt, AccountId account, AppPassword? used) => new()
    {
        AccountId = account,
        At = clock.GetUtcNow().UtcDateTime,
        Door = attempt.Door.ToString(),
        Method = SignInMethod.AppPassword,
        Outcome = used is null ? SignInOutcome.WrongSecret : SignInOutcome.Succeeded,
        Address = attempt.Client.ToString(),
        UserAgent = used?.Name ?? "",
    };

    // The same for a name on every node and after every restart, or a decoy would give itself away by changing.
    private byte[] DecoySalt(string login) => HMACSHA256.HashData(_decoyKey, Encoding.UTF8.GetBytes(login))[..16];

    private sealed record Found(AccountId? Account, byte[] Salt, List<AppPassword> Passwords);
}
