using System.Security.Cryptography;
using Plenum.Contracts.Organisation;

namespace Plenum.Discussions.Domain;

public enum SubscriptionDelivery
{
    /// <summary>Every post as a mail, the moment it appears.</summary>
    AtOnce,

    /// <summary>No mail.</summary>
    Off,
}

/// <summary>Who gets a board's posts by mail: an account, at the address it has then, or an outside address.</summary>
public sealed class Subscription
{
    /// <summary>Score at which copies stop: four days with a dead address, or many with a full one.</summary>
    public const int MaxBounceScore = 16;

    private const int TokenLength = 20; // 100 bit, in letters that survive any mail server's idea of upper case.
    private const string TokenLetters = "abcdefghijkmnpqrstuvwxyz23456789";
    private static readonly TimeSpan BounceMemory = TimeSpan.FromDays(14); // Two weeks without a bounce and all is well.

    private Subscription()
    {
    }

    private Subscription(BoardId board, DateTime utcNow)
    {
        Id = SubscriptionId.New();
        BoardId = board;
        CreatedAt = utcNow;
        Token = RandomNumberGenerator.GetString(TokenLetters, TokenLength);
    }

    public SubscriptionId Id { get; private init; }

    public BoardId BoardId { get; private init; }

    public AccountId? AccountId { get; private init; }

    /// <summary>Mailbox of a subscriber without account; the domain in lower case.</summary>
    public string? Address { get; private init; }

    public SubscriptionDelivery Delivery { get; private set; }

    /// <summary>What the links and addresses in its own mails carry: whoever has it may end the subscription, nothing else.</summary>
    public string Token { get; private init; } = "";

    public DateTime CreatedAt { get; private init; }

    /// <summary>Null until the owner of the address has said yes: nothing is sent before.</summary>
    public DateTime? ConfirmedAt { get; private set; }

    public int BounceScore { get; private set; }

    public DateTime? LastBounceAt { get; private set; }

    /// <summary>Copies stopped because they came back.</summary>
    public DateTime? SuspendedAt { get; private set; }

    public bool IsActive => ConfirmedAt is not null && SuspendedAt is null && Delivery == SubscriptionDelivery.AtOnce;

    /// <summary>An account's address is confirmed already.</summary>
    public static Subscription Of(BoardId board, AccountId account, DateTime utcNow) => new(board, utcNow) { AccountId = account, ConfirmedAt = utcNow };

    /// <param name="isConfirmed">Its owner or a moderator vouches for it.</param>
    public static Subscription Of(BoardId board, string address, bool isConfirmed, DateTime utcNow)
        => new(board, utcNow) { Address = address, ConfirmedAt = isConfirmed ? utcNow : null };

    public static bool IsToken(string? text) => text is { Length: TokenLength } && text.All(c => TokenLetters.Contains(c, StringComparison.Ordinal));

    public void Confirm(DateTime utcNow) => ConfirmedAt ??= utcNow;

    /// <summary>Turns the mails on or off; turning them on forgets old bounces.</summary>
    public void Deliver(SubscriptionDelivery delivery)
    {
        Delivery = delivery;
        if (delivery == SubscriptionDelivery.AtOnce)
        {
            (BounceScore, LastBounceAt, SuspendedAt) = (0, null, null);
        }
    }

    /// <summary>A copy came back. Once a day counts, however many posts there were.</summary>
    /// <param name="weight">4 for a dead address, 1 for a full mailbox.</param>
    /// <returns>Whether this bounce was the one too many.</returns>
    public bool Bounce(int weight, DateTime utcNow)
    {
        if (utcNow - LastBounceAt > BounceMemory)
        {
            BounceScore = 0;
        }
        else if (LastBounceAt is { } last && utcNow - last < TimeSpan.FromDays(1))
        {
            return false;
        }

        BounceScore += weight;
        LastBounceAt = utcNow;
        if (BounceScore < MaxBounceScore || SuspendedAt is not null)
        {
            return false;
        }

        SuspendedAt = utcNow;
        return true;
    }
}
