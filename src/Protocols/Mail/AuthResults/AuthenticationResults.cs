using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Plenum.Protocols.Mail.AuthResults;

/// <summary>An Authentication-Results field (RFC 8601 §2.2): what one host found out about a message.</summary>
/// <param name="AuthServId">Who checked; compare ignoring case.</param>
/// <param name="Methods">The results; empty stands for "none".</param>
public sealed record AuthenticationResults(string AuthServId, IReadOnlyList<MethodResult> Methods)
{
    /// <summary>Lines stay within RFC 5322 §2.1.1's 78 octets where a value allows it.</summary>
    private const int LineLength = 76;

    /// <summary>RFC 8601 §2.6; 1 is the only one.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Reads the value of a field (what follows the colon), or of an ARC-Authentication-Results after its "i=N;".</summary>
    public static bool TryParse(string value, [NotNullWhen(true)] out AuthenticationResults? results) => AuthResultsScanner.TryReadAll(value, out results);

    /// <summary>The whole field with its line end.</summary>
    public string Write() => $"Authentication-Results: {WriteValue()}\r\n";

    /// <summary>The value, folded, without a line end.</summary>
    public string WriteValue()
    {
        var text = new StringBuilder(AuthResultsText.Value(AuthServId));
        if (Version != 1)
        {
            text.Append(CultureInfo.InvariantCulture, $" {Version}");
        }

        if (Methods.Count == 0)
        {
            text.Append("; none");
        }

        foreach (var method in Methods)
        {
            text.Append(";\r\n\t");
            var column = 8;
            foreach (var word in method.Words())
            {
                if (column > 8)
                {
                    var breaks = column + word.Length > LineLength;
                    text.Append(breaks ? "\r\n\t " : " ");
                    column = breaks ? 9 : column + 1;
                }

                text.Append(word);
                column += word.Length;
            }
        }

        return text.ToString();
    }
}
