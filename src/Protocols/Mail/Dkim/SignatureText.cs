using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Plenum.Protocols.Mail.Dkim;

/// <summary>Writes and signs signature fields: what DKIM-Signature, ARC-Message-Signature and ARC-Seal have in common.</summary>
internal static class SignatureText
{
    /// <summary>Lines stay within RFC 5322 §2.1.1's 78 octets.</summary>
    public const int LineLength = 72;

    public static string Algorithm(DkimAlgorithm algorithm) => algorithm is DkimAlgorithm.Ed25519Sha256 ? "ed25519-sha256" : "rsa-sha256";

    public static string Forms(Canonicalization header, Canonicalization body)
        => (header, body) switch
        {
            (Canonicalization.Relaxed, Canonicalization.Relaxed) => "relaxed/relaxed",
            (Canonicalization.Relaxed, _) => "relaxed/simple",
            (_, Canonicalization.Relaxed) => "simple/relaxed",
            _ => "simple/simple",
        };

    /// <summary>Adds h=, bh= and b= to a begun field and signs it together with the named fields.</summary>
    /// <returns>The whole field with its line end.</returns>
    public static byte[] Sign(
        StringBuilder field, HeaderBlock header, IReadOnlyList<string> names, Canonicalization form, DkimBodyHash body, DkimPrivateKey key)
    {
        AppendNames(field.Append("\r\n\th="), names);
        field.Append(CultureInfo.InvariantCulture, $";\r\n\tbh={Convert.ToBase64String(body.Sha256.Span)};\r\n\tb=");
        var canonical = new ArrayBufferWriter<byte>(4096);
        HeaderCanonicalizer.WriteSelected(header, names, excluded: -1, form, canonical);
        return Seal(field, form, canonical, key);
    }

    /// <summary>Signs what was collected plus the field itself, which ends in an empty b=.</summary>
    public static byte[] Seal(StringBuilder field, Canonicalization form, ArrayBufferWriter<byte> canonical, DkimPrivateKey key)
    {
        HeaderCanonicalizer.Write(Encoding.ASCII.GetBytes(field.ToString()), form, canonical);
        AppendSignature(field, key.SignHash(SHA256.HashData(canonical.WrittenSpan)));
        return Encoding.ASCII.GetBytes(field.Append("\r\n").ToString());
    }

    /// <summary>Signs what was collected plus a relaxed field whose empty b= stands between two texts, and fills b= in.</summary>
    public static byte[] SealAround(StringBuilder before, StringBuilder after, ArrayBufferWriter<byte> canonical, DkimPrivateKey key)
    {
        HeaderCanonicalizer.Write(Encoding.ASCII.GetBytes($"{before}{after}"), Canonicalization.Relaxed, canonical);
        AppendSignature(before, key.SignHash(SHA256.HashData(canonical.WrittenSpan)));
        return Encoding.ASCII.GetBytes(before.Append(after).Append("\r\n").ToString());
    }

    private static void AppendSignature(StringBuilder field, byte[] octets)
    {
        var signature = Convert.ToBase64String(octets);
        for (int at = 0, length = LineLength - 2; at < signature.Length; at += length, length = LineLength)
        {
            field.Append(at == 0 ? "" : "\r\n\t").Append(signature.AsSpan(at, Math.Min(length, signature.Length - at)));
        }
    }

    /// <param name="column">Where in its line the list starts.</param>
    public static void AppendNames(StringBuilder field, IReadOnlyList<string> names, int column = 3, int lineLength = LineLength)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (column + names[i].Length > lineLength)
            {
                field.Append("\r\n\t ");
                column = 2;
            }

            field.Append(names[i]);
            column += names[i].Length + 1;
            if (i < names.Count - 1)
            {
                field.Append(':');
            }
        }
    }
}
