using System.Security.Cryptography;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Keys;

/// <summary>
/// The one secret outside the database: a file that every node of a house holds a copy of. It seals the keys kept in the database and is
/// the root of every derived key. Whoever has a backup without it can read no sealed secret.
/// </summary>
public sealed class MasterKey(DataFolder folder)
{
    private const int Bytes = 32;
    private readonly Lazy<byte[]> _key = new(() => LoadOrCreate(Path.Combine(folder.Keys, "master.key")));

    /// <summary>A key for one purpose, the same on every node and after every restart (HKDF, RFC 5869).</summary>
    public byte[] Derive(string purpose, int bytes = Bytes)
        => HKDF.DeriveKey(HashAlgorithmName.SHA256, _key.Value, bytes, salt: [], System.Text.Encoding.UTF8.GetBytes(purpose));

    /// <summary>Seals with AES-256-GCM: nonce, tag, ciphertext.</summary>
    public byte[] Seal(string purpose, ReadOnlySpan<byte> plain)
    {
        using var aes = new AesGcm(Derive(purpose), AesGcm.TagByteSizes.MaxSize);
        var box = new byte[AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize + plain.Length];
        var nonce = box.AsSpan(0, AesGcm.NonceByteSizes.MaxSize);
        RandomNumberGenerator.Fill(nonce);
        aes.Encrypt(nonce, plain, box.AsSpan(nonce.Length + AesGcm.TagByteSizes.MaxSize), box.AsSpan(nonce.Length, AesGcm.TagByteSizes.MaxSize));
        return box;
    }

    /// <exception cref="CryptographicException">Not sealed with this key for this purpose.</exception>
    public byte[] Open(string purpose, ReadOnlySpan<byte> box)
    {
        var overhead = AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize;
        if (box.Length < overhead)
        {
            throw new CryptographicException("Too short to be sealed.");
        }

        using var aes = new AesGcm(Derive(purpose), AesGcm.TagByteSizes.MaxSize);
        var plain = new byte[box.Length - overhead];
        aes.Decrypt(box[..AesGcm.NonceByteSizes.MaxSize], box[overhead..], box[AesGcm.NonceByteSizes.MaxSize..overhead], plain);
        return plain;
    }

    private static byte[] LoadOrCreate(string file)
    {
        if (!File.Exists(file))
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
                if (!OperatingSystem.IsWindows())
                {
                    options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                }

                using var created = new FileStream(file, options);
                created.Write(RandomNumberGenerator.GetBytes(Bytes));
                created.Flush(flushToDisk: true);
            }
            catch (IOException) when (File.Exists(file))
            {
                // Another process of this house made it in the same moment; its key is the key.
            }
        }

        var key = File.ReadAllBytes(file);
        return key.Length == Bytes ? key : throw new StartupException($"{file} is damaged: it must hold {Bytes} bytes. Restore it from a backup.");
    }
}
