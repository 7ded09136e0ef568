using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using OtpNet;
using Plenum.Contracts.Organisation;
using Plenum.Kernel;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;
using Plenum.SignOn.Domain;
using Plenum.SignOn.SigningIn;
using QRCoder;

namespace Plenum.SignOn.SecondFactors;

/// <summary>Authenticator app (TOTP, RFC 6238) and one-time recovery codes. Everyone rules over their own and nobody else's.</summary>
public sealed class SecondFactorService(PlenumDb db, IDataProtectionProvider protection, CredentialStore store, Audit audit, TimeProvider clock)
{
    private const int SecretBytes = 20; // RFC 4226 §4 R6 recommends 160 bits.
    private const int CodeCount = 10;
    private const string CodeAlphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ"; // Without 0/O, 1/I/L and U, which are misread.
    private const int CodeLength = 16; // 30^16 is 78 bits.
    private static readonly VerificationWindow Window = new(previous: 1, future: 1); // One step of clock drift either way (RFC 6238 §5.2).
    private readonly IDataProtector _seal = protection.CreateProtector("Plenum.SignOn.Totp");

    /// <summary>A secret, sealed so that the page can carry it until the first code proves that the app has it.</summary>
    /// <param name="sealedSecret">The same offer again, after a wrong code; empty or not ours for a fresh one.</param>
    public TotpOffer Offer(Viewer viewer, string issuer, string sealedSecret)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        _ = viewer.SignedInAccount; // One's own account only.
        var secret = Open(sealedSecret) ?? Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(SecretBytes));
        var address = new OtpUri(OtpType.Totp, secret, viewer.Login, issuer).ToString();
        using var generator = new QRCodeGenerator();
        using var matrix = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        return new(_seal.Protect(secret), string.Join(' ', secret.Chunk(4).Select(c => new string(c))), address, QrSvg.Draw(matrix));
    }

    /// <summary>Turns the second factor on and makes recovery codes.</summary>
    /// <returns>The codes, to be shown once.</returns>
    /// <exception cref="RuleException">The code is wrong.</exception>
    public async Task<IReadOnlyList<string>> ConfirmAsync(Viewer viewer, string sealedSecret, string code, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var account = viewer.SignedInAccount;
        if (Open(sealedSecret) is not { } secret || !TotpOf(secret).VerifyTotp(clock.GetUtcNow().UtcDateTime, Clean(code), out var step, Window))
        {
            throw new RuleException("signon.totp.wrong-code");
        }

        (await store.OfAsync(account, cancellation)).UseTotp(sealedSecret, step);
        audit.Record(db, account, "signon.add-second-factor", $"account:{account}");
        var codes = await ReplaceCodesAsync(account, cancellation);
        await db.SaveChangesAsync(cancellation);
        return codes;
    }

    public async Task<bool> IsOnAsync(Viewer viewer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var account = viewer.SignedInAccount;
        return await db.Set<Credentials>().AnyAsync(c => c.AccountId == account && c.TotpSecret != null, cancellation);
    }

    public async Task RemoveAsync(Viewer viewer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var account = viewer.SignedInAccount;
        (await store.OfAsync(account, cancellation)).RemoveTotp();
        audit.Record(db, account, "signon.remove-second-factor", $"account:{account}");
        await db.Set<RecoveryCode>().Where(c => c.AccountId == account).ExecuteDeleteAsync(cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>New codes; the old ones stop working.</summary>
    public async Task<IReadOnlyList<string>> NewCodesAsync(Viewer viewer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var codes = await ReplaceCodesAsync(viewer.SignedInAccount, cancellation);
        audit.Record(db, viewer.Account, "signon.renew-recovery-codes", $"account:{viewer.Account}");
        await db.SaveChangesAsync(cancellation);
        return codes;
    }

    /// <summary>Tries a code of the app, else a recovery code. Each works once.</summary>
    /// <returns>How it was proven; null if the code is wrong.</returns>
    internal async Task<SignInMethod?> TryUseAsync(AccountId account, string code, CancellationToken cancellation)
    {
        var credentials = await store.OfAsync(account, cancellation);
        var clean = Clean(code);
        if (credentials.TotpSecret is { } secret
            && TotpOf(_seal.Unprotect(secret)).VerifyTotp(clock.GetUtcNow().UtcDateTime, clean, out var step, Window)
            && credentials.TryUseStep(step))
        {
            await db.SaveChangesAsync(cancellation);
            return SignInMethod.PasswordAndTotp;
        }

        // The update itself decides who used the code first, so two requests at once cannot both win.
        var hash = HashOf(clean);
        var now = clock.GetUtcNow().UtcDateTime;
        var used = await db.Set<RecoveryCode>()
            .Where(c => c.AccountId == account && c.Hash == hash && c.UsedAt == null)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.UsedAt, now), cancellation);
        return used > 0 ? SignInMethod.PasswordAndRecoveryCode : null;
    }

    public Task<int> CodesLeftAsync(Viewer viewer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var account = viewer.SignedInAccount;
        return db.Set<RecoveryCode>().CountAsync(c => c.AccountId == account && c.UsedAt == null, cancellation);
    }

    private static Totp TotpOf(string secret) => new(Base32Encoding.ToBytes(secret));

    private static string Clean(string code) => new([.. code.Where(char.IsAsciiLetterOrDigit).Take(64).Select(char.ToUpperInvariant)]);

    private static byte[] HashOf(string code) => SHA256.HashData(Encoding.ASCII.GetBytes(code));

    private string? Open(string sealedSecret)
    {
        try
        {
            return sealedSecret.Length == 0 ? null : _seal.Unprotect(sealedSecret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private async Task<List<string>> ReplaceCodesAsync(AccountId account, CancellationToken cancellation)
    {
        await db.Set<RecoveryCode>().Where(c => c.AccountId == account).ExecuteDeleteAsync(cancellation);
        var codes = Enumerable.Range(0, CodeCount).Select(_ => RandomNumberGenerator.GetString(CodeAlphabet, CodeLength)).ToList();
        db.AddRange(codes.Select(c => new RecoveryCode { Id = Guid.CreateVersion7(), AccountId = account, Hash = HashOf(c) }));
        return [.. codes.Select(c => string.Join('-', c.Chunk(4).Select(part => new string(part))))];
    }
}

/// <summary>What a person needs to put the secret into an authenticator app.</summary>
/// <param name="SealedSecret">Comes back with the first code.</param>
/// <param name="Spelled">The secret in groups of four, for typing.</param>
/// <param name="Address">otpauth: address, a link on phones.</param>
/// <param name="QrPath">Path of an SVG with one unit per module and a quiet zone of four.</param>
public sealed record TotpOffer(string SealedSecret, string Spelled, string Address, QrDrawing QrPath);
