using System.Text.RegularExpressions;

namespace Plenum.Protocols.Mail.Bounce;

/// <summary>Finds in a bounce at which command the other side refused.</summary>
internal static class SmtpStages
{
    private static readonly (SmtpStage Stage, Regex Pattern)[] Phrases =
    [
        (SmtpStage.Connect, LinearRegex.Create(@"after initial connection|in reply to (the )?(initial )?(greeting|connect)|greeting failed|\[CONNECT\]|while reading (the )?greeting")),
        (SmtpStage.Hello, LinearRegex.Create(@"(after|in reply to|in response to|response to) (HELO|EHLO)|\[(HELO|EHLO)\]|>>> (HELO|EHLO) [^\n]*\n<<< [45]")),
        (SmtpStage.MailFrom, LinearRegex.Create(@"(after|in reply to|in response to|response to)( the)? MAIL FROM|\[MAIL_FROM\]|but sender was rejected|>>> MAIL FROM:[^\n]*\n<<< [45]|Server rejected MAIL FROM")),
        (SmtpStage.RcptTo, LinearRegex.Create(@"(after|in reply to|in response to|response to)( the)? RCPT( TO)?|\[RCPT_TO\]|not like (our )?(recipient|RCPT)|>>> RCPT TO:[^\n]*\n<<< [45]")),
        (SmtpStage.Data, LinearRegex.Create(@"after (end of )?data|in reply to (end of )?DATA|for (DATA|TEXT) command|after I sent the message|final DATA|>>> DATA[^\n]*\n<<< [45]")),
    ];

    /// <summary>The stage, if exactly one is named.</summary>
    public static SmtpStage Find(string text)
    {
        var found = Phrases.Where(row => row.Pattern.IsMatch(text)).Select(row => row.Stage).ToList();
        return found.Count == 1 ? found[0] : SmtpStage.Unknown;
    }
}
