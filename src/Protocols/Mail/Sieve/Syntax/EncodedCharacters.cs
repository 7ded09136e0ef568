using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Plenum.Protocols.Mail.Sieve.Syntax;

/// <summary>"${hex: 40 24}" and "${unicode: 20ac}" in strings (RFC 5228 §2.4.2.4), where the script requires encoded-character.</summary>
internal static partial class EncodedCharacters
{
    private const string Extension = "encoded-character";

    public static IReadOnlyList<CommandSyntax> Decode(IReadOnlyList<CommandSyntax> commands)
        => commands.TakeWhile(c => c.Name == "require").Any(Requires) ? [.. commands.Select(Decode)] : commands;

    private static bool Requires(CommandSyntax command)
        => command.Arguments.OfType<ArgumentSyntax.Strings>().Any(s => s.Values.Contains(Extension));

    private static CommandSyntax Decode(CommandSyntax command) => command with
    {
        Arguments = Decode(command.Arguments),
        Tests = [.. command.Tests.Select(Decode)],
        Block = command.Block is null ? null : [.. command.Block.Select(Decode)],
    };

    private static TestSyntax Decode(TestSyntax test) => test with { Arguments = Decode(test.Arguments), Tests = [.. test.Tests.Select(Decode)] };

    private static IReadOnlyList<ArgumentSyntax> Decode(IReadOnlyList<ArgumentSyntax> arguments)
        => [.. arguments.Select(a => a is ArgumentSyntax.Strings strings ? strings with { Values = [.. strings.Values.Select(Decode)] } : a)];

    // What is no valid encoding stays as it stands. Octets beyond ASCII must be UTF-8 together, or they stand for themselves.
    private static string Decode(string text)
        => Encoded().Replace(text, found =>
        {
            var numbers = found.Groups["numbers"].Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToList();
            if (found.Groups["kind"].Value.Equals("hex", StringComparison.OrdinalIgnoreCase))
            {
                return numbers.TrueForAll(n => n.Length <= 2)
                    ? Encoding.UTF8.GetString([.. numbers.Select(n => byte.Parse(n, NumberStyles.HexNumber, CultureInfo.InvariantCulture))])
                    : found.Value;
            }

            var runes = numbers.Select(n => n.TrimStart('0').Length <= 6 && int.TryParse(n, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var point) && Rune.IsValid(point) ? point : -1).ToList();
            return runes.Contains(-1) ? found.Value : string.Concat(runes.Select(r => new Rune(r).ToString()));
        });

    [GeneratedRegex(@"\$\{(?<kind>hex|unicode):(?<numbers>\s*[0-9a-f]+(\s+[0-9a-f]+)*\s*)\}", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Encoded();
}
