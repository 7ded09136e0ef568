using System.Text;
using System.Text.RegularExpressions;

namespace Plenum.Protocols.Tests.Mail.Bounce;

/// <summary>The real bounces of the shared data: single mails, and a mailbox that is cut at its "From " lines.</summary>
internal static partial class BounceSamples
{
    public static IEnumerable<(string Name, byte[] Mail)> ReadAll(string folder)
    {
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, path);
            if (name.StartsWith("mailbox/", StringComparison.Ordinal))
            {
                var mailbox = Encoding.Latin1.GetString(File.ReadAllBytes(path));
                foreach (var (index, mail) in PostmarkLine().Split(mailbox).Skip(1).Index())
                {
                    yield return ($"{name}#{index + 1:00}", Encoding.Latin1.GetBytes(mail));
                }
            }
            else if (path.EndsWith(".eml", StringComparison.Ordinal))
            {
                yield return (name, File.ReadAllBytes(path));
            }
        }
    }

    [GeneratedRegex(@"^From [^\n]*\n", RegexOptions.Multiline)]
    private static partial Regex PostmarkLine();
}
