using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Mail;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Subscribing;
using Plenum.Kernel;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Discussions;

public sealed class SubscriptionTests
{
    private static readonly SenderAuthentication Proven = new() { Dmarc = AuthenticationResult.Pass };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Nothing_is_sent_to_an_address_before_its_owner_says_yes(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("techtalk");
        await house.AskAsync<SubscriptionService>(s => s.AskAsync(board, "Karla@Example.net", Cancellation));
        await house.AskAsync<SubscriptionService>(s => s.AskAsync(board, "karla@example.net", Cancellation)); // Asking twice sends one letter.
        var (letter, recipients) = Assert.Single(await house.QueueAsync());
        Assert.Equal("karla@example.net", recipients.Single().Address);
        var token = (await OnlyAsync(house)).Token;
        Assert.Contains($"/boards/confirm/{token}", letter.TextBody, StringComparison.Ordinal);
        Assert.Equal($"techtalk-confirm+{token}@{DiscussionHouse.Domain}", letter.ReplyTo.Mailboxes.Single().Address);
        Assert.False((await OnlyAsync(house)).IsActive);
        Assert.Null(await house.AskAsync<SubscriptionService, Board?>(s => s.ConfirmAsync("abcdefghijkmnpqrstuv", Cancellation)));
        Assert.NotNull(await house.AskAsync<SubscriptionService, Board?>(s => s.ConfirmAsync(token, Cancellation)));
        Assert.True((await OnlyAsync(house)).IsActive);
    }

    [Theory, OnBothDatabases]
    public async Task An_answer_to_the_letter_is_a_yes_and_a_vacation_notice_is_none(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("techtalk");
        await house.RelayAsync("karla@example.net", $"techtalk-subscribe@{DiscussionHouse.Domain}", "", Proven);
        var confirm = $"techtalk-confirm+{(await OnlyAsync(house)).Token.ToUpperInvariant()}@{DiscussionHouse.Domain}";
        await house.RelayAsync("karla@example.net", confirm, "I am away", Proven, ("Auto-Submitted", "auto-replied"));
        Assert.Null((await OnlyAsync(house)).ConfirmedAt);
        await house.RelayAsync("karla@example.net", confirm, "yes");
        Assert.NotNull((await OnlyAsync(house)).ConfirmedAt);
        Assert.Equal(board.Id, (await OnlyAsync(house)).BoardId);
    }

    [Theory, OnBothDatabases]
    public async Task A_member_subscribes_and_unsubscribes_by_mail(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        await house.BoardAsync("techtalk");
        await house.SubmitAsync(house.Party.Emil, "emil", $"techtalk-request@{DiscussionHouse.Domain}", "", ("Subject", "subscribe"));
        Assert.Equal(house.Party.Emil, (await OnlyAsync(house)).AccountId);
        await house.RelayAsync("emil@example.org", $"techtalk-leave@{DiscussionHouse.Domain}", "", Proven);
        Assert.Empty(await house.ReadAsync(db => db.Set<Subscription>().ToListAsync(Cancellation)));
        Assert.Equal(["Subscribed to “Techtalk”", "Unsubscribed from “Techtalk”"], (await house.QueueAsync()).Select(q => q.Message.Subject));
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_unsubscribes_others_but_whoever_has_the_token_may(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("techtalk");
        var ada = await house.ViewerAsync(house.Party.Ada);
        await house.AskAsync<SubscriptionService>(s => s.AddAsync(ada, board, "karla@example.net", Cancellation));
        Assert.Equal("5.7.1", (await house.RelayAsync("karla@example.net", $"techtalk-unsubscribe@{DiscussionHouse.Domain}", "")).Status);
        var token = (await OnlyAsync(house)).Token;
        Assert.Equal(IncomingVerdict.Accepted, await house.DeliverAsync(
            DiscussionHouse.Message("x", "x@example.net", "t", ""), $"techtalk-unsubscribe+{token}@{DiscussionHouse.Domain}", null, ""));
        Assert.Empty(await house.ReadAsync(db => db.Set<Subscription>().ToListAsync(Cancellation)));
        Assert.Equal(IncomingVerdict.Accepted, await house.RelayAsync("x@example.net", $"techtalk-unsubscribe+{token}@{DiscussionHouse.Domain}", ""));
    }

    [Theory, OnBothDatabases]
    public async Task A_board_for_members_takes_no_strangers(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var members = Audience.MembersOf(house.Party.Bavaria);
        var board = await house.BoardAsync("bayern", members, members, unit: house.Party.Bavaria);
        var gero = await house.ViewerAsync(house.Party.Gero);
        await Assert.ThrowsAsync<DeniedException>(() => house.AskAsync<SubscriptionService>(s => s.SubscribeAsync(gero, board, SubscriptionDelivery.AtOnce, Cancellation)));
        await Assert.ThrowsAsync<RuleException>(() => house.AskAsync<SubscriptionService>(s => s.AskAsync(board, "x@example.net", Cancellation)));
        await Assert.ThrowsAsync<DeniedException>(() => house.AskAsync<SubscriptionService>(s => s.AddAsync(gero, board, "x@example.net", Cancellation)));
        Assert.Equal("5.7.1", (await house.RelayAsync("x@example.net", $"bayern-join@{DiscussionHouse.Domain}", "", Proven)).Status);
        Assert.Equal("5.7.1", (await house.SubmitAsync(house.Party.Gero, "gero", $"bayern-join@{DiscussionHouse.Domain}", "")).Status);
    }

    [Theory, OnBothDatabases]
    public async Task Mail_to_the_owner_reaches_the_people_behind_the_board(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        await house.BoardAsync("techtalk");
        await house.RelayAsync("karla@example.net", $"techtalk-owner@{DiscussionHouse.Domain}", "Who decides?", Proven);
        Assert.Equal(["ada@example.org"], Assert.Single(await house.QueueAsync()).Recipients.Select(r => r.Address));
        Assert.Equal(IncomingVerdictKind.Discarded, (await house.DeliverAsync(DiscussionHouse.Message("x", "x@example.net", "t", ""), $"techtalk-owner@{DiscussionHouse.Domain}", null, "")).Kind);
    }

    private static Task<Subscription> OnlyAsync(DiscussionHouse house) => house.ReadAsync(db => db.Set<Subscription>().SingleAsync(Cancellation));
}
