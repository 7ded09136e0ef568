namespace Plenum.SignOn.SigningIn;

/// <summary>What attackers try first: common words with the usual decorations, keyboard runs, repeated characters.</summary>
internal static class CommonPasswords
{
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "password", "passwort", "kennwort", "geheim", "hallo", "hello", "qwerty", "qwertz", "qwertyuiop", "qwertzuiop", "asdfgh", "asdfghjkl", "yxcvbnm",
        "zxcvbnm", "qazwsx", "qayxsw", "abc", "abcd", "abcdef", "abcdefg", "admin", "administrator", "root", "user", "login", "welcome", "willkommen",
        "master", "letmein", "iloveyou", "ichliebedich", "schatz", "schatzi", "sonnenschein", "sunshine", "princess", "prinzessin", "monkey", "dragon",
        "football", "fussball", "baseball", "basketball", "soccer", "hockey", "michael", "jennifer", "daniel", "thomas", "andreas", "stefan", "alexander",
        "maximilian", "sebastian", "christian", "superman", "batman", "starwars", "pokemon", "computer", "internet", "samsung", "google", "facebook",
        "youtube", "amazon", "whatever", "freedom", "freiheit", "demokratie", "partei", "verein", "plenum", "mitglied", "deutschland", "germany", "berlin",
        "hamburg", "muenchen", "bayern", "koeln", "schalke", "borussia", "werder", "sommer", "winter", "herbst", "fruehling", "summer", "spring", "autumn",
        "januar", "februar", "maerz", "april", "juni", "juli", "august", "september", "oktober", "november", "dezember", "montag", "freitag", "samstag",
        "sonntag", "monday", "friday", "secret", "access", "changeme", "default", "test", "tester", "testtest", "testing", "trustno", "shadow", "hunter",
        "killer", "ninja", "mustang", "ferrari", "porsche", "mercedes", "cookie", "chocolate", "schokolade", "flower", "blume", "butterfly", "schmetterling",
        "love", "liebe", "baby", "angel", "engel", "jesus", "hannover", "stuttgart", "dresden", "leipzig", "passw", "pass", "private", "privat", "security",
        "correcthorsebatterystaple", "nothing", "nichts", "neuespasswort", "meinpasswort", "mypassword", "newpassword", "aaa", "xxx", "zzz", "asdf", "asd",
    };

    private static readonly string[] Runs =
    [
        "01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba",
        "qwertzuiopasdfghjklyxcvbnm", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6zhn7ujm", "1qay2wsx3edc4rfv5tgb", "1q2w3e4r5t6z7u8i9o0p", "1q2w3e4r5t6y7u8i9o0p",
    ];

    /// <summary>Lower case, with the letters that digits and signs stand for ("P@ssw0rt!" becomes "passwort!").</summary>
    public static string Fold(string password)
        => string.Create(password.Length, password, (folded, original) =>
        {
            for (var i = 0; i < original.Length; i++)
            {
                folded[i] = char.ToLowerInvariant(original[i]) switch
                {
                    '@' or '4' => 'a',
                    '3' or '€' => 'e',
                    '1' or '!' when i < original.Length - 1 && i > 0 && char.IsLetter(original[i - 1]) && char.IsLetter(original[i + 1]) => 'i',
                    '0' when i > 0 && char.IsLetter(original[i - 1]) => 'o',
                    '$' or '5' => 's',
                    var c => c,
                };
            }
        });

    public static bool Contains(string password)
    {
        var lower = password.ToLowerInvariant();
        if (lower.Distinct().Count() <= 3 || Array.Exists(Runs, r => r.Contains(lower, StringComparison.Ordinal)) || IsRepeated(lower))
        {
            return true;
        }

        // A common word, whatever digits and signs are hung before or behind it.
        return IsDecorated(lower) || IsDecorated(Fold(password));
    }

    private static bool IsDecorated(string text)
    {
        var core = text.Trim([.. "0123456789!?.,;:-_#+*~'\"/\\()[]{}<>|&%$§@^°= "]);
        return core.Length == 0 || (Words.Contains(core) && text.Length - core.Length <= 6);
    }

    private static bool IsRepeated(string text)
    {
        for (var part = 1; part <= text.Length / 2; part++)
        {
            var piece = text[..part];
            if (text.Length % part == 0 && string.Concat(Enumerable.Repeat(piece, text.Length / part)) == text && (part <= 4 || Words.Contains(piece)))
            {
                return true;
            }
        }

        return false;
    }
}
