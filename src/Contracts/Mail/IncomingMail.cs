using System.Net;
using Plenum.Contracts.Organisation;

namespace Plenum.Contracts.Mail;

/// <summary>
/// A message that has arrived and waits for its verdict: the raw octets are already on disk, the client still waits for 250.
/// </summary>
public sealed record IncomingMail
{
    /// <summary>Reverse path, "local@domain"; empty is the null reverse path (bounces).</summary>
    public required string ReversePath { get; init; }

    /// <summary>Those recipients of the envelope that this receiver's module claims, at least one.</summary>
    public required IReadOnlyList<IncomingRecipient> Recipients { get; init; }

    /// <summary>The raw message as received, Return-Path and Received on top, in the kernel's blob store (lower-case hex SHA-256).</summary>
    public required string Blob { get; init; }

    public required long SizeBytes { get; init; }

    public required DateTime ReceivedAt { get; init; }

    public required MailOrigin Origin { get; init; }

    /// <summary>Who submitted it, if signed in.</summary>
    public AccountId? Submitter { get; init; }

    /// <summary>Address of the client; null for mail made inside.</summary>
    public IPAddress? Client { get; init; }

    public required IncomingHeader Header { get; init; }

    /// <summary>What the sender's domain vouches for; all <see cref="AuthenticationResult.None"/> for submitted mail.</summary>
    public SenderAuthentication Authentication { get; init; } = new();
}

/// <summary>One recipient of the envelope.</summary>
/// <param name="Address">As the client wrote it.</param>
/// <param name="ClaimKey">The claimant's own key of the address, as it stands in the kernel's directory of addresses.</param>
public sealed record IncomingRecipient(string Address, string ClaimKey)
{
    /// <summary>The part after "+" of the local part, if the directory knows the address without it.</summary>
    public string? Subaddress { get; init; }
}

public enum MailOrigin
{
    /// <summary>From another server at the MX port: nobody signed in.</summary>
    Relay,

    /// <summary>Submitted by a signed-in account that owns the sender's address.</summary>
    Submission,

    /// <summary>Made by Plenum itself.</summary>
    Local,
}

/// <summary>Header fields nearly every receiver decides by, decoded; ids without angle brackets. The blob has the rest.</summary>
public sealed record IncomingHeader
{
    /// <summary>Empty if missing. Never changed, never trusted to be unique.</summary>
    public string MessageId { get; init; } = "";

    public IReadOnlyList<string> InReplyTo { get; init; } = [];

    public IReadOnlyList<string> References { get; init; } = [];

    public string Subject { get; init; } = "";

    /// <summary>Mailboxes of From.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    public string FromName { get; init; } = "";

    public DateTime? Date { get; init; }

    /// <summary>Every List-Id and Delivered-To, List-Post address and X-Loop value in lower case: find your own here and it is a loop.</summary>
    public IReadOnlyList<string> LoopMarks { get; init; } = [];

    /// <summary>A robot wrote it: Auto-Submitted other than "no" (RFC 3834 §5), Precedence bulk/junk/list, or the null reverse path. Never answer it.</summary>
    public bool IsAutomatic { get; init; }

    /// <summary>Number of Received fields; the Mail module already refuses loops by count (RFC 5321 §6.3).</summary>
    public int Hops { get; init; }
}

/// <summary>Results of SPF, DKIM and DMARC (RFC 8601 §2.7).</summary>
public sealed record SenderAuthentication
{
    public AuthenticationResult Spf { get; init; }

    public AuthenticationResult Dkim { get; init; }

    public AuthenticationResult Dmarc { get; init; }

    /// <summary>The From domain's published wish for failing mail: "none", "quarantine", "reject"; empty without a DMARC record.</summary>
    public string DmarcPolicy { get; init; } = "";

    /// <summary>Signing domains whose signature verified.</summary>
    public IReadOnlyList<string> DkimDomains { get; init; } = [];

    /// <summary>To be kept with mail that is passed on; null for submitted mail.</summary>
    public ReceivedChain? Chain { get; init; }
}

/// <summary>What a message had behind it when it arrived (RFC 8617). Hand it to <see cref="MailCopies.Chain"/> when the message goes on.</summary>
/// <param name="Results">Value of the Authentication-Results field we found (RFC 8601 §2.2), folded, without a line end at its end.</param>
/// <param name="Status">None, Pass or Fail of the Authenticated Received Chain.</param>
/// <param name="Instances">ARC sets the message had; -1 if nothing may be added to them (RFC 8617 §5.1.2).</param>
public sealed record ReceivedChain(string Results, AuthenticationResult Status, int Instances);

public enum AuthenticationResult
{
    None,
    Pass,
    Fail,
    SoftFail,
    Neutral,
    TempError,
    PermError,
}
