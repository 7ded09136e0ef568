using System.Globalization;
using System.Text;

namespace Plenum.Protocols.Mail.Spf;

/// <summary>Writes the Received-SPF trace field (RFC 7208 §9.1). Authentication-Results carries the same for programs; this one is for readers.</summary>
public static class ReceivedSpf
{
    /// <returns>The whole field with its line end, folded; goes above the Received field of the same hop.</returns>
    public static string Write(SpfVerdict verdict, SpfRequest request)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(request);
        var field = new StringBuilder("Received-SPF: ")
            .Append(verdict.Result.ToString().ToLowerInvariant())
            .Append(CultureInfo.InvariantCulture, $" ({Comment(request.Receiver)}: domain of {Comment(verdict.Domain)})\r\n\t")
            .Append(CultureInfo.InvariantCulture, $"receiver={Value(request.Receiver)}; client-ip={Value(request.ClientAddress.ToString())};\r\n\t")
            .Append(CultureInfo.InvariantCulture, $"envelope-from={Quoted(request.MailFrom)};\r\n\thelo={Value(request.Helo)};\r\n\t")
            .Append(CultureInfo.InvariantCulture, $"identity={(verdict.Identity is SpfIdentity.Helo ? "helo" : "mailfrom")}");
        if (verdict.Mechanism is not null)
        {
            field.Append(CultureInfo.InvariantCulture, $"; mechanism={Quoted(verdict.Mechanism)}");
        }

        if (verdict.Problem is not null)
        {
            field.Append(CultureInfo.InvariantCulture, $";\r\n\tproblem={Quoted(verdict.Problem)}");
        }

        return field.Append("\r\n").ToString();
    }

    /// <summary>A dot-atom as it is, anything else quoted; client-ip's colons need quoting too.</summary>
    private static string Value(string text)
        => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') ? text : Quoted(text);

    private static string Quoted(string text)
        => $"\"{Printable(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Comment(string text)
        => string.Concat(Printable(text).Where(c => c is not ('(' or ')' or '\\')));

    /// <summary>Strangers' text must not end our field: control characters go.</summary>
    private static string Printable(string text) => string.Concat(text.Where(c => !char.IsControl(c)).Take(320));
}
