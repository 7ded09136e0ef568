using System.Security.Cryptography;

namespace Plenum.Voting.Sextant;

/// <summary>The code by which a voter finds his own row in the published list of ballots. It is given to him only.</summary>
public static class PollReceipt
{
    /// <summary>Least length of a poll's key in bytes; a shorter one lets others guess whose row is whose.</summary>
    public const int LeastKeyBytes = 32;

    /// <summary>HMAC-SHA-256 of the voter's pseudonym, cut to 128 bits, as 32 lower-case hexadecimal digits.</summary>
    /// <param name="pollKey">Random and of this poll only, so that nobody can be followed from one poll to the next; destroyed with the poll.</param>
    /// <param name="pseudonym">The voter's pseudonym in this poll.</param>
    public static string Code(ReadOnlySpan<byte> pollKey, ReadOnlySpan<byte> pseudonym)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pollKey.Length, LeastKeyBytes, nameof(pollKey));
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(pollKey, pseudonym, hash);
        return Convert.ToHexStringLower(hash[..16]);
    }
}
