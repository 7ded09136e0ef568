using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Plenum.Contracts.Mail;
using Plenum.Contracts.Organisation;
using Plenum.Kernel;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Jobs;
using Plenum.Kernel.Modules;
using Plenum.Kernel.Notifications;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Outbox;
using Plenum.Kernel.Permissions;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.NotificationLists;

public sealed class NotificationsTests
{
    private static readonly DateTime Then = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task An_audience_is_told_once_and_its_author_not_at_all(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        var toBavaria = new Notification
        {
            Topic = "tests.post",
            Key = "post 1",
            TextKey = "notifications.no-topic",
            Args = ["Bier\0"],
            Link = "/boards/bayern/1",
            Audience = Audience.MembersOf(house.Bavaria),
            Except = house.Emil,
        };
        await house.PublishAsync(toBavaria);
        await house.PublishAsync(toBavaria with { Args = ["again"] });
        Assert.Equal((1, 1, 0, 0), (await house.UnreadAsync(house.Dilek), await house.UnreadAsync(house.Munich), await house.UnreadAsync(house.Emil), await house.UnreadAsync(house.Gero)));
        var item = Assert.Single(await house.ListAsync(house.Munich));
        Assert.Equal(("Bier\uFFFD", "/boards/bayern/1", false), (item.Args[0], item.Link, item.IsRead));
    }

    [Theory, OnBothDatabases]
    public async Task Each_hears_in_the_way_they_chose(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        await house.ChooseAsync(house.Emil, NotificationWay.MailAtOnce);
        await house.ChooseAsync(house.Dilek, NotificationWay.DailyDigest);
        await house.ChooseAsync(house.Gero, NotificationWay.Mute);
        foreach (var number in Enumerable.Range(1, 3))
        {
            await house.PublishAsync(new()
            {
                Topic = "tests.post",
                Key = $"post {number}",
                TextKey = "notifications.no-topic",
                Args = [$"{number}"],
                Link = $"/boards/{number}",
                Excerpt = "Worum es geht",
                Audience = Audience.SignedIn,
            });
        }

        Assert.Equal((3, 3, 0, 3), (await house.UnreadAsync(house.Emil), await house.UnreadAsync(house.Dilek), await house.UnreadAsync(house.Gero), await house.UnreadAsync(house.Munich)));
        Assert.Equal(3, house.Sent.Count);
        Assert.All(house.Sent, mail => Assert.Equal("emil@example.org", mail.To));
        Assert.Contains("http://localhost:8080/boards/1", house.Sent[0].Text, StringComparison.Ordinal);
        Assert.Contains("Worum es geht", house.Sent[0].Text, StringComparison.Ordinal);
        house.Sent.Clear();

        await house.OpenAsync(house.Dilek, (await house.ListAsync(house.Dilek))[0].Id);
        await house.RunAsync("notifications.digest");
        await house.RunAsync("notifications.digest");
        var digest = Assert.Single(house.Sent);
        Assert.Equal(("dilek@example.org", "2 unread notifications"), (digest.To, digest.Subject));
        Assert.DoesNotContain("/boards/3", digest.Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task What_was_read_is_no_longer_counted(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        foreach (var number in Enumerable.Range(1, 5))
        {
            await house.PublishAsync(new() { Topic = "tests.post", Key = $"{number}", TextKey = "notifications.no-topic", Link = $"/boards/{number}", Accounts = [house.Emil, house.Emil] });
        }

        var list = await house.ListAsync(house.Emil);
        Assert.Equal(["/boards/5", "/boards/4", "/boards/3", "/boards/2", "/boards/1"], list.Select(i => i.Link));
        Assert.Equal("/boards/5", (await house.OpenAsync(house.Emil, list[0].Id))!.Link);
        Assert.Null(await house.OpenAsync(house.Dilek, list[0].Id));
        Assert.Equal(1, await house.InboxAsync(i => i.MarkReadAsync(house.Emil, "/boards/4", Cancellation)));
        Assert.Equal(3, await house.UnreadAsync(house.Emil));
        Assert.Equal(2, await house.InboxAsync(i => i.MarkReadAsync(house.Emil, list[3].Id, Cancellation)));
        Assert.Equal(["/boards/3"], (await house.InboxAsync(i => i.ListAsync(house.Emil, onlyUnread: true, before: null, 20, Cancellation))).Select(i => i.Link));
        Assert.Equal(["/boards/2"], (await house.InboxAsync(i => i.ListAsync(house.Emil, onlyUnread: false, before: list[2].Id, 1, Cancellation))).Select(i => i.Link));
        Assert.Equal(0, await house.UnreadAsync(house.Dilek));
    }

    [Theory, OnBothDatabases]
    public async Task A_circle_larger_than_one_transaction_is_told_whole(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        await using (var db = house.Kernel.OpenDb())
        {
            foreach (var number in Enumerable.Range(1, 1_200))
            {
                var account = House.Person($"person{number:0000}");
                db.Add(account);
                db.Add(new MembershipFact { AccountId = account.Id, UnitId = house.Bavaria, Since = Then });
            }

            await db.SaveChangesAsync(Cancellation);
        }

        await house.PublishAsync(new() { Topic = "tests.post", Key = "all", TextKey = "notifications.no-topic", Link = "/", Audience = Audience.MembersOf(house.Bavaria).Or(Audience.Of(house.Gero)) });
        await using var read = house.Kernel.OpenDb();
        Assert.Equal(1_204, (await read.Database.SqlQuery<long>($"SELECT count(*) AS \"Value\" FROM kernel_notification_receipt").ToListAsync(Cancellation))[0]);
    }

    [Theory, OnBothDatabases]
    public async Task What_nobody_may_miss_cannot_be_muted(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        Assert.Equal("notifications.cannot-mute", (await Assert.ThrowsAsync<RuleException>(() => house.ChooseAsync(house.Emil, NotificationWay.Mute, "tests.vote"))).Key);
        Assert.Equal("notifications.no-topic", (await Assert.ThrowsAsync<RuleException>(() => house.ChooseAsync(house.Emil, NotificationWay.Mute, "tests.nothing"))).Key);
        await house.ChooseAsync(house.Emil, NotificationWay.Mute);
        await house.ChooseAsync(house.Emil, NotificationWay.DailyDigest);
        var choices = await house.Kernel.InScopeAsync(s => s.GetRequiredService<NotificationChoices>().OfAsync(house.Emil, Cancellation));
        Assert.Equal(
            [("tests.post", NotificationWay.DailyDigest, false), ("tests.vote", NotificationWay.MailAtOnce, true)],
            choices.Where(c => c.Topic.Name.StartsWith("tests.", StringComparison.Ordinal)).Select(c => (c.Topic.Name, c.Way, c.IsDefault)));
        await house.ChooseAsync(house.Emil, null);
        Assert.True((await house.Kernel.InScopeAsync(s => s.GetRequiredService<NotificationChoices>().OfAsync(house.Emil, Cancellation))).All(c => c.IsDefault));
    }

    [Theory, OnBothDatabases]
    public async Task A_link_never_leads_to_another_site(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        foreach (var link in (string[])["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""])
        {
            await Assert.ThrowsAsync<ArgumentException>(() => house.PublishAsync(
                new() { Topic = "tests.post", Key = "x", TextKey = "notifications.no-topic", Link = link, Accounts = [house.Emil] }));
        }
    }

    /// <summary>Bavaria with Munich below; emil and dilek members of Bavaria, one of Munich, gero of nothing.</summary>
    private sealed class House : IAsyncDisposable
    {
        public required TestKernel Kernel { get; init; }

        public required OrgUnitId Bavaria { get; init; }

        public AccountId Emil { get; private set; }

        public AccountId Dilek { get; private set; }

        public AccountId Munich { get; private set; }

        public AccountId Gero { get; private set; }

        public List<SystemMail> Sent => Kernel.Get<Post>().Sent;

        public static async Task<House> StartAsync(DatabaseProvider provider)
        {
            var kernel = await TestKernel.StartAsync(provider, new() { Register = Register, Clock = new FakeTimeProvider(Then) { AutoAdvanceAmount = TimeSpan.Zero } });
            await using var db = kernel.OpenDb();
            var federation = new OrgUnit(OrgUnitKind.Federation, Slug.Parse("bund"), "Bund", null, Then);
            var bavaria = new OrgUnit(OrgUnitKind.State, Slug.Parse("bayern"), "Bayern", federation, Then);
            var munich = new OrgUnit(OrgUnitKind.District, Slug.Parse("muenchen"), "München", bavaria, Then);
            var north = new OrgUnit(OrgUnitKind.State, Slug.Parse("bayern-nord"), "Bayern-Nord", federation, Then);
            db.AddRange(federation, bavaria, munich, north);
            var house = new House { Kernel = kernel, Bavaria = bavaria.Id };
            house.Emil = Add(db, "emil", bavaria);
            house.Dilek = Add(db, "dilek", bavaria);
            house.Munich = Add(db, "munich", munich);
            Add(db, "north", north);
            house.Gero = Add(db, "gero", null);
            await db.SaveChangesAsync(Cancellation);
            return house;
        }

        public static Account Person(string login)
        {
            var account = new Account(LoginName.Parse(login), login, null, AccountKind.Person, Then);
            account.ConfirmEmail($"{login}@example.org");
            account.Prefer("en", null, null);
            return account;
        }

        public async Task PublishAsync(Notification notification)
        {
            await using (var db = Kernel.OpenDb())
            {
                Kernel.Get<Notifications>().Publish(db, notification);
                await db.SaveChangesAsync(Cancellation);
            }

            await Kernel.Get<OutboxDispatcher>().DrainAsync(Cancellation);
        }

        public Task ChooseAsync(AccountId who, NotificationWay? way, string topic = "tests.post")
            => Kernel.InScopeAsync(s => s.GetRequiredService<NotificationChoices>().ChooseAsync(who, topic, way, Cancellation));

        /// <summary>What the bell shows.</summary>
        public async Task<int> UnreadAsync(AccountId who) => await Kernel.Get<UnreadCounts>().OfAsync(who, Cancellation);

        public Task<IReadOnlyList<NotificationItem>> ListAsync(AccountId who) => InboxAsync(i => i.ListAsync(who, onlyUnread: false, before: null, 20, Cancellation));

        public Task<NotificationItem?> OpenAsync(AccountId who, long id) => InboxAsync(i => i.OpenAsync(who, id, Cancellation));

        public Task<T> InboxAsync<T>(Func<NotificationInbox, Task<T>> ask) => Kernel.InScopeAsync(s => ask(s.GetRequiredService<NotificationInbox>()));

        public async Task RunAsync(string job)
        {
            await Kernel.Get<JobRunner>().RegisterAsync(Cancellation);
            await Kernel.InScopeAsync(s => s.GetRequiredService<JobOverview>().RequestAsync(job, Cancellation));
            await Task.WhenAll(await Kernel.Get<JobRunner>().StartDueAsync(Cancellation));
        }

        public ValueTask DisposeAsync() => Kernel.DisposeAsync();

        private static AccountId Add(PlenumDb db, string login, OrgUnit? memberOf)
        {
            var account = Person(login);
            db.Add(account);
            if (memberOf is not null)
            {
                db.Add(new MembershipFact { AccountId = account.Id, UnitId = memberOf.Id, Since = Then });
            }

            return account.Id;
        }

        private static void Register(ModuleBuilder module)
        {
            module.AddNotificationTopic(new("tests.post", NotificationWay.Web)).AddNotificationTopic(new("tests.vote", NotificationWay.MailAtOnce, CanMute: false));
            module.Services.AddSingleton<Post>();
            module.Services.AddScoped<IMailQueue>(s => s.GetRequiredService<Post>());
        }
    }

    private sealed class Post : IMailQueue
    {
        public List<SystemMail> Sent { get; } = [];

        public ValueTask<MailMessageId> EnqueueAsync(OutgoingMail mail, CancellationToken cancellation = default)
        {
            Sent.Add((SystemMail)mail);
            return new(MailMessageId.New());
        }
    }
}
