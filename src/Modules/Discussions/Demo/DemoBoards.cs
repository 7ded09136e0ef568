using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Finding;
using Plenum.Discussions.Posting;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Kernel.Demo;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Search;

namespace Plenum.Discussions.Demo;

/// <summary>Three boards of the demo party with threads, subscribers and one post that waits for a moderator. Sends no mail.</summary>
internal sealed class DemoBoards(
    PlenumDb db, Access access, PostIntake intake, Blobs blobs, SearchIndex index, IOptions<HouseOptions> house, TimeProvider clock) : IDemoSeed
{
    private const string Domain = "lists.plenum.test";
    private readonly DateTime _now = clock.GetUtcNow().UtcDateTime;
    private Dictionary<string, Account> _accounts = [];

    public int Order => 200;

    public async Task SeedAsync(CancellationToken cancellation)
    {
        if (await db.Set<Board>().AnyAsync(cancellation))
        {
            return;
        }

        _accounts = await db.Set<Account>().AsNoTracking().ToDictionaryAsync(a => a.Login, StringComparer.Ordinal, cancellation);
        var federation = await db.Set<OrgUnit>().SingleAsync(u => u.ParentId == null, cancellation);
        var bavaria = await db.Set<OrgUnit>().SingleAsync(u => u.ParentId == federation.Id && u.Slug == "bayern", cancellation);
        var press = await db.Set<Office>().SingleAsync(o => o.MailLocalPart == "presse", cancellation);
        db.Add(new Grant(AudienceToken.Holder(press.Id), DiscussionsPermissions.Moderator.Name, federation.Id, inherits: false, _now, null));
        foreach (var board in DemoThreads.Boards)
        {
            await SeedAsync(board, board.Slug == "bayern" ? bavaria : federation, cancellation);
        }

    }

    private async Task SeedAsync(DemoBoard plan, OrgUnit unit, CancellationToken cancellation)
    {
        var board = new Board(unit.Id, Slug.Parse(plan.Slug), plan.Title, "de", _now.AddMonths(-18));
        board.Describe(plan.Title, plan.Description, "de");
        board.UseAddress(plan.Slug, Domain);
        var readers = plan.IsForMembers ? Audience.MembersOf(unit.Id) : Audience.Public;
        var writers = plan.IsAnnounceOnly ? null : plan.IsForMembers ? readers : Audience.SignedIn;
        board.Admit(
            await access.AudienceIdAsync(db, readers, cancellation),
            writers is null ? null : await access.AudienceIdAsync(db, writers, cancellation),
            plan.IsAnnounceOnly || plan.IsForMembers ? StrangerRule.Refuse : StrangerRule.Hold);
        db.Add(board);
        await SubscribeAsync(board, plan, unit, cancellation);
        foreach (var thread in plan.Threads)
        {
            await SeedAsync(board, unit, thread, cancellation);
        }

        if (plan.Held is { } held)
        {
            var post = await WriteAsync(board, "", held, null, cancellation);
            post.Hold(HoldReason.NotPermitted);
            db.Add(post);
        }

        await db.SaveChangesAsync(cancellation);
    }

    private async Task SeedAsync(Board board, OrgUnit unit, DemoThread thread, CancellationToken cancellation)
    {
        var posts = new List<Post>();
        foreach (var next in thread.Posts)
        {
            posts.Add(await WriteAsync(board, thread.Subject, next, next.Answers is { } answered ? posts[answered] : posts.FirstOrDefault(), cancellation));
        }

        var places = await intake.PlacesForAsync(board.Id, posts, cancellation);
        posts.ForEach(p => places.Place(p));
        db.AddRange(posts);
        await intake.KeepAsync(places, cancellation);
        await db.SaveChangesAsync(cancellation);
        await index.PutManyAsync(db, [.. posts.Select(p => PostDocument.Of(board, p, p.Body, unit.Path))], cancellation);
    }

    private async Task<Post> WriteAsync(Board board, string subject, DemoPost plan, Post? parent, CancellationToken cancellation)
    {
        var at = _now.AddHours(-plan.HoursAgo);
        var account = _accounts.GetValueOrDefault(plan.Author);
        var name = account?.DisplayName ?? plan.Author;
        var id = $"{Guid.CreateVersion7(at):N}@{(account is null ? "example.net" : Domain)}";
        var title = plan.Subject ?? (parent is null ? subject : SubjectLine.ReplyTo(subject));
        IReadOnlyList<string> references = parent is null ? [] : [.. parent.ReferenceList, parent.MessageId];
        var header = new PostHeader(id, MessageHash.Of(id), "", references, title, at);
        var raw = account is null
            ? await MailAsync(board, name, header, plan.Text, cancellation)
            : await new WebMessage(board, name, header, plan.Text, house.Value.PublicUrl.TrimEnd('/')).WriteAsync([], cancellation);
        var author = new PostAuthor(account?.Id, name, account is null ? AddressOf(name) : "");
        var post = new Post(board.Id, account is null ? PostOrigin.Mail : PostOrigin.Web, header with { ContentHash = MessageHash.OfBody(raw) }, author, at);
        using var content = new MemoryStream(raw, writable: false);
        var stored = await blobs.PutAsync(db, content, DiscussionsModule.Name, post.BlobKey, raw.Length, cancellation);
        post.Keep(stored.Hash.Hex, stored.Length, keepsFrom: true);
        post.Say(new(account is null ? BodyFormat.Plain : BodyFormat.Markdown, plan.Text, null), 0);
        return post;
    }

    private static async Task<byte[]> MailAsync(Board board, string name, PostHeader header, string text, CancellationToken cancellation)
    {
        using var message = new MimeKit.MimeMessage
        {
            MessageId = header.MessageId,
            Date = header.At,
            Subject = header.Subject,
            Body = new MimeKit.TextPart("plain") { Text = text.ReplaceLineEndings("\r\n") },
        };
        message.From.Add(new MimeKit.MailboxAddress(name, AddressOf(name)));
        message.To.Add(new MimeKit.MailboxAddress(board.Title, board.Address!));
        message.References.AddRange(header.References);
        message.Prepare(MimeKit.EncodingConstraint.SevenBit);
        using var wire = new MemoryStream();
        await message.WriteToAsync(wire, cancellation);
        return wire.ToArray();
    }

    private static string AddressOf(string name) => Slug.From(name).Value.Replace('-', '.') + "@example.net";

    private async Task SubscribeAsync(Board board, DemoBoard plan, OrgUnit unit, CancellationToken cancellation)
    {
        var members = plan.IsForMembers
            ? await (from m in db.Set<MembershipFact>()
                     join u in db.Set<OrgUnit>() on m.UnitId equals u.Id
                     where u.Path == unit.Path || u.Path.StartsWith(unit.Path + "/")
                     select m.AccountId).ToListAsync(cancellation)
            : [.. _accounts.Values.OrderBy(a => a.Login, StringComparer.Ordinal).Select(a => a.Id)];
        var wanted = members.Take(plan.Subscribers).Concat(plan.Named.Select(n => _accounts[n].Id)).Distinct();
        foreach (var account in wanted)
        {
            db.Add(Subscription.Of(board.Id, account, _now.AddMonths(-6)));
        }

        foreach (var address in plan.Outside)
        {
            db.Add(Subscription.Of(board.Id, address, isConfirmed: true, _now.AddMonths(-6)));
        }
    }
}
