using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Plenum.Protocols.Mail.Spf;

/// <summary>What the macro letters stand for in one check (RFC 7208 §7.2).</summary>
internal sealed record SpfMacroValues(IPAddress Client, string Sender, string Helo, string Receiver, DateTimeOffset Now)
{
    /// <summary>%{d}: the current domain; changes in include and redirect.</summary>
    public required string Domain { get; init; }

    /// <summary>%{p}: the validated name of the client.</summary>
    public string ValidatedName { get; init; } = "unknown";

    public string ValueOf(char letter) => letter switch
    {
        's' => Sender,
        'l' => Sender[..Sender.LastIndexOf('@')],
        'o' => Sender[(Sender.LastIndexOf('@') + 1)..],
        'd' => Domain,
        'i' => DottedClient(),
        'p' => ValidatedName,
        'v' => Client.AddressFamily is AddressFamily.InterNetwork ? "in-addr" : "ip6",
        'h' => Helo,
        'c' => Client.ToString(),
        'r' => Receiver,
        't' => Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        _ => "",
    };

    /// <summary>IPv6 as nibbles with dots (RFC 7208 §7.3).</summary>
    private string DottedClient()
        => Client.AddressFamily is AddressFamily.InterNetwork
            ? Client.ToString()
            : string.Join('.', Convert.ToHexString(Client.GetAddressBytes()).AsEnumerable());
}
