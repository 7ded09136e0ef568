using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Plenum.Kernel;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.SignOn.Devices;
using Plenum.SignOn.Domain;
using Plenum.SignOn.SigningIn;
using Plenum.Testing;

namespace Plenum.Modules.Tests.SignOn;

public sealed class SigningInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Name_and_mail_address_both_sign_in_whatever_their_case(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var emil = await house.EnterAsync("emil");
        foreach (var typed in (string[])["emil", " Emil ", "EMIL@example.org"])
        {
            var done = Assert.IsType<SignInStep.Done>(await house.SignInAsync(typed));
            Assert.Equal(emil.Account, done.Session.AccountId);
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_answer(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        await house.EnterAsync("emil");
        Assert.IsType<SignInStep.Refused>(await house.SignInAsync("emil", "falsch"));
        Assert.IsType<SignInStep.Refused>(await house.SignInAsync("niemand", "falsch"));
        Assert.IsType<SignInStep.Refused>(await house.SignInAsync("emil", new string('x', 100_000)));
        Assert.IsType<SignInStep.Refused>(await house.SignInAsync("", ""));
    }

    [Theory, OnBothDatabases]
    public async Task An_unknown_name_costs_the_same_hash_and_writes_nothing_before_the_answer(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var emil = await house.EnterAsync("emil");
        await house.SignInAsync("emil", "falsch");
        Assert.Equal(0, await FailuresAsync(house, emil.SignedInAccount)); // The write comes after the answer …
        await house.SettleAsync();
        Assert.Equal(1, await FailuresAsync(house, emil.SignedInAccount)); // … and comes.
        var vault = house.Kernel.Get<PasswordVault>();
        var hash = vault.Hash(SignOnHouse.Password);
        Assert.InRange(CpuOf(() => vault.Verify(null, "falsch")) / CpuOf(() => vault.Verify(hash, "falsch")), 0.5, 2.0);
    }

    [Theory, OnBothDatabases]
    public async Task The_person_sees_who_tried_and_who_got_in(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var emil = await house.EnterAsync("emil");
        await house.SignInAsync("emil", "falsch", SignOnHouse.Stranger);
        await house.SettleAsync();
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await house.SignInAsync("emil");
        var records = await house.AskAsync<SessionService, IReadOnlyList<SignInRecord>>(s => s.RecordsAsync(emil, Cancellation));
        Assert.Equal([SignInOutcome.Succeeded, SignInOutcome.WrongSecret], records.Select(r => r.Outcome));
        Assert.Equal(["203.0.113.7", "198.51.100.20"], records.Select(r => r.Address));
    }

    [Theory, OnBothDatabases]
    public async Task A_device_and_network_never_seen_before_send_a_mail_a_known_one_does_not(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        await house.EnterAsync("emil");
        var before = house.Mail.Sent.Count;
        await house.SignInAsync("emil"); // The very first: no news.
        await house.SignInAsync("emil", from: SignOnHouse.Home with { Address = IPAddress.Parse("203.0.113.99") }); // The same street.
        await house.SignInAsync("emil", from: SignOnHouse.Home with { Address = IPAddress.Parse("192.0.2.1") }); // The same browser on a train.
        Assert.Equal(before, house.Mail.Sent.Count);
        await house.SignInAsync("emil", from: SignOnHouse.Stranger);
        Assert.Equal(before + 1, house.Mail.Sent.Count);
        Assert.Contains("198.51.100.20", house.Mail.Sent[^1].Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Strangers_alone_lock_nobody_out(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var emil = await house.EnterAsync("emil");
        Assert.IsType<SignInStep.Done>(await house.SignInAsync("emil"));
        for (var i = 0; i < 20; i++)
        {
            var from = SignOnHouse.Stranger with { Address = new IPAddress(new byte[] { 198, 51, (byte)(100 + (i % 5)), 20 }) };
            await house.SignInAsync(i % 2 == 0 ? "emil" : "emil@example.org", "falsch", from); // Name and address count together.
        }

        Assert.IsType<SignInStep.Wait>(await house.SignInAsync("emil", from: SignOnHouse.Stranger));
        Assert.IsType<SignInStep.Done>(await house.SignInAsync("emil"));
        Assert.IsType<SignInStep.Done>(await house.SignInAsync("emil@example.org"));
        Assert.IsType<SignInStep.Done>(await house.SignInAsync("emil", from: SignOnHouse.Stranger with { Device = new("d1", [emil.SignedInAccount]) }));
        Assert.IsType<SignInStep.Wait>(await house.SignInAsync("emil", from: SignOnHouse.Stranger with { Address = IPAddress.Parse("198.51.99.1"), Device = new("d2", []) }));
        house.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.IsType<SignInStep.Done>(await house.SignInAsync("emil", from: SignOnHouse.Stranger));
    }

    [Theory, OnBothDatabases]
    public async Task A_suspended_account_cannot_sign_in_even_with_the_right_password(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var emil = await house.EnterAsync("emil");
        await using (var db = house.Kernel.OpenDb())
        {
            (await db.Set<Account>().SingleAsync(a => a.Id == emil.SignedInAccount, Cancellation)).Suspend();
            await db.SaveChangesAsync(Cancellation);
        }

        Assert.IsType<SignInStep.Refused>(await house.SignInAsync("emil"));
    }

    [Theory, OnBothDatabases]
    public async Task A_password_is_changed_by_who_knows_the_old_one_and_ends_the_other_sessions(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var emil = await house.EnterAsync("emil");
        var (here, there) = (await SessionAsync(house), await SessionAsync(house));
        await Assert.ThrowsAsync<RuleException>(() => ChangeAsync("falsch"));
        await ChangeAsync(SignOnHouse.Password);
        Assert.True(await IsValidAsync(house, here));
        Assert.False(await IsValidAsync(house, there));
        Assert.IsType<SignInStep.Refused>(await house.SignInAsync("emil"));
        Assert.IsType<SignInStep.Done>(await house.SignInAsync("emil", "zehn graue Reiher"));

        Task ChangeAsync(string current)
            => house.AskAsync<PasswordService>(p => p.ChangeAsync(emil, current, "zehn graue Reiher", here.Id, SignOnHouse.Home, Cancellation));
    }

    [Theory, OnBothDatabases]
    public async Task Old_lines_of_the_log_are_forgotten(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var emil = await house.EnterAsync("emil");
        await house.SignInAsync("emil");
        house.Clock.Advance(TimeSpan.FromDays(91));
        await house.SignInAsync("emil");
        await house.RunJobAsync("signon.forget");
        Assert.Single(await house.AskAsync<SessionService, IReadOnlyList<SignInRecord>>(s => s.RecordsAsync(emil, Cancellation)));
        Assert.Equal(0, await house.ReadAsync(db => db.Set<MailLink>().CountAsync(Cancellation)));
    }

    private static async Task<Session> SessionAsync(SignOnHouse house) => ((SignInStep.Done)await house.SignInAsync("emil")).Session;

    private static async Task<bool> IsValidAsync(SignOnHouse house, Session session)
        => await house.Kernel.Get<SessionDirectory>().IsValidAsync(session.Id, session.AccountId, Cancellation);

    private static Task<int> FailuresAsync(SignOnHouse house, Plenum.Contracts.Organisation.AccountId account)
        => house.ReadAsync(db => db.Set<SignInRecord>().CountAsync(r => r.AccountId == account && r.Outcome == SignInOutcome.WrongSecret, Cancellation));

    // The least of several runs is what the work costs; the rest is other work on the machine.
    private static double CpuOf(Action step)
        => Enumerable.Range(0, 5).Min(_ =>
        {
            var began = Stopwatch.GetTimestamp();
            step();
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        });
}
