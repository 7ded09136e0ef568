using System.Collections.Concurrent;
using System.Text;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;

namespace Plenum.Modules.Tests.Mail;

/// <summary>
/// Boards at lists.plenum.test: open@ takes all, members@ only submitted mail, full@ takes nothing now, late@ refuses at the end,
/// broken@ fails, slow@ waits for <see cref="Gate"/>.
/// </summary>
internal sealed class SampleBoards : IAddressClaimant, ILocalDomains
{
    public const string Name = "tests";
    private static readonly HashSet<string> Domains = new(StringComparer.Ordinal) { "lists.plenum.test" };
    private static readonly string[] Boards = ["open", "members", "full", "late", "broken", "slow"];

    public int Order => 50;

    /// <summary>What was handed over, committed or not.</summary>
    public ConcurrentQueue<IncomingMail> Received { get; } = [];

    public TaskCompletionSource Gate { get; } = new();

    public ValueTask<AddressClaim?> ClaimAsync(MailAddress address, CancellationToken cancellation)
        => new(Domains.Contains(address.Domain) && Boards.Contains(address.BaseLocalPart) && MailAddress.TryParse($"{address.BaseLocalPart}@{address.Domain}", out var canonical)
            ? new AddressClaim(Name, address.BaseLocalPart, canonical)
            : null);

    public ValueTask<IReadOnlySet<string>> DomainsAsync(CancellationToken cancellation) => new(Domains);
}

internal sealed class SampleBoardMail(SampleBoards boards, PlenumDb db, Blobs blobs) : IIncomingMailReceiver
{
    public string Claimant => SampleBoards.Name;

    public ValueTask<IncomingVerdict> DecideRecipientAsync(RecipientQuestion question, CancellationToken cancellation) => new(question.Recipient.ClaimKey switch
    {
        "members" when question.Submitter is null => IncomingVerdict.Refused("5.7.1", "Only members may post here."),
        "full" => IncomingVerdict.TryLater("4.2.2", "The board is full."),
        _ => IncomingVerdict.Accepted,
    });

    public async ValueTask<IncomingVerdict> ReceiveAsync(IncomingMail mail, CancellationToken cancellation)
    {
        boards.Received.Enqueue(mail);
        if (mail.Recipients.Any(r => r.ClaimKey == "slow"))
        {
            await boards.Gate.Task;
        }

        if (mail.Recipients.Any(r => r.ClaimKey == "broken"))
        {
            throw new InvalidOperationException("This board is broken on purpose.");
        }

        if (mail.Recipients.All(r => r.ClaimKey == "late"))
        {
            return IncomingVerdict.Refused("5.7.1", "On second thoughts, no.");
        }

        await blobs.ReferToAsync(db, BlobHash.Parse(mail.Blob), SampleBoards.Name, Guid.NewGuid().ToString("N"), cancellation);
        return IncomingVerdict.Accepted;
    }
}

/// <summary>Reads what the house keeps.</summary>
internal static class MailHostReading
{
    extension(MailHost host)
    {
        public async Task<string> TextAsync(string blob)
        {
            await using var content = await ((Blobs)host.Services.GetService(typeof(Blobs))!).OpenAsync(BlobHash.Parse(blob), MailHost.Cancellation);
            using var reader = new StreamReader(content, Encoding.Latin1);
            return await reader.ReadToEndAsync(MailHost.Cancellation);
        }
    }
}
