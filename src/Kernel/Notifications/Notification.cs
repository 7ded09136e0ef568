using Plenum.Contracts.Organisation;
using Plenum.Kernel.Permissions;

namespace Plenum.Kernel.Notifications;

/// <summary>How a person wants to hear of a topic. Each way but <see cref="Mute"/> also shows on the web.</summary>
public enum NotificationWay
{
    /// <summary>The bell alone.</summary>
    Web,
    MailAtOnce,

    /// <summary>One mail each morning with what is still unread.</summary>
    DailyDigest,
    Mute,
}

/// <summary>A kind of thing people are told of. Text key <c>notifications.topic.NAME</c>.</summary>
/// <param name="Name">Stable name, module first: "discussions.reply". Choices are stored under it.</param>
/// <param name="Default">What holds for whoever chose nothing.</param>
/// <param name="CanMute">False for what a member must not miss, such as an invitation to vote: it stays on the web at least.</param>
public sealed record NotificationTopic(string Name, NotificationWay Default, bool CanMute = true);

/// <summary>Something people are to be told of.</summary>
public sealed record Notification
{
    public const int MaxAccounts = 10_000; // A list in one row of the outbox; larger circles are audiences.
    public const int MaxKeyLength = 200;
    public const int MaxLinkLength = 2_000;
    public const int MaxArgLength = 500;
    public const int MaxExcerptLength = 4_000;

    /// <summary>Name of a registered <see cref="NotificationTopic"/>.</summary>
    public required string Topic { get; init; }

    /// <summary>
    /// The sender's key of the occasion, unique within the topic, 200 characters at most: publishing it again tells nobody twice.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>Key of the sentence in Texts.*.json; also the subject of the mail.</summary>
    public required string TextKey { get; init; }

    /// <summary>Values of the sentence's {0}, {1} …, 500 characters each; longer ones are cut.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>Where it is, from the root of the site: "/boards/techtalk/42".</summary>
    public required string Link { get; init; }

    /// <summary>Some words of the thing itself in plain text, for the list and the mail. Longer text is cut.</summary>
    public string Excerpt { get; init; } = "";

    /// <summary>Everyone in it who can sign in. Either this or <see cref="Accounts"/>.</summary>
    public Audience? Audience { get; init; }

    public IReadOnlyCollection<AccountId> Accounts { get; init; } = [];

    /// <summary>Who did it and need not be told.</summary>
    public AccountId? Except { get; init; }
}
