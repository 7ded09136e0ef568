using Plenum.Contracts.Mail;
using Plenum.Kernel.Blobs;
using Plenum.Mail.Domain;
using Plenum.Mail.Signing;
using Plenum.Protocols.Mail.Arc;
using Plenum.Protocols.Mail.AuthResults;
using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Smtp;

namespace Plenum.Mail.Sending;

/// <summary>A queued message made ready to be sent, in both forms; the work is done once for all its copies.</summary>
internal sealed class OutgoingMessage(QueuedMessage message, Blobs blobs, IBlobStore store, SigningKeys keys, string authServId)
{
    // Fields that are for us, not for the next host: who answers, who else gets it, results that pretend to be ours.
    private static readonly string[] Private = ["Return-Path", "Bcc"];

    private readonly Lazy<Task<OutgoingForm>> _asItIs = new(() => PrepareAsync(message, blobs, keys, authServId, BlobHash.Parse(message.Blob), message.SkippedOctets));
    private readonly Lazy<Task<OutgoingForm?>> _sevenBit = new(() => DowngradeAsync(message, blobs, store, keys, authServId));

    /// <summary>The form a host can take.</summary>
    /// <returns>Null if it cannot be said to it: its addresses need SMTPUTF8 (status 5.6.7).</returns>
    public async Task<OutgoingForm?> FormForAsync(SmtpExtensions extensions)
    {
        var form = await _asItIs.Value;
        var facts = form.Facts;
        return facts.HasLongLine || (facts.HasEightBitBody && !extensions.HasEightBit) || (facts.HasUtf8Header && !extensions.HasUtf8) ? await _sevenBit.Value : form;
    }

    /// <summary>The form for a mailbox or board of ours.</summary>
    public Task<OutgoingForm> AsItIsAsync() => _asItIs.Value;

    private static async Task<OutgoingForm> PrepareAsync(
        QueuedMessage message, Blobs blobs, SigningKeys keys, string authServId, BlobHash blob, long offset)
    {
        ContentFacts facts;
        await using (var content = await OpenAsync(blobs, blob, offset, null))
        {
            facts = await ContentFacts.ReadAsync(content);
        }

        var header = new byte[facts.HeaderLength];
        await using (var content = await OpenAsync(blobs, blob, offset, facts.HeaderLength))
        {
            await content.ReadExactlyAsync(header);
        }

        var signers = await keys.ForAsync(message.Domain, CancellationToken.None);
        var clean = Clean(header, authServId);
        return new(blobs, blob, offset + facts.HeaderLength, [.. Seal(message, signers, clean, facts.BodyHash), .. clean], facts, signers);
    }

    private static async Task<OutgoingForm?> DowngradeAsync(QueuedMessage message, Blobs blobs, IBlobStore store, SigningKeys keys, string authServId)
    {
        var path = Path.GetTempFileName(); // Parts are read again while they are written: a large message stays on disk.
        await using var whole = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        await using (var content = await OpenAsync(blobs, BlobHash.Parse(message.Blob), message.SkippedOctets, null))
        {
            await content.CopyToAsync(whole);
        }

        whole.Position = 0;
        await using var simple = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        if (!await ContentDowngrade.TryWriteAsync(whole, simple))
        {
            return null;
        }

        simple.Position = 0;
        var stored = await store.PutAsync(simple, long.MaxValue, CancellationToken.None); // Nobody refers to it: the sweep takes it when it is no longer needed.
        return await PrepareAsync(message, blobs, keys, authServId, stored.Hash, 0);
    }

    private static byte[] Clean(byte[] header, string authServId)
    {
        var block = HeaderBlock.Parse(header);
        var unwanted = ForgedResults.Find(block, authServId).Concat(Private.SelectMany(block.PositionsOf)).ToHashSet();
        if (unwanted.Count == 0)
        {
            return header;
        }

        using var clean = new MemoryStream(header.Length);
        foreach (var (position, field) in block.Fields.Index().Where(f => !unwanted.Contains(f.Index)))
        {
            clean.Write(field.Raw.Span);
            clean.Write("\r\n"u8);
        }

        clean.Write("\r\n"u8);
        return clean.ToArray();
    }

    // RFC 8617 §5.1: forwarded mail carries on what we found when it came.
    private static byte[] Seal(QueuedMessage message, DomainSigners? signers, byte[] header, DkimBodyHash body)
    {
        if (signers is null || message.ChainResults is not { } results || message.ChainInstances < 0)
        {
            return [];
        }

        var status = message.ChainStatus switch { AuthenticationResult.Pass => ArcStatus.Pass, AuthenticationResult.None => ArcStatus.None, _ => ArcStatus.Fail };
        return signers.Sealer.Seal(HeaderBlock.Parse(header), body, new ArcVerdict(status, ArcProblem.None, []) { HighestInstance = message.ChainInstances }, results);
    }

    private static async Task<Stream> OpenAsync(Blobs blobs, BlobHash blob, long offset, long? length)
        => await blobs.OpenAsync(blob, offset, length, CancellationToken.None) ?? throw new IOException($"The blob {blob} is missing from the store.");
}

/// <summary>Messages being sent now. A few are kept ready; a fan-out works on one.</summary>
internal sealed class OutgoingMessages(Blobs blobs, IBlobStore store, SigningKeys keys, MailNames names)
{
    private const int MaxReady = 100; // At 256 kB of body in memory each, 25 MB at most.
    private readonly Lock _lock = new();
    private readonly Dictionary<MailMessageId, LinkedListNode<(MailMessageId Id, OutgoingMessage Message)>> _ready = [];
    private readonly LinkedList<(MailMessageId Id, OutgoingMessage Message)> _order = new();

    public OutgoingMessage Of(QueuedMessage message)
    {
        lock (_lock)
        {
            if (_ready.TryGetValue(message.Id, out var node))
            {
                _order.Remove(node);
                _order.AddLast(node);
                return node.Value.Message;
            }

            var made = new OutgoingMessage(message, blobs, store, keys, names.HostName);
            _ready[message.Id] = _order.AddLast((message.Id, made));
            if (_ready.Count > MaxReady)
            {
                _ready.Remove(_order.First!.Value.Id);
                _order.RemoveFirst();
            }

            return made;
        }
    }

    /// <summary>A failure to prepare is not remembered: the next attempt tries anew.</summary>
    public void Forget(QueuedMessage message)
    {
        lock (_lock)
        {
            if (_ready.Remove(message.Id, out var node))
            {
                _order.Remove(node);
            }
        }
    }
}
