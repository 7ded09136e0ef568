using System.Text.RegularExpressions;
using Plenum.Protocols.Mail.Dsn;

namespace Plenum.Protocols.Mail.Bounce;

/// <summary>
/// Tells what a mail means that came back to a sender's return address: which recipients, and why. Standard reports first (RFC 3464, RFC 5965),
/// then the plain-text forms of servers, then answers of robots (RFC 3834). Never throws for what a stranger wrote.
/// </summary>
/// <remarks>A recipient is called dead only where the bounce says it in words or codes about the recipient: when in doubt it is soft or policy.</remarks>
public static class BounceClassifier
{
    /// <summary>Characters of a diagnostic that are kept.</summary>
    private const int MaxDiagnostic = 500;

    /// <summary>Addresses taken from a notice in no known form.</summary>
    private const int MaxGuesses = 20;

    private static readonly Regex MailSystem = LinearRegex.Create(
        @"mailer[ _-]?daemon|postmaster|mail[ ._-]?deliver|mail system|mail administrator|system administrator|delivery subsystem|postoffice|no-?reply@.*(smtp|mail)|mmsc|mailadm|mdaemon");

    private static readonly Regex FailureSubject = LinearRegex.Create(
        @"^\W*(\S+\.\S+ )?(undeliver|non[ -]?deliver|not delivered|delivery (status|fail|has failed|report|notif|delay|problem|error)|deliver\w* fail|fail\w* (deliver|mail|notice)|failure (notice|deliver)|mail (deliver|fail|system error|could not|error|undeliver|status)|mail delivery|message (deliver|could not|undeliver|status|not)"
        + @"|returned (mail|message|to sender)|return(ed|ing) mail|(warning|mail): (message|could not|deliver)|email (deliver|bounce)|bounce|postmaster notify|there was an error|error sending|notice: deliver|rejected|unzustellbar|nicht zugestellt|zustell|fehler|unable to deliver|could not deliver|non remis|non recapit|.chec|onbestelbaar|devolvido|no entregado|\[postmaster\]|mail$)");

    private static readonly Regex Delay = LinearRegex.Create(
        @"not yet been delivered|has been delayed|is delayed|delayed \d+|attempts will continue|will be retried|will continue to try|warning message only|only a warning|still being tried|delivery is delayed|delayed mail");

    private static readonly Regex EmbeddedReport = LinearRegex.Create(@"^[ \t>]*Final-Recipient[ ]?:", RegexOptions.Multiline);

    private static readonly Regex Blanks = LinearRegex.Create(@"\s+");

    /// <summary>Classifies a mail.</summary>
    /// <param name="message">The raw mail; lines may end in CRLF, LF or CR. At most its first megabyte is read.</param>
    /// <param name="reversePath">The envelope's reverse path, if known (empty for the null path); else Return-Path tells.</param>
    public static BounceReport Classify(ReadOnlyMemory<byte> message, string? reversePath = null)
    {
        if (!BounceMail.TryLoad(message, out var mail))
        {
            return Ordinary();
        }

        return Complaints.Read(mail)
            ?? FromStatus(mail, mail.Statuses)
            ?? SesNotification.Read(mail.FullText)
            ?? FromText(mail, reversePath ?? mail.Header("Return-Path").Trim('<', '>', ' '))
            ?? Ordinary();
    }

    /// <summary>The class a report of several recipients has.</summary>
    internal static BounceClass Gravest(IReadOnlyCollection<BouncedRecipient> recipients)
    {
        ReadOnlySpan<BounceClass> order =
            [BounceClass.Hard, BounceClass.Complaint, BounceClass.Full, BounceClass.Policy, BounceClass.Soft, BounceClass.Vacation];
        foreach (var one in order)
        {
            if (recipients.Any(recipient => recipient.Class == one))
            {
                return one;
            }
        }

        return BounceClass.NotABounce;
    }

    private static BounceReport Ordinary() => new(BounceClass.NotABounce, []);

    /// <summary>A standard report; what it leaves out is looked for in the text beside it.</summary>
    private static BounceReport? FromStatus(BounceMail mail, IReadOnlyList<DeliveryStatus> statuses)
    {
        var all = statuses.SelectMany(status => status.Recipients).ToList();
        if (all.Count == 0)
        {
            return null;
        }

        var told = ReadForms(mail.Notice).Entries;
        var recipients = new List<BouncedRecipient>();
        foreach (var status in all)
        {
            var final = AddressOf(status.FinalRecipient);
            var address = AddressOf(status.OriginalRecipient) ?? told.FirstOrDefault(entry => entry.IsAbout(final))?.Address ?? final
                ?? AddressOf(Extension(status, "X-Actual-Recipient")) ?? Failed(mail).FirstOrDefault();
            if (address is null && all.Count == 1 && told.Count == 1)
            {
                address = told[0].Address;
            }

            if (address is not null && !recipients.Exists(known => known.Address.Equals(address, StringComparison.OrdinalIgnoreCase)))
            {
                recipients.Add(FromStatus(mail, status, address, final, told, all.Count));
            }
        }

        return Report(mail, "dsn", recipients.Count > 0 || told.Count == 0 ? recipients : FromEntries(mail, told));
    }

    private static BouncedRecipient FromStatus(
        BounceMail mail, RecipientStatus status, string address, string? final, IReadOnlyList<NoticeEntry> told, int count)
    {
        var diagnostic = status.DiagnosticCode?.Text ?? "";
        var stage = count == 1 ? SmtpStages.Find(diagnostic + "\n" + mail.Notice) : SmtpStages.Find(diagnostic);
        var reason = status.Action is DsnAction.Delivered or DsnAction.Relayed or DsnAction.Expanded
            ? BounceReason.Delivered
            : OfExitCode(status.DiagnosticCode) ?? Diagnosis.Of(diagnostic, status.Status, stage);
        if (reason is BounceReason.Unknown or BounceReason.Refused or BounceReason.ConnectionTrouble or BounceReason.ProtocolTrouble or BounceReason.SystemTrouble)
        {
            // The report is vague: what does the text beside it say?
            var text = told.FirstOrDefault(entry => entry.IsAbout(address) || entry.IsAbout(final))?.Reason ?? (count == 1 ? mail.Notice : "");
            var other = text.Length > 0 ? Diagnosis.Of(text, status.Status, stage) : BounceReason.Unknown;
            if (reason is BounceReason.Unknown || other is BounceReason.MailboxFull || (reason is not BounceReason.Refused && BounceReasons.ClassOf(other) is BounceClass.Hard))
            {
                reason = other;
                diagnostic = diagnostic.Length > 0 ? diagnostic : text;
            }
        }

        var isDelayed = status.Action is DsnAction.Delayed;
        return new BouncedRecipient(address, Pending(OfSender(mail, diagnostic, reason, address, final), isDelayed))
        {
            FinalAddress = Matches(final, address) ? null : final,
            Status = status.Status,
            IsDelayed = isDelayed,
            Diagnostic = Shorten(diagnostic),
        };
    }

    /// <summary>"x-unix; 77": the exit code of a local program (sysexits.h), which says little but for "no such user".</summary>
    private static BounceReason? OfExitCode(TypedText? diagnostic)
        => diagnostic is { Type: "x-unix" } && diagnostic.Text.All(char.IsAsciiDigit)
            ? diagnostic.Text == "67" ? BounceReason.MailboxUnknown : BounceReason.SystemTrouble
            : null;

    private static BounceReport? FromText(BounceMail mail, string reversePath)
    {
        var isFailureSubject = FailureSubject.IsMatch(mail.Subject);
        var isMailSystem = MailSystem.IsMatch(mail.FromText) || mail.From.Length == 0 || MailSystem.IsMatch(reversePath);
        var failed = Failed(mail);
        var isReturned = reversePath.Length == 0 && mail.Header("Return-Path").Length > 0;
        var form = ReadForms(mail.Notice);
        if (!isMailSystem && !isFailureSubject && failed.Count == 0)
        {
            // No mail system: a robot of the recipient's, or somebody who returns with the null path what a known form says.
            return FromRobot(mail)
                ?? (form.Form is not null && (isReturned || form.Form.IsFromAnybody) ? Report(mail, form.Form.Name, FromEntries(mail, form.Entries)) : null);
        }

        if (EmbeddedReport.IsMatch(mail.FullText) && DeliveryStatusReader.TryRead(System.Text.Encoding.UTF8.GetBytes(mail.FullText), out var status))
        {
            return FromStatus(mail, [status]);
        }

        if (failed.Count > 0 && !form.Entries.Any(entry => failed.Contains(entry.Address, StringComparer.OrdinalIgnoreCase)))
        {
            form = (form.Form ?? TextForms.Anything, form.Entries.Count == 1 && failed.Count == 1
                ? [form.Entries[0] with { Address = failed[0] }]
                : [.. failed.Select(address => Whole(mail, address))]);
        }

        if (form.Form is not null)
        {
            return Report(mail, form.Form.Name, FromEntries(mail, form.Entries));
        }

        return (isMailSystem ? null : FromRobot(mail)) ?? FromAnything(mail);
    }

    /// <summary>
    /// A notice in no known form: addresses other than the sender's and the mail system's, or else the only recipient of the message that came
    /// back, with the whole notice as reason.
    /// </summary>
    private static BounceReport? FromAnything(BounceMail mail)
    {
        var own = mail.To.Append(mail.From).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var entries = TextForms.Anything.Read(mail.Notice)
            .Where(entry => !own.Contains(entry.Address) && !MailSystem.IsMatch(entry.Address)).Take(MaxGuesses).ToList();
        var original = mail.OriginalTo();
        if (entries.Count == 0 && original is [var only])
        {
            entries.Add(Whole(mail, only));
        }
        else if (entries.Exists(entry => original.Contains(entry.Address, StringComparer.OrdinalIgnoreCase)))
        {
            entries.RemoveAll(entry => !original.Contains(entry.Address, StringComparer.OrdinalIgnoreCase));
        }

        if (entries.Count == 0 && Diagnosis.Of(mail.Notice) is BounceReason.Unknown && mail.Original is null)
        {
            return null;
        }

        // Which of several is dead nobody can tell.
        var recipients = FromEntries(mail, entries);
        return Report(mail, TextForms.Anything.Name, recipients.Count <= 1
            ? recipients
            : [.. recipients.Select(recipient => recipient.Class is BounceClass.Hard ? recipient with { Reason = BounceReason.Unknown } : recipient)]);
    }

    private static BounceReport? FromRobot(BounceMail mail)
        => AutomaticReplies.ReasonOf(mail) is not { } reason ? null : new BounceReport(BounceReasons.ClassOf(reason), [new BouncedRecipient(mail.From, reason)])
        {
            Form = "auto-reply",
            OriginalMessageId = Threading.MessageIds.ParseLoosely(mail.Header("In-Reply-To")) is [var id, ..] ? id : "",
        };

    private static NoticeEntry Whole(BounceMail mail, string address) => new(address, mail.Notice) { FinalAddress = address };

    private static (TextForm? Form, IReadOnlyList<NoticeEntry> Entries) ReadForms(string notice)
    {
        foreach (var form in TextForms.All)
        {
            if (form.Read(notice) is { Count: > 0 } entries)
            {
                return (form, entries);
            }
        }

        return (null, []);
    }

    private static List<BouncedRecipient> FromEntries(BounceMail mail, IReadOnlyList<NoticeEntry> entries)
    {
        var isDelayed = Delay.IsMatch(mail.Notice) || Delay.IsMatch(mail.Subject);
        return [.. entries.Select(entry => new BouncedRecipient(
            entry.Address, Pending(OfSender(mail, entry.Reason, ReasonOf(mail, entry.Reason, entries.Count), entry.Address, entry.FinalAddress), isDelayed))
        {
            FinalAddress = Matches(entry.FinalAddress, entry.Address) ? null : entry.FinalAddress,
            Status = EnhancedStatusCode.TryFind(entry.Reason, out var code) ? code : null,
            IsDelayed = isDelayed,
            Diagnostic = Shorten(entry.Reason),
        })];
    }

    /// <summary>What is said about an address; about the only one, the whole notice may say more.</summary>
    private static BounceReason ReasonOf(BounceMail mail, string text, int count)
    {
        var stage = SmtpStages.Find(text);
        var reason = Diagnosis.Of(text, null, stage);
        return reason is BounceReason.Unknown && count == 1 ? Diagnosis.Of(mail.Notice, null, stage) : reason;
    }

    /// <summary>A refusal that quotes the sender's address and not the recipient's speaks of the sender: some hosts verify senders.</summary>
    private static BounceReason OfSender(BounceMail mail, string text, BounceReason reason, string address, string? final)
    {
        if (BounceReasons.ClassOf(reason) is not BounceClass.Hard)
        {
            return reason;
        }

        var quoted = TextForms.Anything.Entry.Matches(text.Length > MaxDiagnostic ? text[..MaxDiagnostic] : text).Select(match => match.Groups["address"].Value).ToList();
        return quoted.Exists(one => mail.To.Contains(one, StringComparer.OrdinalIgnoreCase)) && !quoted.Exists(one => Matches(one, address) || Matches(one, final))
            ? BounceReason.SenderRefused
            : reason;
    }

    /// <summary>While delivery goes on nothing is final.</summary>
    private static BounceReason Pending(BounceReason reason, bool isDelayed)
        => isDelayed && (reason is BounceReason.Unknown || BounceReasons.ClassOf(reason) is BounceClass.Hard) ? BounceReason.TemporaryTrouble : reason;

    private static BounceReport Report(BounceMail mail, string form, List<BouncedRecipient> recipients)
        => new(recipients.Count > 0 ? Gravest(recipients) : BounceClass.Soft, recipients) { Form = form, OriginalMessageId = mail.OriginalMessageId() };

    /// <summary>X-Failed-Recipients, which exim and Google write.</summary>
    private static List<string> Failed(BounceMail mail)
        => [.. mail.Header("X-Failed-Recipients").Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Where(address => address.Contains('@', StringComparison.Ordinal)).Take(100)];

    private static TypedText? Extension(RecipientStatus status, string name)
        => status.Extensions.FirstOrDefault(field => field.Is(name)) is { Value: { Length: > 0 } value } && TypedText.TryParse(value, out var typed) ? typed : null;

    /// <summary>The address in a recipient field; null if there is none, as in "|/usr/bin/procmail".</summary>
    private static string? AddressOf(TypedText? recipient)
    {
        var text = recipient?.Text.Trim().TrimStart('<').TrimEnd('>') ?? "";
        var at = text.LastIndexOf('@');
        return at > 0 && at < text.Length - 1 && (text[0] == '"' || !text.AsSpan().ContainsAny(' ', '|', ';')) ? text : null;
    }

    private static bool Matches(string? one, string? other) => one is not null && one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static string Shorten(string text)
    {
        var line = Blanks.Replace(text.Length > 2 * MaxDiagnostic ? text[..(2 * MaxDiagnostic)] : text, " ").Trim();
        return line.Length > MaxDiagnostic ? line[..MaxDiagnostic] : line;
    }
}
