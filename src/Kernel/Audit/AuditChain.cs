using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Audit;

public enum AuditFault
{
    /// <summary>The entry's content or hash is not what was sealed.</summary>
    Changed,

    /// <summary>An entry that was sealed is not there.</summary>
    Removed,

    /// <summary>An entry does not follow from the one before it.</summary>
    Inserted,

    /// <summary>The end of the chain, known from the keys folder, is missing.</summary>
    Truncated,
}

/// <summary>What a walk along the chain found.</summary>
/// <param name="Sealed">Entries that are whole, from the first on.</param>
/// <param name="BrokenAt">First broken position, or null.</param>
public sealed record AuditVerdict(long Sealed, long? BrokenAt, AuditFault? Fault)
{
    public bool IsWhole => Fault is null;
}

/// <summary>The chain of hashes over the audit log.</summary>
public sealed class AuditChain(PlenumDb db, AuditHead head)
{
    private const int BatchSize = 2_000;
    private static readonly byte[] Genesis = new byte[SHA256.HashSizeInBytes];

    /// <summary>Walks the chain from its beginning and stops at the first fault.</summary>
    /// <param name="progress">Receives the number of entries walked so far.</param>
    public async Task<AuditVerdict> VerifyAsync(IProgress<long>? progress, CancellationToken cancellation)
    {
        var known = head.Read();
        var (position, previous, knownSeen) = (0L, Genesis, known is null);
        while (true)
        {
            var batch = await db.Set<AuditEntry>().AsNoTracking().Where(e => e.Position > position).OrderBy(e => e.Position)
                .Take(BatchSize).ToListAsync(cancellation);
            if (batch is [])
            {
                return knownSeen ? new(position, null, null) : new(position, position + 1, AuditFault.Truncated);
            }

            foreach (var entry in batch)
            {
                if (FaultOf(entry, position + 1, previous) is { } fault)
                {
                    return new(position, position + 1, fault);
                }

                (position, previous) = (position + 1, entry.Hash!);
                if (position == known?.Position)
                {
                    knownSeen = previous.AsSpan().SequenceEqual(known.Hash);
                    if (!knownSeen)
                    {
                        return new(position - 1, position, AuditFault.Changed); // A chain rebuilt as a whole.
                    }
                }
            }

            progress?.Report(position);
        }
    }

    /// <summary>Seals what is committed and not yet sealed. The caller holds the transaction and the only right to seal.</summary>
    /// <returns>The new end of the chain, or null if there was nothing to seal.</returns>
    internal static async Task<SealedHead?> SealAsync(PlenumDb db, int most, CancellationToken cancellation)
    {
        var fresh = await db.Set<AuditEntry>().Where(e => e.Position == null).OrderBy(e => e.Id).Take(most).ToListAsync(cancellation);
        if (fresh is [])
        {
            return null;
        }

        var last = await EndAsync(db, cancellation) ?? new(0, Genesis);
        foreach (var entry in fresh)
        {
            entry.Position = last.Position + 1;
            entry.PreviousHash = last.Hash;
            entry.Hash = HashOf(entry);
            last = new(entry.Position.Value, entry.Hash);
        }

        await db.SaveChangesAsync(cancellation);
        return last;
    }

    internal static Task<SealedHead?> EndAsync(PlenumDb db, CancellationToken cancellation)
        => db.Set<AuditEntry>().AsNoTracking().Where(e => e.Position != null).OrderByDescending(e => e.Position)
            .Select(e => new SealedHead(e.Position!.Value, e.Hash!)).FirstOrDefaultAsync(cancellation);

    private static AuditFault? FaultOf(AuditEntry entry, long expected, byte[] previous)
        => entry.Position != expected ? AuditFault.Removed
            : entry.Hash is null || entry.PreviousHash is null || !HashOf(entry).AsSpan().SequenceEqual(entry.Hash) ? AuditFault.Changed
            : !entry.PreviousHash.AsSpan().SequenceEqual(previous) ? AuditFault.Inserted
            : null;

    /// <summary>SHA-256 over position, previous hash, id, time in ticks, actor, unit and the texts, each text led by its length in octets.</summary>
    private static byte[] HashOf(AuditEntry entry)
    {
        var octets = new ArrayBufferWriter<byte>(512);
        Write(octets, entry.Position!.Value);
        octets.Write(entry.PreviousHash);
        Write(octets, entry.Id);
        Write(octets, entry.At.Ticks);
        octets.Write((entry.Actor?.Value ?? Guid.Empty).ToByteArray(bigEndian: true));
        octets.Write((entry.Unit?.Value ?? Guid.Empty).ToByteArray(bigEndian: true));
        foreach (var text in (string[])[entry.Action, entry.Subject, entry.Details])
        {
            Write(octets, Encoding.UTF8.GetByteCount(text));
            Encoding.UTF8.GetBytes(text, octets);
        }

        return SHA256.HashData(octets.WrittenSpan);
    }

    private static void Write(ArrayBufferWriter<byte> octets, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(octets.GetSpan(sizeof(long)), number);
        octets.Advance(sizeof(long));
    }
}
