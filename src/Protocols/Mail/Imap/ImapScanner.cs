using System.Buffers;
using System.Globalization;
using System.Text;

namespace Plenum.Protocols.Mail.Imap;

/// <summary>
/// Reads the words of one complete command: its lines and literals in one piece, without the last CRLF. The first problem sticks: after it
/// every word is empty, so a parser reads on without asking and looks at <see cref="Problem"/> once.
/// </summary>
internal ref struct ImapScanner(ReadOnlySpan<byte> command, IReadOnlyList<int> messagesAt, ImapLimits limits)
{
    // atom-specials but "]" and those that some places allow (RFC 9051 §9).
    private static readonly SearchValues<byte> AtomEnd = SearchValues.Create([.. "(){ %*\"\\]"u8, .. Controls(), .. EightBit()]);
    private static readonly SearchValues<byte> AStringEnd = SearchValues.Create([.. "(){ %*\"\\"u8, .. Controls(), .. EightBit()]);
    private static readonly SearchValues<byte> ListEnd = SearchValues.Create([.. "(){ \"\\"u8, .. Controls()]);
    private static readonly SearchValues<byte> TagEnd = SearchValues.Create([.. "(){ %*\"\\+"u8, .. Controls(), .. EightBit()]);
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = command;
    private readonly int _length = command.Length;

    /// <summary>What is wrong, as a sentence for the client's log; null while all is well.</summary>
    public string? Problem { get; private set; }

    public readonly ImapLimits Limits => limits;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public readonly bool HasFailed => Problem is not null;

    public void Fail(string problem)
    {
        Problem ??= problem;
        _rest = default;
    }

    public readonly bool Sees(char c) => !_rest.IsEmpty && _rest[0] == c;

    public readonly bool SeesDigit => !_rest.IsEmpty && _rest[0] is >= (byte)'0' and <= (byte)'9';

    /// <summary>The next octets are this word, whatever its case, and it ends there.</summary>
    private readonly bool SeesWord(ReadOnlySpan<byte> word)
        => _rest.Length >= word.Length && Ascii.EqualsIgnoreCase(_rest[..word.Length], word)
            && (_rest.Length == word.Length || AStringEnd.Contains(_rest[word.Length]) || _rest[word.Length] is (byte)'[' or (byte)')');

    public bool Take(char c)
    {
        if (!Sees(c))
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    public bool TakeWord(ReadOnlySpan<byte> word)
    {
        if (!SeesWord(word))
        {
            return false;
        }

        _rest = _rest[word.Length..];
        return true;
    }

    public void Expect(char c)
    {
        if (!Take(c))
        {
            Fail(c == ' ' ? "A space is missing." : $"'{c}' is missing.");
        }
    }

    public void Space() => Expect(' ');

    /// <summary>The whole command was read.</summary>
    public void End()
    {
        if (!IsAtEnd)
        {
            Fail("Something follows the last argument.");
        }
    }

    public string Tag() => Text(Run(TagEnd, "The tag"));

    /// <summary>An atom in upper case: names of commands and options.</summary>
    public string Word() => Text(Run(AtomEnd, "A word")).ToUpperInvariant();

    public string Atom() => Text(Run(AtomEnd, "An atom"));

    /// <summary>The octets of a quoted string or literal, or of an atom where <paramref name="isAtomAllowed"/> (astring).</summary>
    public ReadOnlySpan<byte> Octets(bool isAtomAllowed = true)
    {
        if (Sees('"'))
        {
            return Quoted();
        }

        if (Sees('{') || _rest is [(byte)'~', (byte)'{', ..])
        {
            return Literal();
        }

        if (isAtomAllowed)
        {
            return Run(AStringEnd, "A string");
        }

        Fail("A string is missing.");
        return default;
    }

    /// <summary>astring as text; octets beyond ASCII are UTF-8 (RFC 6855, RFC 9051 §5.1).</summary>
    public string AString() => Text(Octets());

    /// <summary>string (no atom) as text.</summary>
    public string String() => Text(Octets(isAtomAllowed: false));

    /// <summary>nstring: NIL or a string.</summary>
    public string? NString() => TakeWord("NIL"u8) ? null : String();

    /// <summary>list-mailbox: an atom that may hold the wildcards "%" and "*", or a string.</summary>
    public string Pattern() => Text(Sees('"') || Sees('{') ? Octets() : Run(ListEnd, "A pattern"));

    /// <summary>The octets up to the next space or parenthesis, for sets of numbers.</summary>
    public ReadOnlySpan<byte> Set()
    {
        var end = _rest.IndexOfAny((byte)' ', (byte)')');
        var set = end < 0 ? _rest : _rest[..end];
        _rest = _rest[set.Length..];
        return set;
    }

    /// <summary>number64: below 2^63.</summary>
    public long Number64()
    {
        var digits = Digits();
        if (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Fail("A number is missing or too large.");
        return 0;
    }

    public uint Number()
    {
        var number = Number64();
        if (number > uint.MaxValue)
        {
            Fail("A number is too large.");
            return 0;
        }

        return (uint)number;
    }

    /// <summary>date: 1-Jan-2026, with or without quotes (RFC 9051 §9).</summary>
    public DateOnly Date()
    {
        var isQuoted = Take('"');
        var day = Digits();
        if (day.Length is 0 or > 2)
        {
            Fail("A date such as 1-Jan-2026 is missing.");
            return default;
        }

        var date = Date(int.Parse(day, NumberStyles.None, CultureInfo.InvariantCulture));
        if (isQuoted)
        {
            Expect('"');
        }

        return date;
    }

    /// <summary>date-time: " 1-Jan-2026 12:00:00 +0100" in quotes, the day padded with a space.</summary>
    public DateTimeOffset DateTime()
    {
        Expect('"');
        Take(' ');
        var day = Digits();
        var date = day.Length is 1 or 2 ? Date(int.Parse(day, NumberStyles.None, CultureInfo.InvariantCulture)) : default;
        Space();
        var (hour, minute, second) = (TwoDigits(':'), TwoDigits(':'), TwoDigits(' '));
        var isWest = Sees('-');
        if (!Take('-'))
        {
            Expect('+');
        }

        var zone = Digits();
        Expect('"');
        if (HasFailed || date == default || zone.Length != 4 || hour > 23 || minute > 59 || second > 60)
        {
            Fail("A date and time such as \" 1-Jan-2026 12:00:00 +0100\" is missing.");
            return default;
        }

        var offset = new TimeSpan(int.Parse(zone[..2], CultureInfo.InvariantCulture), int.Parse(zone[2..], CultureInfo.InvariantCulture), 0);
        if (offset > TimeSpan.FromHours(14) || date.Year is < 2 or > 9998)
        {
            Fail("The date or its zone is out of range.");
            return default;
        }

        return new(date.ToDateTime(new(hour, minute, Math.Min(second, 59))), isWest ? -offset : offset);
    }

    /// <summary>A message's literal, whose octets went elsewhere.</summary>
    /// <returns>Its place in the list of messages of this command; -1 after a problem.</returns>
    public int Message(bool isBinary)
    {
        if (isBinary)
        {
            Expect('~');
        }

        var at = _length - _rest.Length;
        var index = messagesAt.Count == 0 ? -1 : messagesAt.TakeWhile(m => m != at).Count();
        if (index < 0 || index == messagesAt.Count || _rest.IndexOf("\r\n"u8) is not (var end and > 0))
        {
            Fail("The message is missing.");
            return -1;
        }

        _rest = _rest[(end + 2)..];
        return index;
    }

    private ReadOnlySpan<byte> Quoted()
    {
        _rest = _rest[1..];
        var end = _rest.IndexOfAny((byte)'"', (byte)'\\', (byte)0);
        if (end >= 0 && _rest[end] == '"' && !_rest[..end].ContainsAny((byte)'\r', (byte)'\n'))
        {
            var plain = _rest[..end];
            _rest = _rest[(end + 1)..];
            return plain;
        }

        var octets = new List<byte>();
        while (!_rest.IsEmpty && _rest[0] is not ((byte)'\r' or (byte)'\n' or 0))
        {
            var octet = _rest[0];
            _rest = _rest[1..];
            if (octet == '"')
            {
                return octets.ToArray();
            }

            if (octet == '\\')
            {
                if (!Sees('"') && !Sees('\\'))
                {
                    break;
                }

                octet = _rest[0];
                _rest = _rest[1..];
            }

            octets.Add(octet);
        }

        Fail("A quoted string does not end.");
        return default;
    }

    private ReadOnlySpan<byte> Literal()
    {
        Take('~');
        Expect('{');
        var size = Number64();
        Take('+');
        Expect('}');
        Expect('\r');
        Expect('\n');
        if (HasFailed || size > _rest.Length)
        {
            Fail("A literal is broken.");
            return default;
        }

        var octets = _rest[..(int)size];
        _rest = _rest[(int)size..];
        return octets;
    }

    private ReadOnlySpan<byte> Run(SearchValues<byte> ends, string what)
    {
        var end = _rest.IndexOfAny(ends);
        var run = end < 0 ? _rest : _rest[..end];
        if (run.IsEmpty)
        {
            Fail($"{what} is missing.");
            return default;
        }

        _rest = _rest[run.Length..];
        return run;
    }

    private ReadOnlySpan<byte> Digits()
    {
        var end = _rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = end < 0 ? _rest : _rest[..end];
        _rest = _rest[digits.Length..];
        return digits;
    }

    private int TwoDigits(char then)
    {
        var digits = Digits();
        Expect(then);
        if (digits.Length == 2)
        {
            return int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        }

        Fail("A time such as 12:00:00 is missing.");
        return 0;
    }

    private DateOnly Date(int day)
    {
        Expect('-');
        var month = _rest.Length < 3 ? -1 : Array.FindIndex(Months, Text(_rest[..3]).ToUpperInvariant() is var name ? m => m.Equals(name, StringComparison.OrdinalIgnoreCase) : _ => false);
        _rest = month < 0 ? default : _rest[3..];
        Expect('-');
        var year = Digits();
        if (HasFailed || month < 0 || year.Length != 4
            || int.Parse(year, NumberStyles.None, CultureInfo.InvariantCulture) is not (var y and > 0)
            || day < 1 || day > System.DateTime.DaysInMonth(y, month + 1))
        {
            Fail("A date such as 1-Jan-2026 is missing.");
            return default;
        }

        return new(y, month + 1, day);
    }

    private string Text(ReadOnlySpan<byte> octets)
    {
        if (octets.Contains((byte)0))
        {
            Fail("NUL is not allowed here.");
            return "";
        }

        try
        {
            return Utf8.GetString(octets);
        }
        catch (DecoderFallbackException)
        {
            Fail("A string is not UTF-8.");
            return "";
        }
    }

    private static IEnumerable<byte> Controls() => Enumerable.Range(0, 32).Append(127).Select(c => (byte)c);

    private static IEnumerable<byte> EightBit() => Enumerable.Range(128, 128).Select(c => (byte)c);
}
