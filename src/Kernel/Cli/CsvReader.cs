using System.Runtime.CompilerServices;
using System.Text;

namespace Plenum.Kernel.Cli;

/// <summary>A record of a CSV file, its fields by the names in the first line.</summary>
/// <param name="Line">Line of the file it begins in, from 1.</param>
public sealed record CsvRecord(int Line, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>The field of the first of these names that the file has, without white space around it; empty if it has none of them.</summary>
    public string this[params ReadOnlySpan<string> names]
    {
        get
        {
            foreach (var name in names)
            {
                if (Fields.TryGetValue(name, out var field))
                {
                    return field.Trim();
                }
            }

            return "";
        }
    }
}

/// <summary>
/// Reads CSV (RFC 4180) as people's programs write it: comma, semicolon or tab, whichever the first line has most of; any line ends; a
/// byte order mark. One record is in memory at a time.
/// </summary>
public static class CsvReader
{
    private const int MaxFieldLength = 100_000; // A quote that never ends would otherwise swallow the file.
    private const int MaxFields = 500;

    /// <exception cref="InvalidDataException">A field or a record is too long; the message names the line.</exception>
    public static async IAsyncEnumerable<CsvRecord> ReadAsync(TextReader text, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(text);
        var scanner = new Scanner(text);
        if (await scanner.NextAsync(cancellation) is not { } names)
        {
            yield break;
        }

        while (await scanner.NextAsync(cancellation) is { } record)
        {
            if (record.Fields is not [""])
            {
                yield return new(record.Line, Named(names.Fields, record.Fields));
            }
        }
    }

    private static Dictionary<string, string> Named(List<string> names, List<string> fields)
    {
        var named = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < names.Count; i++)
        {
            named.TryAdd(names[i].Trim(), i < fields.Count ? fields[i] : "");
        }

        return named;
    }

    private sealed class Scanner(TextReader text)
    {
        private readonly char[] _buffer = new char[8_192];
        private readonly StringBuilder _field = new();
        private (int At, int Filled) _read;
        private char? _separator;
        private int _line = 1;

        public async ValueTask<(int Line, List<string> Fields)?> NextAsync(CancellationToken cancellation)
        {
            _separator ??= await SeparatorAsync(cancellation);
            var (fields, begins, isQuoted, isAny) = (new List<string>(), _line, false, false);
            while (await CharacterAsync(cancellation) is { } c)
            {
                isAny = true;
                if (c == '"' && (isQuoted || _field.Length == 0))
                {
                    if (isQuoted && await PeekAsync(cancellation) == '"')
                    {
                        await CharacterAsync(cancellation);
                        Append('"');
                    }
                    else
                    {
                        isQuoted = !isQuoted;
                    }
                }
                else if (!isQuoted && c == _separator)
                {
                    End(fields);
                }
                else if (!isQuoted && c is '\r' or '\n' && !isQuoted)
                {
                    if (c == '\r' && await PeekAsync(cancellation) == '\n')
                    {
                        await CharacterAsync(cancellation);
                    }

                    _line++;
                    End(fields);
                    return (begins, fields);
                }
                else
                {
                    _line += c == '\n' ? 1 : 0;
                    Append(c);
                }
            }

            if (!isAny)
            {
                return null;
            }

            End(fields);
            return (begins, fields);
        }

        private void Append(char c)
        {
            if (_field.Length >= MaxFieldLength)
            {
                throw new InvalidDataException($"Line {_line}: a field has more than {MaxFieldLength} characters; perhaps a quote is never closed.");
            }

            _field.Append(c);
        }

        private void End(List<string> fields)
        {
            if (fields.Count >= MaxFields)
            {
                throw new InvalidDataException($"Line {_line}: more than {MaxFields} fields.");
            }

            fields.Add(_field.ToString());
            _field.Clear();
        }

        private async ValueTask<char?> PeekAsync(CancellationToken cancellation)
        {
            if (_read.At == _read.Filled)
            {
                _read = (0, await text.ReadAsync(_buffer, cancellation));
            }

            return _read.Filled == 0 ? null : _buffer[_read.At];
        }

        private async ValueTask<char?> CharacterAsync(CancellationToken cancellation)
        {
            var next = await PeekAsync(cancellation);
            _read.At += next is null ? 0 : 1;
            return next;
        }

        private async ValueTask<char> SeparatorAsync(CancellationToken cancellation)
        {
            if (await PeekAsync(cancellation) == '\ufeff')
            {
                await CharacterAsync(cancellation);
            }

            await PeekAsync(cancellation);
            var rest = _buffer.AsSpan(_read.At, _read.Filled - _read.At);
            var end = rest.IndexOfAny('\r', '\n');
            var first = (end < 0 ? rest : rest[..end]).ToString();
            return ((char[])[',', ';', '\t']).MaxBy(c => first.Count(x => x == c));
        }
    }
}
