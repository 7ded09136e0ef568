using System.Text.RegularExpressions;

namespace Plenum.Protocols.Mail.Bounce;

/// <summary>The forms, the particular before the general. An address on a line of its own, after a phrase of the family, is the rule everywhere.</summary>
internal static class TextForms
{
    private const string A = TextForm.Address;

    public static IReadOnlyList<TextForm> All { get; } =
    [
        Form("dragonfly", "DragonFly Mail Agent", $@"error delivering your mail to <{A}>\."),
        Form("opensmtpd", "This is the MAILER-DAEMON, please DO NOT REPLY", $@"^[ \t]*<?{A}>?:[ \t]+(?<reason>\S[^\n]*)"),
        Form("zoho", @"ERROR_CODE ?:|ResponseCode \d", $@"^({A} (?<reason>Invalid Address[^\n]*)|\[Status: [^\n]*Address: <{A}>, (?<reason>[^\n]*))"),
        Form("x1", "---The following addresses had delivery errors", $@"^{A} \[(?<reason>[^\]\n]*)\]"),
        Form("activehunter", @"^>>> \S+@\S+ <", $"^>>> {A} <[^\n]*"),
        Form("trendmicro", "RCPT TO:[^\n]*\nReceived >>>", $@"RCPT TO:[ ]?<{A}>[ \t]*\n(?<reason>Received >>>[^\n]*)"),
        Form("domino", "was not delivered to:", $@"^[ \t]+{A}[ \t]*$"),
        Form("exchange", "did not reach the following recipient|recipient\\(s\\) could not be reached", $@"^[ \t]*{A} on [^\n]*$|following recipient: {A}"),
        Form("exchange-online",
            "Delivery has failed to these|Diagnostic information for administrators|delivery failed to these|chec de la remise|Fehler bei der (Nachrichten)?zustellung|Diagnoseinformationen|No se pudo entregar|message wasn't delivered to anyone",
            $@"^[ \t]*{A}[ \t]*(\(?<mailto:[^>\n]*>\)?|\(\S+@\S+\))?[ \t]*$"),
        Form("pmdf", "cannot be delivered to the following recipients", $@"^[ \t]*Recipient address:[ \t]*{A}"),
        Form("sendmail", "addresses had [a-z ]*(errors|problems)|Transcript of session follows",
            $@"^([ \t]*<?{A}>?[ \t]*(\([^)\n]*\))?[ \t]*|[45]\d\d ([45]\.\d\.\d+ )?<{A}>\.\.\. (?<reason>[^\n]*))$"),
        Form("qmail", "qmail-send program|able to deliver your (message|mail)|unable to deliver (your )?message to the following|following address(\\(es\\))? could not be delivered", $@"^[ \t]*<{A}>:[ \t]*(?<reason>[^\n]*)$"),
        Form("postfix", "Postfix program|This is the mail system at|sorry to have to inform you|wants to notify you", $@"^[ \t]*<{A}>([ \t]*\([^)\n]*\))?:[ \t]*(?<reason>[^\n]*)$"),
        Form("mxlogic", "address(\\(es\\))? failed", $@"^[ \t]*<{A}>:[ \t]+(?<reason>\S[^\n]*)$"),
        Form("exim", "created automatically by|address(\\(es\\))?\\s+failed|not yet been delivered|could not be delivered to (one or more|all) of", $@"^[ \t]*[""<]?{A}["">]?:?[ \t]*(\([^)\n]*\))?[ \t]*$"),
        Form("gmail", "Delivery to the following recipients? (failed|has been)|Delivery to the following recipients? was aborted", $@"^[ \t]*\*?[ \t]*{A}[ \t]*$"),
        Form("x6", "returned permanent errors", $@"returned permanent errors: {A}\. Reason: (?<reason>[^\n]*)"),
        Form("address-log", "Failed addresses follow", $@"^[ \t]*{A}[ ]\.\.\. (?<reason>[^\n]*)$"),
        Form("imail", "^(unknown|invalid|undeliverable|user|mailbox|no |not )[a-z ]*: \\S+@", $@"^(?<reason>(unknown|invalid|undeliverable|user|mailbox|no |not )[a-z ]*): {A}"),
        Shared("james", "James mail server|Failed recipient", $@"^[ \t]*(<?{A}>?:?[ \t]*$|RCPT TO:[ \t]*<?{A})"),
        Shared("surfcontrol", "^Addressed To:", $"^Addressed To: <?{A}"),
        Shared("imail", "undeliverable to ", $"undeliverable to {A}"),
        Shared("unable-to-deliver", "Unable to deliver message to", $@"Unable to deliver message to:?\s+<?{A}"),
        Shared("delivery-failed", @"^Delivery failed( \d+ attempts)?: ", $@"^Delivery failed( \d+ attempts)?: {A}"),
        Shared("not-delivered-to", "(could not|couldn't|cannot|can not|wasn't|was not) be(en)? delivered to|message wasn't delivered to", $@"delivered to:?\s+<?{A}"),
        Shared("mailmarshal", "recipients were affected", $@"affected:\s+{A}"),
        Shared("notes", "Failure Reasons", $@"^[ \t]*{A}[ \t]*$"),
        Shared("m-filter", "-server message", $@"^[ \t]*{A}[ \t]*$"),
        Shared("status-notification", "automatically generated Delivery Status Notification", $@"^[ \t]*\*[ \t]+{A}"),
        Form("intermail", @"^[ \t]*Recipient: <", $@"^[ \t]*Recipient: <{A}>"),
        Shared("target-address", "bounce notification", $"target mail address: {A}"),
        Shared("list", "not a member of this mailing list", $"mailing list <{A}>") with { IsFromAnybody = true },
    ];

    /// <summary>Any address in a notice that quotes an SMTP dialogue or speaks of failure: the last resort.</summary>
    public static TextForm Anything { get; } = Shared("other", ".", A);

    private static TextForm Form(string name, string sign, string entry) => new(name, LinearRegex.Create(sign, RegexOptions.Multiline), LinearRegex.Create(entry, RegexOptions.Multiline));

    private static TextForm Shared(string name, string sign, string entry) => Form(name, sign, entry) with { IsReasonShared = true };
}
