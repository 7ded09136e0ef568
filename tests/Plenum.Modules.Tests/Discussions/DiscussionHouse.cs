using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Plenum.Contracts.Mail;
using Plenum.Contracts.Organisation;
using Plenum.Discussions;
using Plenum.Discussions.Domain;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Kernel.Modules;
using Plenum.Kernel.Outbox;
using Plenum.Kernel.Permissions;
using Plenum.Mail;
using Plenum.Mail.Domain;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Discussions;

/// <summary>A house with boards and a mail queue that nobody empties: what is queued can be looked at. Mail arrives as the SMTP server hands it over.</summary>
internal sealed class DiscussionHouse : IAsyncDisposable
{
    public const string Domain = "lists.plenum.test";

    private DiscussionHouse(TestKernel kernel, SmallParty party) => (Kernel, Party) = (kernel, party);

    public TestKernel Kernel { get; }

    public SmallParty Party { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TestKernel.Setup Setup => new() { Modules = new ModuleCatalog().Add<MailModule>().Add<DiscussionsModule>() };

    public static async Task<DiscussionHouse> StartAsync(DatabaseProvider provider)
    {
        var kernel = await TestKernel.StartAsync(provider, Setup);
        return new(kernel, await SmallParty.FoundAsync(kernel, Cancellation));
    }

    public async Task<Viewer> ViewerAsync(AccountId account) => await Kernel.Get<ViewerSource>().ForAsync(account, Cancellation);

    /// <summary>A board of the federation, made by Ada.</summary>
    public async Task<Board> BoardAsync(
        string slug, Audience? readers = null, Audience? writers = null, StrangerRule strangers = StrangerRule.Hold, bool isAnnounceOnly = false, OrgUnitId? unit = null)
    {
        var ada = await ViewerAsync(Party.Ada);
        var description = new BoardDescription
        {
            Title = char.ToUpperInvariant(slug[0]) + slug[1..],
            Description = "A board.",
            Language = "en",
            Readers = readers ?? Audience.Public,
            Writers = isAnnounceOnly ? null : writers ?? Audience.SignedIn,
            Strangers = strangers,
        };
        return await AskAsync<BoardService, Board>(b => b.CreateAsync(ada, unit ?? Party.Federation, slug, $"{slug}@{Domain}", description, Cancellation));
    }

    public Task<TResult> AskAsync<TService, TResult>(Func<TService, Task<TResult>> step)
        where TService : notnull
        => Kernel.InScopeAsync(scope => step(scope.GetRequiredService<TService>()));

    public Task AskAsync<TService>(Func<TService, Task> step)
        where TService : notnull
        => Kernel.InScopeAsync(scope => step(scope.GetRequiredService<TService>()));

    public async Task<TResult> ReadAsync<TResult>(Func<PlenumDb, Task<TResult>> read)
    {
        await using var db = Kernel.OpenDb();
        return await read(db);
    }

    public Task<List<Post>> PostsAsync(Board board)
        => ReadAsync(db => db.Set<Post>().AsNoTracking().Include(p => p.Body).Where(p => p.BoardId == board.Id).OrderBy(p => p.ReceivedAt).ThenBy(p => p.Id).ToListAsync(Cancellation));

    /// <summary>Mail signed in as an account and from its own address.</summary>
    public Task<IncomingVerdict> SubmitAsync(AccountId account, string login, string to, string text, params (string Name, string Value)[] fields)
        => DeliverAsync(Message(login, $"{login}@plenum.test", to, text, fields), to, account, $"{login}@plenum.test");

    /// <summary>Mail from another server.</summary>
    public Task<IncomingVerdict> RelayAsync(string from, string to, string text, SenderAuthentication? authentication = null, params (string Name, string Value)[] fields)
        => DeliverAsync(Message(from.Split('@')[0], from, to, text, fields), to, null, from, authentication);

    /// <summary>Asks at RCPT, stores, asks again and commits, as the SMTP server does.</summary>
    public async Task<IncomingVerdict> DeliverAsync(byte[] raw, string to, AccountId? submitter, string reversePath, SenderAuthentication? authentication = null)
    {
        Assert.True(MailAddress.TryParse(to, out var address), to);
        if (await Kernel.Get<AddressDirectory>().FindAsync(address, Cancellation) is not { } claim)
        {
            return IncomingVerdict.Refused("5.1.1", "No such address.");
        }

        return await Kernel.InScopeAsync(async scope =>
        {
            var db = scope.GetRequiredService<PlenumDb>();
            var receiver = scope.GetServices<IIncomingMailReceiver>().Single(r => r.Claimant == claim.Module);
            var recipient = new IncomingRecipient(to, claim.Key) { Subaddress = address.Detail };
            var origin = submitter is null ? MailOrigin.Relay : MailOrigin.Submission;
            var early = await receiver.DecideRecipientAsync(new() { ReversePath = reversePath, Recipient = recipient, Origin = origin, Submitter = submitter }, Cancellation);
            if (early.Kind != IncomingVerdictKind.Accepted)
            {
                return early;
            }

            using var content = new MemoryStream(raw);
            var stored = await scope.GetRequiredService<Blobs>().PutAsync(db, content, "tests", Guid.NewGuid().ToString("N"), raw.Length, Cancellation);
            var verdict = await receiver.ReceiveAsync(
                new()
                {
                    ReversePath = reversePath,
                    Recipients = [recipient],
                    Blob = stored.Hash.Hex,
                    SizeBytes = stored.Length,
                    ReceivedAt = DateTime.SpecifyKind(TimeProvider.System.GetUtcNow().UtcDateTime, DateTimeKind.Utc),
                    Origin = origin,
                    Submitter = submitter,
                    Header = HeaderOf(raw, reversePath),
                    Authentication = authentication ?? new(),
                },
                Cancellation);
            await db.SaveChangesAsync(Cancellation);
            return verdict;
        });
    }

    /// <summary>Lets the outbox do all it has to.</summary>
    public async Task SettleAsync()
    {
        if (!_isDispatching)
        {
            _isDispatching = true;
            await Kernel.StartServiceAsync<OutboxDispatcher>();
        }

        await Patience.UntilAsync(() => Kernel.InScopeAsync(async s => (await s.GetRequiredService<OutboxOverview>().QueuesAsync(Cancellation)).Sum(q => q.Pending) == 0), Cancellation);
        Assert.Empty(await Kernel.InScopeAsync(s => s.GetRequiredService<OutboxOverview>().DeadLettersAsync(0, 10, Cancellation)));
    }

    private bool _isDispatching;

    /// <summary>What lies in the queue: each message parsed, with its recipients.</summary>
    public async Task<List<(MimeMessage Message, List<QueuedRecipient> Recipients)>> QueueAsync(string? source = "discussions")
    {
        var queued = await ReadAsync(db => db.Set<QueuedMessage>().AsNoTracking().Include(m => m.Recipients)
            .Where(m => source == null || m.Source == source).OrderBy(m => m.CreatedAt).ToListAsync(Cancellation));
        var found = new List<(MimeMessage, List<QueuedRecipient>)>();
        foreach (var message in queued)
        {
            await using var content = await Kernel.Get<Blobs>().OpenAsync(BlobHash.Parse(message.Blob), Cancellation);
            found.Add((await MimeMessage.LoadAsync(content, Cancellation), [.. message.Recipients.OrderBy(r => r.Position)]));
        }

        return found;
    }

    public static byte[] Message(string name, string from, string to, string text, params (string Name, string Value)[] fields)
    {
        var given = fields.Select(f => f.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var header = new StringBuilder();
        if (!given.Contains("From"))
        {
            header.Append($"From: {name} <{from}>\r\n");
        }

        header.Append($"To: <{to}>\r\n");
        if (!given.Contains("Message-ID"))
        {
            header.Append($"Message-ID: <{Guid.NewGuid():N}@example.net>\r\n");
        }

        if (!given.Contains("Subject"))
        {
            header.Append("Subject: Hello\r\n");
        }

        header.Append("Date: Tue, 24 Nov 2026 20:00:00 +0100\r\nMIME-Version: 1.0\r\n");
        if (!given.Contains("Content-Type"))
        {
            header.Append("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n");
        }

        foreach (var (field, value) in fields)
        {
            header.Append($"{field}: {value}\r\n");
        }

        return Encoding.UTF8.GetBytes($"{header}\r\n{text.ReplaceLineEndings("\r\n")}\r\n");
    }

    public ValueTask DisposeAsync() => Kernel.DisposeAsync();

    private static IncomingHeader HeaderOf(byte[] raw, string reversePath)
    {
        using var message = MimeMessage.Load(new MemoryStream(raw));
        return new()
        {
            MessageId = message.MessageId ?? "",
            References = [.. message.References],
            Subject = message.Subject ?? "",
            From = [.. message.From.Mailboxes.Select(m => m.Address)],
            FromName = message.From.Mailboxes.FirstOrDefault()?.Name ?? "",
            LoopMarks = [.. message.Headers.Where(h => h.Field is "List-Id" or "Delivered-To" or "X-Loop").Select(h => h.Value.ToLowerInvariant())],
            IsAutomatic = reversePath.Length == 0 || message.Headers["Auto-Submitted"] is { } auto && auto != "no" || message.Headers["Precedence"] is "bulk" or "junk" or "list",
        };
    }
}
