namespace Plenum.Protocols.Tests.Mail.Sieve;

/// <summary>A script, a message and what must come out: "keep", "fileinto X [flags]", "redirect a@b", "reject", "vacation", "discard", or "error LINE:COLUMN".</summary>
/// <param name="Header">Header lines parted by "\n"; the default message's header where empty.</param>
internal sealed record SieveCase(string Name, string Script, string Expected, string Header = "", string Body = "Guten Tag\r\n", string From = "sender@example.net", string To = "emil+listen@plenum.test");

/// <summary>Cases of our own after the examples and rules of RFC 5228 and its extensions. Pigeonhole judges the same cases in the interop tests.</summary>
internal static class SieveCases
{
    public const string DefaultHeader = "From: Bernd Brandt <bernd@example.org>\nTo: emil@plenum.test, \"Liste\" <techtalk@lists.plenum.test>\nSubject: [Techtalk] Sitzung am Montag\n"
        + "Date: Tue, 24 Nov 2026 23:30:00 +0100\nX-Spam-Level: 7\nReceived: from a by b; Wed, 25 Nov 2026 08:00:00 +0000\nReceived: from c by d; Wed, 25 Nov 2026 07:00:00 +0000";

    public static IReadOnlyList<SieveCase> All { get; } =
    [
        // RFC 5228: control
        new("an empty script keeps", "", "keep"),
        new("comments are passed", "# one\n/* two\n * three */ keep; # four", "keep"),
        new("stop ends", "require \"fileinto\"; fileinto \"A\"; stop; fileinto \"B\";", "fileinto A"),
        new("discard", "discard;", "discard"),
        new("keep after discard", "discard; keep;", "keep"),
        new("keep before discard", "keep; discard;", "keep"),
        new("if, elsif, else: first", "require \"fileinto\"; if true { fileinto \"A\"; } elsif true { fileinto \"B\"; } else { fileinto \"C\"; }", "fileinto A"),
        new("if, elsif, else: second", "require \"fileinto\"; if false { fileinto \"A\"; } elsif true { fileinto \"B\"; } else { fileinto \"C\"; }", "fileinto B"),
        new("if, elsif, else: last", "require \"fileinto\"; if false { fileinto \"A\"; } elsif false { fileinto \"B\"; } else { fileinto \"C\"; }", "fileinto C"),
        new("two ifs", "require \"fileinto\"; if true { fileinto \"A\"; } if true { fileinto \"B\"; }", "fileinto A; fileinto B"),
        new("names have no case", "REQUIRE \"fileinto\"; IF TRUE { FileInto \"A\"; }", "fileinto A"),
        new("allof", "if allof (true, true) { discard; }", "discard"),
        new("allof fails", "if allof (true, false) { discard; }", "keep"),
        new("anyof", "if anyof (false, true) { discard; }", "discard"),
        new("not", "if not false { discard; }", "discard"),
        new("nested tests", "if not anyof (not true, allof (true, not true)) { discard; }", "discard"),

        // RFC 5228: header, address, exists, size
        new("header :is", "if header :is \"subject\" \"[Techtalk] Sitzung am Montag\" { discard; }", "discard"),
        new("header is whole", "if header :is \"subject\" \"Sitzung\" { discard; }", "keep"),
        new("header :contains folds ASCII", "if header :contains \"Subject\" \"SITZUNG\" { discard; }", "discard"),
        new("i;octet does not fold", "if header :comparator \"i;octet\" :contains \"Subject\" \"SITZUNG\" { discard; }", "keep"),
        new("header :matches", "if header :matches \"subject\" \"[*] *montag\" { discard; }", "discard"),
        new("question mark", "if header :matches \"subject\" \"?Techtalk? *\" { discard; }", "discard"),
        new("a star may be nothing", "if header :matches \"X-Spam-Level\" \"7*\" { discard; }", "discard"),
        new("an escaped star", "if header :matches \"X-Stars\" \"a\\\\*b\" { discard; }", "discard", "X-Stars: a*b"),
        new("an escaped star is no wildcard", "if header :matches \"X-Stars\" \"a\\\\*b\" { discard; }", "keep", "X-Stars: axb"),
        new("several fields and keys", "if header :is [\"x-a\", \"x-spam-level\"] [\"1\", \"7\"] { discard; }", "discard"),
        new("a missing field matches nothing", "if header :contains \"x-none\" \"\" { discard; }", "keep"),
        new("an empty field contains the empty key", "if header :contains \"x-empty\" \"\" { discard; }", "discard", "X-Empty:"),
        new("blanks around a value are no part of it", "if header :is \"x-a\" \"b\" { discard; }", "discard", "X-A:   b  "),
        new("encoded words are decoded", "if header :is \"subject\" \"Grüße\" { discard; }", "discard", "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?="),
        new("folded fields are unfolded", "if header :is \"subject\" \"eins zwei\" { discard; }", "discard", "Subject: eins\n zwei"),
        new("address", "if address :is \"from\" \"bernd@example.org\" { discard; }", "discard"),
        new("address ignores the name", "if address :contains \"from\" \"Brandt\" { discard; }", "keep"),
        new("address :domain", "if address :domain :is [\"from\", \"to\"] \"lists.plenum.test\" { discard; }", "discard"),
        new("address :localpart", "if address :localpart \"to\" \"techtalk\" { discard; }", "discard"),
        new("addresses in groups", "if address \"to\" \"b@example.org\" { discard; }", "discard", "To: Gruppe: a@example.org, b@example.org;"),
        new("exists", "if exists [\"From\", \"Date\"] { discard; }", "discard"),
        new("exists needs all", "if exists [\"From\", \"X-None\"] { discard; }", "keep"),
        new("size :over", "if size :over 100 { discard; }", "discard"),
        new("size :under", "if size :under 1K { discard; }", "discard"),
        new("size with a unit", "if size :over 1M { discard; }", "keep"),
        new("envelope from", "require \"envelope\"; if envelope \"from\" \"sender@example.net\" { discard; }", "discard"),
        new("the null sender", "require \"envelope\"; if envelope :is \"from\" \"\" { discard; }", "discard", From: ""),
        new("envelope to", "require \"envelope\"; if envelope :domain \"to\" \"plenum.test\" { discard; }", "discard"),

        // RFC 5228: strings, encoded characters
        new("a text of several lines", "require \"reject\"; reject text:\nEins\n..Zwei\n.\n;", "reject Eins\r\n.Zwei\r\n"),
        new("a hash after text:", "require \"reject\"; reject text: # so\nEins\n.\n;", "reject Eins\r\n"),
        new("escapes", "require \"fileinto\"; fileinto \"a\\\"b\\\\c\\d\";", "fileinto a\"b\\cd"),
        new("encoded characters", "require [\"encoded-character\", \"fileinto\"]; fileinto \"${hex:24 24}${unicode: 20AC}\";", "fileinto $$€"),
        new("encoded characters need require", "require \"fileinto\"; fileinto \"${hex:24}\";", "fileinto ${hex:24}"),
        new("what has not the form stays", "require [\"encoded-character\", \"fileinto\"]; fileinto \"${hex:}${unicode:x}\";", "fileinto ${hex:}${unicode:x}"),
        new("what is no character is an error", "require [\"encoded-character\", \"fileinto\"]; fileinto \"${unicode:D800}\";", "error 1:53"),

        // RFC 3894, 5232, 5490
        new("fileinto cancels keep", "require \"fileinto\"; fileinto \"A\";", "fileinto A"),
        new("fileinto :copy", "require [\"fileinto\", \"copy\"]; fileinto :copy \"A\";", "fileinto A; keep"),
        new("redirect", "redirect \"a@example.org\";", "redirect a@example.org"),
        new("redirect :copy", "require \"copy\"; redirect :copy \"a@example.org\";", "redirect a@example.org; keep"),
        new("twice is once", "require \"fileinto\"; fileinto \"A\"; fileinto \"A\"; redirect \"a@b.example\"; redirect \"a@B.example\";", "fileinto A; redirect a@b.example"),
        new("flags for keep", "require \"imap4flags\"; setflag \"\\\\Seen\"; addflag [\"$Work\", \"\\\\seen\"];", "keep [\\Seen $Work]"),
        new("removeflag", "require \"imap4flags\"; setflag [\"a\", \"b\"]; removeflag \"A\";", "keep [b]"),
        new(":flags wins", "require [\"imap4flags\", \"fileinto\"]; setflag \"x\"; fileinto :flags \"\\\\Flagged $y\" \"A\"; keep;", "fileinto A [\\Flagged $y]; keep [x]"),
        new("hasflag", "require \"imap4flags\"; setflag [\"a\", \"b\"]; if hasflag [\"B\", \"c\"] { discard; }", "discard"),
        new("hasflag :contains", "require \"imap4flags\"; setflag \"label1\"; if hasflag :contains \"label\" { discard; }", "discard"),
        new("flags are counted", "require [\"imap4flags\", \"relational\"]; setflag [\"a\", \"b\"]; if hasflag :count \"ge\" \"2\" { discard; }", "discard"),
        new("flags in a variable", "require [\"imap4flags\", \"variables\"]; addflag \"f\" [\"a\", \"b\"]; if hasflag \"f\" \"b\" { keep :flags \"${f}\"; }", "keep [a b]"),
        new("mailboxexists", "require [\"mailbox\", \"fileinto\"]; if mailboxexists \"Archiv\" { fileinto \"Archiv\"; }", "fileinto Archiv"),
        new("mailboxexists fails", "require [\"mailbox\"]; if mailboxexists [\"Archiv\", \"Nirgends\"] { discard; }", "keep"),
        new(":create", "require [\"mailbox\", \"fileinto\"]; fileinto :create \"Neu\";", "fileinto Neu +"),

        // RFC 5231, comparators
        new("numbers", "require [\"relational\", \"comparator-i;ascii-numeric\"]; if header :value \"gt\" :comparator \"i;ascii-numeric\" \"X-Spam-Level\" \"5\" { discard; }", "discard"),
        new("numbers by their value", "require [\"relational\", \"comparator-i;ascii-numeric\"]; if header :value \"lt\" :comparator \"i;ascii-numeric\" \"X-Spam-Level\" \"10\" { discard; }", "discard"),
        new("no number is the largest", "require [\"relational\", \"comparator-i;ascii-numeric\"]; if header :value \"gt\" :comparator \"i;ascii-numeric\" \"Subject\" \"99999\" { discard; }", "discard"),
        new("counts", "require [\"relational\", \"comparator-i;ascii-numeric\"]; if address :count \"eq\" :comparator \"i;ascii-numeric\" \"to\" \"2\" { discard; }", "discard"),
        new("fields are counted", "require [\"relational\", \"comparator-i;ascii-numeric\"]; if header :count \"ge\" :comparator \"i;ascii-numeric\" \"received\" \"3\" { discard; }", "keep"),
        new("texts in order", "require \"relational\"; if header :value \"ge\" \"Subject\" \"[S\" { discard; }", "discard"),

        // RFC 5229
        new("set and use", "require [\"variables\", \"fileinto\"]; set \"a\" \"x\"; set \"b\" \"${A}y\"; fileinto \"${b}\";", "fileinto xy"),
        new("unknown variables are empty", "require [\"variables\", \"fileinto\"]; fileinto \"a${none}b\";", "fileinto ab"),
        new("what is no reference stays", "require [\"variables\", \"fileinto\"]; set \"a\" \"1\"; fileinto \"${a$ ${-} $a ${}\";", "fileinto ${a$ ${-} $a ${}"),
        new("wildcards are remembered", "require [\"variables\", \"fileinto\"]; if header :matches \"subject\" \"[*] * am *\" { fileinto \"${1}/${3}-${2}\"; }", "fileinto Techtalk/Montag-Sitzung"),
        new("the whole match", "require [\"variables\", \"fileinto\"]; if header :matches \"x-a\" \"?*\" { fileinto \"${0}:${1}:${2}\"; }", "fileinto bcd:b:cd", "X-A: bcd"),
        new("stars take little", "require [\"variables\", \"fileinto\"]; if header :matches \"x-a\" \"*-*-*\" { fileinto \"${1}|${2}|${3}\"; }", "fileinto a|b|c-d", "X-A: a-b-c-d"),
        new("a failed match changes nothing", "require [\"variables\", \"fileinto\"]; if header :matches \"x-a\" \"a*\" { } if header :matches \"x-a\" \"b*\" { } fileinto \"${1}\";", "fileinto xyz", "X-A: axyz"),
        new("modifiers", "require [\"variables\", \"fileinto\"]; set :upperfirst :lower \"a\" \"GRÜN\"; set :length \"n\" \"${a}\"; fileinto \"${a}${n}\";", "fileinto GrÜn4"),
        new("quotewildcard", "require [\"variables\", \"fileinto\"]; set :quotewildcard \"a\" \"x*y?\"; fileinto \"${a}\";", "fileinto x\\*y\\?"),
        new("the test string", "require \"variables\"; set \"a\" \"x\"; if string :is \"${a}\" \"X\" { discard; }", "discard"),
        new("empty strings do not count", "require [\"variables\", \"relational\"]; if string :count \"eq\" [\"a\", \"\", \"b\"] \"2\" { discard; }", "discard"),

        // RFC 5173, 5233, 5260
        new("body :text", "require \"body\"; if body :text :contains \"tag\" { discard; }", "discard"),
        new("body :raw", "require \"body\"; if body :raw :contains \"=46\" { discard; }", "discard", "Content-Transfer-Encoding: quoted-printable", "=46reitag\r\n"),
        new("body is decoded", "require \"body\"; if body :contains \"Freitag\" { discard; }", "discard", "Content-Transfer-Encoding: quoted-printable", "=46reitag\r\n"),
        new("body :content", "require \"body\"; if body :content \"text/html\" :contains \"<b>\" { discard; }", "discard", "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x", "--x\r\n\r\nplain\r\n--x\r\nContent-Type: text/html\r\n\r\n<b>fett</b>\r\n--x--\r\n"),
        new("body :content of another type", "require \"body\"; if body :content \"image\" :contains \"b\" { discard; }", "keep", "MIME-Version: 1.0\nContent-Type: text/html", "<b>x</b>\r\n"),
        new("subaddress", "require [\"envelope\", \"subaddress\", \"fileinto\"]; if envelope :detail \"to\" \"listen\" { fileinto \"Listen\"; }", "fileinto Listen"),
        new("subaddress user", "require [\"envelope\", \"subaddress\"]; if envelope :user \"to\" \"emil\" { discard; }", "discard"),
        new("no detail is no value", "require \"subaddress\"; if address :detail :is \"from\" \"\" { discard; }", "keep"),
        new("date in its own zone", "require \"date\"; if date :originalzone \"date\" \"date\" \"2026-11-24\" { discard; }", "discard"),
        new("date in another zone", "require \"date\"; if date :zone \"+0300\" \"date\" \"date\" \"2026-11-25\" { discard; }", "discard"),
        new("weekday and relation", "require [\"date\", \"relational\"]; if allof (date :value \"ge\" :zone \"+0000\" \"date\" \"hour\" \"22\", date :zone \"+0000\" \"date\" \"weekday\" \"2\") { discard; }", "discard"),
        new("received takes the date at the end", "require [\"date\", \"index\"]; if date :index 2 :zone \"+0000\" \"received\" \"time\" \"07:00:00\" { discard; }", "discard"),
        new(":last counts from the end", "require [\"date\", \"index\"]; if date :index 1 :last :zone \"+0000\" \"received\" \"hour\" \"07\" { discard; }", "discard"),
        new("julian", "require \"date\"; if date :zone \"+0000\" \"date\" \"julian\" \"61368\" { discard; }", "discard"),
        new("std11", "require \"date\"; if date :originalzone \"date\" \"std11\" \"Tue, 24 Nov 2026 23:30:00 +0100\" { discard; }", "discard"),

        // RFC 5429, 5230
        new("reject", "require \"reject\"; reject \"Nein\";", "reject Nein"),
        new("reject and keep do not go together", "require \"reject\"; keep; reject \"Nein\";", "failure"),
        new("vacation keeps", "require \"vacation\"; vacation :days 7 :subject \"Urlaub\" \"Bin weg\";", "vacation Bin weg; keep"),
        new("vacation once", "require \"vacation\"; vacation \"a\"; vacation \"b\";", "failure"),

        // Problems, and where they are
        new("unknown extension", "require \"nonsense\";", "error 1:1"),
        new("missing require", "fileinto \"A\";", "error 1:1"),
        new("require too late", "keep;\nrequire \"fileinto\";", "error 2:1"),
        new("unknown command", "keep;\n  nonsense;", "error 2:3"),
        new("unknown test", "if nonsense { }", "error 1:4"),
        new("missing semicolon", "keep", "error 1:5"),
        new("missing brace", "if true { keep;", "error 1:16"),
        new("else without if", "else { keep; }", "error 1:1"),
        new("open string", "redirect \"a", "error 1:10"),
        new("open comment", "keep; /* x", "error 1:7"),
        new("tag of another command", "keep :over;", "error 1:6"),
        new("argument too many", "stop \"x\";", "error 1:6"),
        new("two match types", "if header :is :contains \"a\" \"b\" { keep; }", "error 1:4"),
        new("unknown comparator", "if header :comparator \"i;none\" \"a\" \"b\" { keep; }", "error 1:4"),
        new("name of a field with a space", "if header \"a b\" \"c\" { keep; }", "error 1:4"),
        new("huge number", "if size :over 99999999999G { keep; }", "error 1:15"),
        new("list for a string", "require \"fileinto\";\nfileinto [\"a\", \"b\"];", "error 2:10"),
        new("relation that is none", "require \"relational\"; if header :value \"xx\" \"a\" \"b\" { keep; }", "error 1:26"),
        new("if without test", "if { keep; }", "error 1:1"),
        new("block for an action", "keep { stop; }", "error 1:1"),
        new("variable with a bad name", "require \"variables\"; set \"1a\" \"x\";", "error 1:22"),
    ];
}
