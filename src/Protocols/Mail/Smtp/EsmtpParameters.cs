namespace Plenum.Protocols.Mail.Smtp;

/// <summary>Parameters of MAIL and RCPT (RFC 5321 §4.1.2 Mail-parameters).</summary>
internal sealed class EsmtpParameters
{
    private const int MaxParameters = 20; // Every registered one together; a list of thousands only costs the server.

    private readonly Dictionary<string, string?> _values = new(StringComparer.Ordinal);

    /// <summary>Keywords in upper case, in their order.</summary>
    public IReadOnlyCollection<string> Keywords => _values.Keys;

    /// <summary>The value as written; null if the keyword is absent or has none.</summary>
    public string? this[string keyword] => _values.GetValueOrDefault(keyword);

    public bool Has(string keyword) => _values.ContainsKey(keyword);

    /// <summary>Reads what follows the path. False if it does not fit the grammar or a keyword stands twice.</summary>
    public static bool TryParse(string text, out EsmtpParameters parameters)
    {
        parameters = new();
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var keyword = (equals < 0 ? part : part[..equals]).ToUpperInvariant();
            var value = equals < 0 ? null : part[(equals + 1)..];
            if (!IsKeyword(keyword) || (value is not null && !IsValue(value)) || parameters._values.Count == MaxParameters
                || !parameters._values.TryAdd(keyword, value))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsKeyword(string text) => text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    // esmtp-value = 1*(%d33-60 / %d62-126), and UTF-8 (RFC 6531 §3.3). "=" is tolerated: XOAUTH tokens and ENVIDs of real clients hold it.
    private static bool IsValue(string text) => text.Length > 0 && text.All(c => c is > ' ' and not '\x7F' && !char.IsControl(c));
}
