using Microsoft.EntityFrameworkCore;
using Plenum.Kernel;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.SignOn.Registration;
using Plenum.SignOn.SigningIn;
using Plenum.Testing;

namespace Plenum.Modules.Tests.SignOn;

public sealed class RegistrationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_new_account_opens_with_the_link_in_its_mail_and_not_before(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        Assert.Null(await RegisterAsync(house, SignOnHouse.ApplicationOf("emil")));
        Assert.IsType<SignInStep.Unconfirmed>(await house.SignInAsync("emil"));
        var secret = house.Mail.SecretAfter("/confirm/");
        var (account, isNew) = await ConfirmAsync(house, secret);
        Assert.True(isNew);
        Assert.Equal(AccountState.Active, account.State);
        Assert.IsType<SignInStep.Done>(await house.SignInAsync("emil"));
        Assert.Equal("signon.link.bad", (await Assert.ThrowsAsync<RuleException>(() => ConfirmAsync(house, secret))).Key);
    }

    [Theory, OnBothDatabases]
    public async Task A_link_that_is_too_old_opens_nothing(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        await RegisterAsync(house, SignOnHouse.ApplicationOf("emil"));
        house.Clock.Advance(TimeSpan.FromMinutes(31));
        await Assert.ThrowsAsync<RuleException>(() => ConfirmAsync(house, house.Mail.SecretAfter("/confirm/")));
    }

    [Theory, OnBothDatabases]
    public async Task Who_registers_a_known_address_learns_nothing_and_its_owner_gets_a_mail(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        await house.EnterAsync("emil");
        Assert.Null(await RegisterAsync(house, SignOnHouse.ApplicationOf("fremd") with { Email = "Emil@Example.org" }));
        Assert.Equal("emil@example.org", house.Mail.Sent[^1].To);
        Assert.Contains("emil", house.Mail.Sent[^1].Text, StringComparison.Ordinal);
        Assert.Equal(1, await house.ReadAsync(db => db.Set<Account>().CountAsync(Cancellation)));
    }

    [Theory, OnBothDatabases]
    public async Task A_taken_or_reserved_name_and_a_bad_address_are_refused(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        await house.EnterAsync("emil");
        Assert.Equal("signon.register.login-taken", await RefusalAsync(house, SignOnHouse.ApplicationOf("emil") with { Email = "other@example.org" }));
        Assert.Equal("accounts.login-invalid", await RefusalAsync(house, SignOnHouse.ApplicationOf("postmaster")));
        Assert.Equal("signon.register.email-invalid", await RefusalAsync(house, SignOnHouse.ApplicationOf("gero") with { Email = "gero@localhost" }));
        Assert.Equal("signon.password.too-short", await RefusalAsync(house, SignOnHouse.ApplicationOf("gero") with { Password = "kurz" }));
    }

    [Theory, OnBothDatabases]
    public async Task Two_who_want_a_name_at_once_do_not_both_get_it(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var tries = Enumerable.Range(1, 4).Select(async number =>
        {
            try
            {
                await RegisterAsync(house, SignOnHouse.ApplicationOf("emil") with { Email = $"emil{number}@example.org" });
                return true;
            }
            catch (RuleException taken)
            {
                Assert.Equal("signon.register.login-taken", taken.Key);
                return false;
            }
        });
        Assert.Single(await Task.WhenAll(tries), won => won);
    }

    [Theory, OnBothDatabases]
    public async Task Where_registration_is_closed_an_invitation_opens_one_account(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider, ("SignOn:Registration", "InvitationOnly"));
        Assert.Equal("signon.register.closed", await RefusalAsync(house, SignOnHouse.ApplicationOf("emil")));
        var ada = await FirstAsync(house);
        var unit = await house.FoundAsync(ada);
        await house.AskAsync<InvitationService>(i => i.InviteAsync(ada, unit, "Emil@example.org", Cancellation));
        var invitation = house.Mail.SecretAfter("invitation=");
        var account = await RegisterAsync(house, SignOnHouse.ApplicationOf("emil", invitation));
        Assert.True(account?.CanSignIn); // The invitation came to this very address: nothing is left to confirm.
        Assert.Equal("signon.link.bad", await RefusalAsync(house, SignOnHouse.ApplicationOf("gero", invitation)));
    }

    [Theory, OnBothDatabases]
    public async Task An_invitation_used_with_another_address_is_used_up_and_the_address_confirmed(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider, ("SignOn:Registration", "InvitationOnly"));
        var ada = await FirstAsync(house);
        await house.AskAsync<InvitationService>(async i => await i.InviteAsync(ada, await house.FoundAsync(ada), "emil@example.net", Cancellation));
        var invitation = house.Mail.SecretAfter("invitation=");
        Assert.Null(await RegisterAsync(house, SignOnHouse.ApplicationOf("emil", invitation)));
        Assert.Equal("emil@example.org", house.Mail.Sent[^1].To);
        Assert.Equal("signon.link.bad", await RefusalAsync(house, SignOnHouse.ApplicationOf("gero", invitation)));
    }

    [Theory, OnBothDatabases]
    public async Task Only_who_keeps_accounts_may_invite(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var (ada, emil) = (await house.EnterAsync("ada"), await house.EnterAsync("emil"));
        var unit = await house.FoundAsync(ada);
        var denied = await Assert.ThrowsAsync<DeniedException>(() => house.AskAsync<InvitationService>(i => i.InviteAsync(emil, unit, "x@example.org", Cancellation)));
        Assert.Equal("accounts.edit", denied.Permission);
    }

    [Theory, OnBothDatabases]
    public async Task A_new_mail_address_counts_once_its_link_was_followed_and_the_old_one_hears_of_it(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var emil = await house.EnterAsync("emil");
        await house.AskAsync<RegistrationService>(r => r.ChangeEmailAsync(emil, "neu@example.org", SignOnHouse.Home, Cancellation));
        Assert.Equal("neu@example.org", house.Mail.Sent[^1].To);
        Assert.IsType<SignInStep.Done>(await house.SignInAsync("emil@example.org"));
        var (account, isNew) = await ConfirmAsync(house, house.Mail.SecretAfter("/confirm/"));
        Assert.False(isNew); // So the link signs nobody in.
        Assert.Equal("neu@example.org", account.Email);
        Assert.Equal("emil@example.org", house.Mail.Sent[^1].To);
        Assert.IsType<SignInStep.Refused>(await house.SignInAsync("emil@example.org"));
    }

    [Theory, OnBothDatabases]
    public async Task One_network_cannot_have_mails_sent_without_end(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var sent = 0;
        for (var i = 0; i < 40; i++)
        {
            try
            {
                await RegisterAsync(house, SignOnHouse.ApplicationOf($"gast{i}"), SignOnHouse.Stranger);
                sent++;
            }
            catch (RuleException limited)
            {
                Assert.Equal("signon.sign-in.wait", limited.Key);
            }
        }

        Assert.Equal(20, sent);
    }

    private static Task<Account?> RegisterAsync(SignOnHouse house, Application application, Visitor? from = null)
        => house.AskAsync<RegistrationService, Account?>(r => r.RegisterAsync(application, from ?? SignOnHouse.Home, Cancellation));

    private static Task<(Account Account, bool IsNew)> ConfirmAsync(SignOnHouse house, string secret)
        => house.AskAsync<RegistrationService, (Account, bool)>(r => r.ConfirmAsync(secret, Cancellation));

    private static async Task<string> RefusalAsync(SignOnHouse house, Application application)
        => (await Assert.ThrowsAsync<RuleException>(() => RegisterAsync(house, application))).Key;

    // Where nobody can register, the first account is made by the set-up.
    private static async Task<Plenum.Kernel.Permissions.Viewer> FirstAsync(SignOnHouse house)
    {
        await using var db = house.Kernel.OpenDb();
        var ada = new Account(LoginName.Parse("ada"), "Ada Adler", "ada@example.org", AccountKind.Person, house.Clock.GetUtcNow().UtcDateTime);
        ada.ConfirmEmail("ada@example.org");
        db.Add(ada);
        await db.SaveChangesAsync(Cancellation);
        return await house.ViewerAsync(ada.Id);
    }
}
