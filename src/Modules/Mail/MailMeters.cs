using System.Diagnostics.Metrics;
using System.Globalization;
using Plenum.Contracts.Mail;

namespace Plenum.Mail;

/// <summary>Figures of mail, under the meter "Plenum.Mail".</summary>
internal static class MailMeters
{
    private static readonly Meter Meter = new("Plenum.Mail");
    private static readonly Counter<long> Connections = Meter.CreateCounter<long>("plenum.mail.connections", "{connection}", "SMTP connections taken");
    private static readonly Counter<long> Messages = Meter.CreateCounter<long>("plenum.mail.received", "{message}", "Messages brought over SMTP, by reply code");
    private static readonly Counter<long> Copies = Meter.CreateCounter<long>("plenum.mail.sent", "{copy}", "Copies of the outbound queue, by what became of an attempt");

    public static void Connected(MailOrigin origin) => Connections.Add(1, Tag("port", Word(origin)));

    public static void Received(MailOrigin origin, int code)
        => Messages.Add(1, Tag("port", Word(origin)), Tag("code", code.ToString(CultureInfo.InvariantCulture)));

    public static void Sent(string outcome, int count) => Copies.Add(count, Tag("outcome", outcome));

    private static string Word(MailOrigin origin) => origin is MailOrigin.Relay ? "relay" : "submission";

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
