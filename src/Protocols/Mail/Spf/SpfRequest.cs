using System.Net;

namespace Plenum.Protocols.Mail.Spf;

/// <summary>What check_host() is asked (RFC 7208 §4.1).</summary>
/// <param name="ClientAddress">Address of the SMTP client; an IPv4-mapped IPv6 address counts as IPv4.</param>
/// <param name="Helo">The name given in EHLO or HELO.</param>
/// <param name="MailFrom">The reverse-path without angle brackets; empty for bounces.</param>
/// <param name="Receiver">Our own host name, for the macro %{r} in explanations.</param>
public sealed record SpfRequest(IPAddress ClientAddress, string Helo, string MailFrom, string Receiver = "unknown");
