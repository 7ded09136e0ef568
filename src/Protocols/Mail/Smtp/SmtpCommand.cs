using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>What is wrong with the octets of a line, before any meaning.</summary>
internal enum SmtpLineFault
{
    None,

    /// <summary>A bare CR, a bare LF or a NUL.</summary>
    Control,

    NotUtf8,
}

/// <summary>A command line: its verb and what follows the first blank, as the client spelled it, blanks around it removed.</summary>
internal readonly record struct SmtpCommand(SmtpVerb Verb, string Argument)
{
    private static readonly SearchValues<byte> Forbidden = SearchValues.Create("\r\n\0"u8);

    /// <summary>Reads a line without its CRLF. Never fails: a bad line has a fault, an unknown verb is <see cref="SmtpVerb.Unknown"/>.</summary>
    public static SmtpCommand Parse(in ReadOnlySequence<byte> line, out SmtpLineFault fault)
    {
        var octets = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        fault = octets.ContainsAny(Forbidden) ? SmtpLineFault.Control : !Utf8.IsValid(octets) ? SmtpLineFault.NotUtf8 : SmtpLineFault.None;
        if (fault is not SmtpLineFault.None)
        {
            return default;
        }

        var blank = octets.IndexOf((byte)' ');
        var word = blank < 0 ? octets : octets[..blank];
        var argument = blank < 0 ? "" : Encoding.UTF8.GetString(octets[(blank + 1)..]).Trim(' ', '\t');
        return new(VerbOf(word), argument);
    }

    private static SmtpVerb VerbOf(ReadOnlySpan<byte> word)
    {
        Span<char> upper = stackalloc char[8];
        if (word.Length > upper.Length || Ascii.ToUpper(word, upper, out var length) is not OperationStatus.Done)
        {
            return word.Contains((byte)':') ? SmtpVerb.Foreign : SmtpVerb.Unknown;
        }

        return upper[..length] switch
        {
            "EHLO" => SmtpVerb.Ehlo,
            "HELO" => SmtpVerb.Helo,
            "MAIL" => SmtpVerb.Mail,
            "RCPT" => SmtpVerb.Rcpt,
            "DATA" => SmtpVerb.Data,
            "BDAT" => SmtpVerb.Bdat,
            "RSET" => SmtpVerb.Rset,
            "NOOP" => SmtpVerb.Noop,
            "QUIT" => SmtpVerb.Quit,
            "VRFY" => SmtpVerb.Vrfy,
            "EXPN" => SmtpVerb.Expn,
            "HELP" => SmtpVerb.Help,
            "STARTTLS" => SmtpVerb.StartTls,
            "AUTH" => SmtpVerb.Auth,
            "GET" or "POST" or "HEAD" or "PUT" or "DELETE" or "CONNECT" or "OPTIONS" or "TRACE" or "PATCH" => SmtpVerb.Foreign,
            _ => word.Contains((byte)':') ? SmtpVerb.Foreign : SmtpVerb.Unknown,
        };
    }
}
