using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Kernel.Demo;
using Plenum.Kernel.Modules;
using Plenum.Mail;
using Plenum.Mail.Domain;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Mail.Queue;

public sealed class MailQueueTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_mail_leaves_only_when_the_callers_change_is_committed(DatabaseProvider provider)
    {
        await using var kernel = await StartAsync(provider);
        await kernel.InScopeAsync(async scope =>
        {
            var db = scope.GetRequiredService<PlenumDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
            await scope.GetRequiredService<IMailQueue>().EnqueueAsync(Letter("lost@example.org"), Cancellation);
            await db.SaveChangesAsync(Cancellation);
        });
        var kept = await EnqueueAsync(kernel, Letter("kept@example.org"));
        await using var db = kernel.OpenDb();
        var recipient = Assert.Single(await db.Set<QueuedRecipient>().ToListAsync(Cancellation));
        Assert.Equal(("kept@example.org", kept), (recipient.Address, recipient.MessageId));
    }

    [Theory, OnBothDatabases]
    public async Task A_system_mail_is_a_whole_message(DatabaseProvider provider)
    {
        await using var kernel = await StartAsync(provider);
        var id = await EnqueueAsync(kernel, Letter("ada@example.org") with { Subject = "Grüße", ToName = "Ada Ächt", InReplyTo = "one@example.org" });
        using var message = await MessageAsync(kernel, id);
        Assert.Equal("Grüße", message.Subject);
        Assert.Equal(["Ada Ächt"], message.To.Mailboxes.Select(m => m.Name));
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.Equal("one@example.org", message.InReplyTo);
        Assert.Equal("Hallo, Österreich!", message.TextBody?.TrimEnd());
    }

    [Theory, OnBothDatabases]
    public async Task In_the_demo_mail_ends_in_the_spool(DatabaseProvider provider)
    {
        await using var kernel = await StartAsync(provider, module => module.Services.AddSingleton(new DemoMode(true)));
        foreach (var service in kernel.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().Where(s => s.GetType().Name is "OutcomeDesk" or "QueueRunner"))
        {
            await service.StartAsync(Cancellation);
        }

        await EnqueueAsync(kernel, Letter("ada@example.org"));
        await using var db = kernel.OpenDb();
        await Patience.UntilAsync(() => db.Set<QueuedRecipient>().AnyAsync(r => r.State == RecipientState.Spooled && r.FinishedAt != null, Cancellation), Cancellation);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("ada@example.org\r\nBcc: x@example.org")]
    public async Task What_is_no_address_is_refused_at_once(string to)
    {
        await using var kernel = await StartAsync(DatabaseProvider.SQLite);
        await Assert.ThrowsAsync<ArgumentException>(() => EnqueueAsync(kernel, Letter(to)));
    }

    private static SystemMail Letter(string to) => new() { Source = "tests", To = to, Subject = "Test", Text = "Hallo, Österreich!" };

    private static Task<TestKernel> StartAsync(DatabaseProvider provider, Action<ModuleBuilder>? register = null)
        => TestKernel.StartAsync(provider, new() { Modules = new ModuleCatalog().Add<MailModule>(), Register = register });

    private static Task<MailMessageId> EnqueueAsync(TestKernel kernel, OutgoingMail mail) => kernel.InScopeAsync(async scope =>
    {
        var id = await scope.GetRequiredService<IMailQueue>().EnqueueAsync(mail, Cancellation);
        await scope.GetRequiredService<PlenumDb>().SaveChangesAsync(Cancellation);
        return id;
    });

    private static async Task<MimeKit.MimeMessage> MessageAsync(TestKernel kernel, MailMessageId id)
    {
        await using var db = kernel.OpenDb();
        var blob = await db.Set<QueuedMessage>().Where(m => m.Id == id).Select(m => m.Blob).SingleAsync(Cancellation);
        await using var content = await kernel.Get<Blobs>().OpenAsync(BlobHash.Parse(blob), Cancellation);
        return await MimeKit.MimeMessage.LoadAsync(content, Cancellation);
    }
}
