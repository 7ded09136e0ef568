using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Data;
using Plenum.Kernel.Keys;
using Plenum.Mail.Domain;
using Plenum.Protocols.Mail.Arc;
using Plenum.Protocols.Mail.Dkim;

namespace Plenum.Mail.Signing;

/// <summary>What signs mail of one domain.</summary>
/// <param name="Authors">Signers for people's mail, RSA first.</param>
/// <param name="Lists">Signers for copies a list sends.</param>
/// <param name="Sealer">Seals forwarded mail (RFC 8617).</param>
internal sealed record DomainSigners(IReadOnlyList<DkimSigner> Authors, IReadOnlyList<DkimSigner> Lists, ArcSealer Sealer);

/// <summary>
/// DKIM keys of our mail domains: RSA 2048 for everybody and Ed25519 (RFC 8463) for those who know it. Made when a domain first sends, kept
/// in the database sealed with the master key, so that every node signs alike.
/// </summary>
internal sealed class SigningKeys(IDbContextFactory<PlenumDb> contexts, AddressDirectory directory, MasterKey master, TimeProvider clock) : IDisposable
{
    private const string Purpose = "mail.dkim";
    private static readonly TimeSpan Remember = TimeSpan.FromMinutes(5); // A key retired by another node signs this much longer.
    private readonly ConcurrentDictionary<string, (DomainSigners? Signers, DateTimeOffset Until)> _known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _making = new(1);

    /// <summary>The signers of a domain; null if it is not one of ours.</summary>
    public async ValueTask<DomainSigners?> ForAsync(string domain, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(domain, out var known) && now < known.Until)
        {
            return known.Signers;
        }

        var signers = domain.Length > 0 && await directory.IsLocalAsync(domain, cancellation) ? Use(domain, await KeysOfAsync(domain, cancellation)) : null;
        _known[domain] = (signers, now + Remember);
        return signers;
    }

    /// <summary>The keys of a domain, made if there are none yet.</summary>
    public async Task<IReadOnlyList<SigningKey>> KeysOfAsync(string domain, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var keys = await CurrentAsync(db, domain, cancellation);
        if (keys.Count > 0)
        {
            return keys;
        }

        await _making.WaitAsync(cancellation);
        try
        {
            return await CurrentAsync(db, domain, cancellation) is { Count: > 0 } made ? made : await MakeAsync(db, domain, cancellation);
        }
        finally
        {
            _making.Release();
        }
    }

    public void Dispose() => _making.Dispose();

    private static async Task<List<SigningKey>> CurrentAsync(PlenumDb db, string domain, CancellationToken cancellation)
        => await db.Set<SigningKey>().AsNoTracking().Where(k => k.Domain == domain && k.RetiredAt == null).OrderByDescending(k => k.Algorithm).ToListAsync(cancellation);

    private async Task<List<SigningKey>> MakeAsync(PlenumDb db, string domain, CancellationToken cancellation)
    {
        using var rsa = DkimPrivateKey.GenerateRsa();
        using var edwards = DkimPrivateKey.GenerateEd25519();
        db.AddRange(Keep(domain, "rsa", rsa), Keep(domain, "ed25519", edwards));
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear(); // Another node made them in the same moment; its keys are the keys.
        }

        return await CurrentAsync(db, domain, cancellation);
    }

    private SigningKey Keep(string domain, string algorithm, DkimPrivateKey key)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return new()
        {
            Domain = domain,
            Selector = string.Create(CultureInfo.InvariantCulture, $"{algorithm}-{now:yyyyMM}"),
            Algorithm = algorithm,
            Sealed = master.Seal(Purpose, Encoding.ASCII.GetBytes(key.ToPem())),
            DnsRecord = key.ToDnsRecord(),
            CreatedAt = now,
        };
    }

    private DomainSigners Use(string domain, IReadOnlyList<SigningKey> keys)
    {
        var opened = keys.Select(k => (k.Selector, Key: Open(k))).ToList();
        return new(
            [.. opened.Select(k => new DkimSigner(domain, k.Selector, k.Key) { Time = clock })],
            [.. opened.Select(k => new DkimSigner(domain, k.Selector, k.Key) { Time = clock, Fields = DkimFieldSelection.ForLists })],
            new ArcSealer(domain, opened[0].Selector, opened[0].Key) { Time = clock });
    }

    private DkimPrivateKey Open(SigningKey key)
        => DkimPrivateKey.TryFromPem(Encoding.ASCII.GetString(master.Open(Purpose, key.Sealed)), out var opened)
            ? opened!
            : throw new InvalidOperationException($"The DKIM key {key.Selector}._domainkey.{key.Domain} cannot be read.");
}
