using Microsoft.EntityFrameworkCore;
using OtpNet;
using Plenum.Kernel;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.SignOn.Recovery;
using Plenum.SignOn.SecondFactors;
using Plenum.SignOn.SigningIn;
using Plenum.Testing;

namespace Plenum.Modules.Tests.SignOn;

public sealed class RecoveryTests
{
    private const string Fresh = "zehn graue Reiher";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task The_link_sets_a_new_password_once_and_signs_out_everywhere(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        await house.EnterAsync("emil");
        var session = ((SignInStep.Done)await house.SignInAsync("emil")).Session;
        var secret = await AskAsync(house, "emil@example.org");
        Assert.False(await house.AskAsync<RecoveryService, bool?>(r => r.NeedsSecondFactorAsync(secret, Cancellation)));
        await CompleteAsync(house, secret, null);
        Assert.IsType<SignInStep.Refused>(await house.SignInAsync("emil"));
        Assert.IsType<SignInStep.Done>(await house.SignInAsync("emil", Fresh));
        Assert.False(await house.Kernel.Get<SessionDirectory>().IsValidAsync(session.Id, session.AccountId, Cancellation));
        Assert.Equal("signon.link.bad", (await Assert.ThrowsAsync<RuleException>(() => CompleteAsync(house, secret, null))).Key);
    }

    [Theory, OnBothDatabases]
    public async Task With_an_app_the_link_alone_is_not_enough(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var emil = await house.EnterAsync("emil");
        var codes = await house.AskAsync<SecondFactorService, IReadOnlyList<string>>(f =>
        {
            var offer = f.Offer(emil, "Verband", "");
            var totp = new Totp(Base32Encoding.ToBytes(offer.Spelled.Replace(" ", "", StringComparison.Ordinal)));
            return f.ConfirmAsync(emil, offer.SealedSecret, totp.ComputeTotp(house.Clock.GetUtcNow().UtcDateTime), Cancellation);
        });
        var secret = await AskAsync(house, "emil");
        Assert.True(await house.AskAsync<RecoveryService, bool?>(r => r.NeedsSecondFactorAsync(secret, Cancellation)));
        Assert.Equal("signon.totp.wrong-code", (await Assert.ThrowsAsync<RuleException>(() => CompleteAsync(house, secret, null))).Key);
        await CompleteAsync(house, secret, codes[0]); // A wrong code does not use the link up.
        Assert.IsType<SignInStep.SecondFactor>(await house.SignInAsync("emil", Fresh));
    }

    [Theory, OnBothDatabases]
    public async Task A_weak_password_does_not_use_the_link_up(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        await house.EnterAsync("emil");
        var secret = await AskAsync(house, "emil");
        await Assert.ThrowsAsync<RuleException>(() => house.AskAsync<RecoveryService, Account>(r => r.CompleteAsync(secret, "passwort123", null, SignOnHouse.Home, Cancellation)));
        await CompleteAsync(house, secret, null);
    }

    [Theory, OnBothDatabases]
    public async Task An_unknown_address_gets_the_same_answer_and_no_mail(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        await house.AskAsync<RecoveryService>(r =>
        {
            Assert.Null(r.Ask("niemand@example.org", SignOnHouse.Home));
            return Task.CompletedTask;
        });
        await house.SettleAsync();
        Assert.Empty(house.Mail.Sent);
    }

    [Theory, OnBothDatabases]
    public async Task It_also_opens_an_account_whose_address_was_never_confirmed(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        await house.AskAsync<Plenum.SignOn.Registration.RegistrationService, Account?>(r => r.RegisterAsync(SignOnHouse.ApplicationOf("emil"), SignOnHouse.Home, Cancellation));
        await CompleteAsync(house, await AskAsync(house, "emil"), null);
        Assert.Equal(AccountState.Active, await house.ReadAsync(db => db.Set<Account>().Select(a => a.State).SingleAsync(Cancellation)));
    }

    private static async Task<string> AskAsync(SignOnHouse house, string who)
    {
        await house.AskAsync<RecoveryService>(r =>
        {
            Assert.Null(r.Ask(who, SignOnHouse.Home));
            return Task.CompletedTask;
        });
        await house.SettleAsync();
        return house.Mail.SecretAfter("/recover/");
    }

    private static Task<Account> CompleteAsync(SignOnHouse house, string secret, string? code)
        => house.AskAsync<RecoveryService, Account>(r => r.CompleteAsync(secret, Fresh, code, SignOnHouse.Home, Cancellation));
}
