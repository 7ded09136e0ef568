using System.Text;
using Plenum.Protocols.Mail.Sieve;

namespace Plenum.Fuzz.Sieve;

internal static class SieveTargets
{
    private static readonly byte[] Mail =
        "From: A <a@example.org>\r\nTo: b+c@example.org\r\nSubject: [x] y z\r\nDate: Tue, 24 Nov 2026 23:30:00 +0100\r\n\r\nbody\r\n"u8.ToArray();

    /// <summary>Any text is a script or has problems, and every script ends.</summary>
    public static FuzzTarget Target { get; } = new("sieve", Run,
        "require [\"fileinto\", \"variables\", \"imap4flags\"]; if header :matches \"subject\" \"[*] *\" { set :upper \"a\" \"${1}\"; addflag \"\\\\Seen\"; fileinto :flags \"x\" \"L/${a}\"; stop; }",
        "require [\"body\", \"envelope\", \"relational\", \"comparator-i;ascii-numeric\", \"subaddress\"]; if anyof (body :content \"text\" :contains \"b\", not size :over 1K, envelope :detail \"to\" [\"c\"], address :count \"ge\" :comparator \"i;ascii-numeric\" \"to\" \"1\") { discard; } elsif true { keep; } else { redirect \"a@b.example\"; }",
        "require [\"date\", \"index\", \"vacation\", \"reject\", \"encoded-character\", \"mailbox\", \"copy\"]; if date :index 1 :last :zone \"+0100\" \"date\" \"hour\" \"22\" { reject text:\n..a${hex:24}\n.\n; } # c\n/* d */ vacation :days 3 :addresses [\"x@y.example\"] \"z\";");

    private static void Run(byte[] octets)
    {
        if (SieveScript.TryParse(Encoding.UTF8.GetString(octets), SieveLimits.Default, out var script, out var problems))
        {
            FuzzTarget.Require(problems.Count == 0, "A script with problems runs.");
            var outcome = script.Run(
                SieveMessage.Read(new MemoryStream(Mail), "a@example.org", "b+c@example.org"), new SieveEnvironment(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc, name => name == "INBOX"));
            FuzzTarget.Require(outcome.Actions.Count <= SieveLimits.Default.MaxActions + 1, "A script has more actions than it may.");
        }
        else
        {
            FuzzTarget.Require(problems.Count > 0, "A script is refused without a reason.");
        }
    }
}
