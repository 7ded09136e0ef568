using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Plenum.Protocols.Mail.Sieve.Syntax;

/// <summary>"${hex: 40 24}" and "${unicode: 20ac}" in strings (RFC 5228 §2.4.2.4), where the script requires encoded-character.</summary>
internal static partial class EncodedCharacters
{
    private const string Extension = "encoded-character";

    /// <param name="fail">Told of numbers that are no characters, which is an error (RFC 5228 §2.4.2.4).</param>
    public static IReadOnlyList<CommandSyntax> Decode(IReadOnlyList<CommandSyntax> commands, Action<Position, string> fail)
        => commands.TakeWhile(c => c.Name == "require").Any(Requires) ? [.. commands.Select(c => Decode(c, fail))] : commands;

    private static bool Requires(CommandSyntax command)
        => command.Arguments.OfType<ArgumentSyntax.Strings>().Any(s => s.Values.Contains(Extension));

    private static CommandSyntax Decode(CommandSyntax command, Action<Position, string> fail) => command with
    {
        Arguments = Decode(command.Arguments, fail),
        Tests = [.. command.Tests.Select(t => Decode(t, fail))],
        Block = command.Block is null ? null : [.. command.Block.Select(c => Decode(c, fail))],
    };

    private static TestSyntax Decode(TestSyntax test, Action<Position, string> fail)
        => test with { Arguments = Decode(test.Arguments, fail), Tests = [.. test.Tests.Select(t => Decode(t, fail))] };

    private static IReadOnlyList<ArgumentSyntax> Decode(IReadOnlyList<ArgumentSyntax> arguments, Action<Position, string> fail)
        => [.. arguments.Select(a => a is ArgumentSyntax.Strings strings
            ? strings with { Values = [.. strings.Values.Select(v => Decode(v, () => fail(strings.At, "A number in ${unicode:…} is no character.")))] }
            : a)];

    // What is no encoding by its form stays as it stands.
    private static string Decode(string text, Action fail)
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
            if (runes.Contains(-1))
            {
                fail();
                return found.Value;
            }

            return string.Concat(runes.Select(r => new Rune(r).ToString()));
        });

    [GeneratedRegex(@"\$\{(?<kind>hex|unicode):(?<numbers>\s*[0-9a-f]+(\s+[0-9a-f]+)*\s*)\}", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Encoded();
}
