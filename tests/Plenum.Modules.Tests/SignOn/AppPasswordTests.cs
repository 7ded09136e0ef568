using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.SignOn;
using Plenum.Kernel;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;
using Plenum.SignOn.Devices;
using Plenum.SignOn.Domain;
using Plenum.SignOn.SigningIn;
using Plenum.Testing;

namespace Plenum.Modules.Tests.SignOn;

public sealed class AppPasswordTests
{
    private static readonly IPAddress Client = IPAddress.Parse("203.0.113.7");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task It_opens_the_doors_it_was_made_for_and_no_other(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var emil = await house.EnterAsync("emil");
        var password = await CreateAsync(house, emil, ProtocolDoor.Smtp, ProtocolDoor.Imap);
        Assert.Equal(emil.Account, (await CheckAsync(house, "emil", password, ProtocolDoor.Smtp)).Account);
        Assert.Equal(emil.Account, (await CheckAsync(house, "Emil@plenum.test", password.Replace("-", "", StringComparison.Ordinal), ProtocolDoor.Imap)).Account);
        Assert.Null((await CheckAsync(house, "emil", password, ProtocolDoor.Xmpp)).Account);
        Assert.Null((await CheckAsync(house, "emil", SignOnHouse.Password, ProtocolDoor.Smtp)).Account); // The web password is no app password.
        Assert.Null((await CheckAsync(house, "niemand", password, ProtocolDoor.Smtp)).Account);
        Assert.IsType<SignInStep.Refused>(await house.SignInAsync("emil", password)); // Nor the other way round.
    }

    [Theory, OnBothDatabases]
    public async Task It_has_more_than_a_hundred_random_bits_and_only_verifiers_are_kept(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var emil = await house.EnterAsync("emil");
        var passwords = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CreateAsync(house, emil, ProtocolDoor.Smtp)));
        Assert.All(passwords, p => Assert.Equal(25, p.Count(char.IsAsciiLetterOrDigit))); // 25 of 32 letters: 125 bits.
        Assert.Equal(8, passwords.Distinct().Count());
        Assert.True(passwords.SelectMany(p => p).Distinct().Count() >= 25);
        var stored = await house.ReadAsync(db => db.Set<AppPassword>().AsNoTracking().ToListAsync(Cancellation));
        Assert.All(stored, p => Assert.Equal((20, 20, 32, 32), (p.StoredKeySha1.Length, p.ServerKeySha1.Length, p.StoredKeySha256.Length, p.ServerKeySha256.Length)));
    }

    [Theory, OnBothDatabases]
    public async Task Revoked_it_is_dead_within_a_minute_for_connections_that_are_open(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var emil = await house.EnterAsync("emil");
        var password = await CreateAsync(house, emil, ProtocolDoor.Imap);
        var credential = (await CheckAsync(house, "emil", password, ProtocolDoor.Imap)).Credential;
        Assert.True(await IsValidAsync(house, credential));
        await house.AskAsync<AppPasswordService>(p => p.RevokeAsync(emil, credential, Cancellation));
        house.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.False(await IsValidAsync(house, credential));
        Assert.Null((await CheckAsync(house, "emil", password, ProtocolDoor.Imap)).Account);
    }

    [Theory, OnBothDatabases]
    public async Task Signing_out_everywhere_reaches_browsers_at_once_and_every_protocol_within_a_minute(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var emil = await house.EnterAsync("emil");
        var (here, there) = (((SignInStep.Done)await house.SignInAsync("emil")).Session, ((SignInStep.Done)await house.SignInAsync("emil")).Session);
        var credentials = new List<(Guid Credential, ProtocolDoor Door)>();
        foreach (var door in Enum.GetValues<ProtocolDoor>())
        {
            var verdict = await CheckAsync(house, "emil", await CreateAsync(house, emil, door), door);
            Assert.NotNull(verdict.Account);
            credentials.Add((verdict.Credential, door));
        }

        Assert.All(await ValidAsync(), Assert.True);
        Assert.True(await SessionIsValidAsync(there));
        await house.AskAsync<SessionService>(s => s.EndEverywhereAsync(emil, here.Id, Cancellation));
        Assert.True(await SessionIsValidAsync(here));
        Assert.False(await SessionIsValidAsync(there));
        house.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.All(await ValidAsync(), Assert.False);

        async Task<bool[]> ValidAsync()
            => await Task.WhenAll(credentials.Select(async c => await house.Kernel.Get<IProtocolSignIn>().IsValidAsync(c.Credential, c.Door, Cancellation)));

        async Task<bool> SessionIsValidAsync(Session session)
            => await house.Kernel.Get<SessionDirectory>().IsValidAsync(session.Id, session.AccountId, Cancellation);
    }

    [Theory, OnBothDatabases]
    public async Task A_suspended_account_loses_its_open_connections_too(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var emil = await house.EnterAsync("emil");
        var credential = (await CheckAsync(house, "emil", await CreateAsync(house, emil, ProtocolDoor.Imap), ProtocolDoor.Imap)).Credential;
        await using (var db = house.Kernel.OpenDb())
        {
            (await db.Set<Account>().SingleAsync(a => a.Id == emil.SignedInAccount, Cancellation)).Suspend();
            await db.SaveChangesAsync(Cancellation);
        }

        house.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.False(await IsValidAsync(house, credential));
    }

    [Theory, OnBothDatabases]
    public async Task Scram_keys_fit_the_password_and_a_decoy_never_changes(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var emil = await house.EnterAsync("emil");
        var password = (await CreateAsync(house, emil, ProtocolDoor.Xmpp)).Replace("-", "", StringComparison.Ordinal);
        var doors = house.Kernel.Get<IProtocolSignIn>();
        var known = await doors.FindScramAsync(new("emil", ProtocolDoor.Xmpp, Client), ScramHash.Sha256, Cancellation);
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), known.Salt.Span, known.Iterations, HashAlgorithmName.SHA256, 32);
        var key = Assert.Single(known.Keys);
        Assert.Equal(SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8)), key.StoredKey.ToArray());
        Assert.Equal(HMACSHA256.HashData(salted, "Server Key"u8), key.ServerKey.ToArray());
        Assert.Equal(emil.Account, (await doors.ConcludeScramAsync(new("emil", ProtocolDoor.Xmpp, Client), key.Credential, Cancellation)).Account);

        var decoy = await doors.FindScramAsync(new("niemand", ProtocolDoor.Xmpp, Client), ScramHash.Sha256, Cancellation);
        var again = await doors.FindScramAsync(new("Niemand", ProtocolDoor.Xmpp, Client), ScramHash.Sha256, Cancellation);
        Assert.Empty(decoy.Keys);
        Assert.Equal((known.Iterations, known.Salt.Length), (decoy.Iterations, decoy.Salt.Length));
        Assert.Equal(decoy.Salt.ToArray(), again.Salt.ToArray());
    }

    [Theory, OnBothDatabases]
    public async Task Use_and_failure_are_in_the_persons_log_and_the_last_use_on_the_password(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var emil = await house.EnterAsync("emil");
        var password = await CreateAsync(house, emil, ProtocolDoor.Smtp);
        await CheckAsync(house, "emil", "falsch", ProtocolDoor.Smtp);
        await house.SettleAsync();
        await CheckAsync(house, "emil", password, ProtocolDoor.Smtp);
        await CheckAsync(house, "emil", password, ProtocolDoor.Smtp); // A mail program signs in every minute: one line is enough.
        var records = await house.AskAsync<SessionService, IReadOnlyList<SignInRecord>>(s => s.RecordsAsync(emil, Cancellation));
        Assert.Equal([SignInOutcome.Succeeded, SignInOutcome.WrongSecret], records.Select(r => r.Outcome));
        Assert.Equal("Thunderbird", records[0].UserAgent);
        var listed = Assert.Single(await house.AskAsync<AppPasswordService, IReadOnlyList<AppPassword>>(p => p.ListAsync(emil, Cancellation)));
        Assert.Equal("203.0.113.7", listed.LastUsedFrom);
        Assert.Equal(house.Clock.GetUtcNow().UtcDateTime, listed.LastUsedAt);
    }

    [Theory, OnBothDatabases]
    public async Task One_limiter_stands_behind_web_and_protocols(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        await house.EnterAsync("emil");
        for (var i = 0; i < 10; i++)
        {
            await house.SignInAsync("emil", "falsch", SignOnHouse.Stranger);
            await CheckAsync(house, "emil@plenum.test", "falsch", ProtocolDoor.Smtp, SignOnHouse.Stranger.Address);
        }

        Assert.NotNull((await CheckAsync(house, "emil", "falsch", ProtocolDoor.Imap, SignOnHouse.Stranger.Address)).RetryAfter);
        Assert.IsType<SignInStep.Wait>(await house.SignInAsync("emil", from: SignOnHouse.Stranger));
    }

    [Theory, OnBothDatabases]
    public async Task Strangers_who_guess_at_every_door_lock_no_mail_program_out(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var emil = await house.EnterAsync("emil");
        var password = await CreateAsync(house, emil, ProtocolDoor.Smtp);
        for (var i = 0; i < 60; i++)
        {
            var stranger = SignOnHouse.Stranger with { Address = new IPAddress(new byte[] { 100, 64, (byte)i, 1 }) };
            await house.SignInAsync("emil", "falsch", stranger);
            await CheckAsync(house, "emil", "falsch", ProtocolDoor.Smtp, stranger.Address);
        }

        Assert.IsType<SignInStep.Wait>(await house.SignInAsync("emil", from: SignOnHouse.Stranger));
        Assert.Equal(emil.Account, (await CheckAsync(house, "emil", password, ProtocolDoor.Smtp, SignOnHouse.Stranger.Address)).Account);
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_revokes_what_is_anothers(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var (emil, gero) = (await house.EnterAsync("emil"), await house.EnterAsync("gero"));
        await CreateAsync(house, emil, ProtocolDoor.Smtp);
        var its = Assert.Single(await house.AskAsync<AppPasswordService, IReadOnlyList<AppPassword>>(p => p.ListAsync(emil, Cancellation)));
        await house.AskAsync<AppPasswordService>(p => p.RevokeAsync(gero, its.Id, Cancellation));
        Assert.Single(await house.AskAsync<AppPasswordService, IReadOnlyList<AppPassword>>(p => p.ListAsync(emil, Cancellation)));
        await Assert.ThrowsAsync<DeniedException>(() => house.AskAsync<AppPasswordService, IReadOnlyList<AppPassword>>(p => p.ListAsync(Viewer.Guest([]), Cancellation)));
    }

    private static Task<string> CreateAsync(SignOnHouse house, Viewer viewer, params ProtocolDoor[] doors)
        => house.AskAsync<AppPasswordService, string>(p => p.CreateAsync(viewer, "Thunderbird", doors, Cancellation));

    private static async Task<SignInVerdict> CheckAsync(SignOnHouse house, string login, string password, ProtocolDoor door, IPAddress? from = null)
        => await house.Kernel.Get<IProtocolSignIn>().CheckAsync(new(login, door, from ?? Client), password, Cancellation);

    private static async Task<bool> IsValidAsync(SignOnHouse house, Guid credential)
        => await house.Kernel.Get<IProtocolSignIn>().IsValidAsync(credential, ProtocolDoor.Imap, Cancellation);
}
