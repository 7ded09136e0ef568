namespace Plenum.Protocols.Mail.Sieve;

/// <summary>What a script may know beside its message.</summary>
/// <param name="Now">For currentdate.</param>
/// <param name="Zone">The owner's time zone.</param>
/// <param name="MailboxExists">Whether the owner has this mailbox and may put messages there.</param>
public sealed record SieveEnvironment(DateTimeOffset Now, TimeZoneInfo Zone, Func<string, bool> MailboxExists);
