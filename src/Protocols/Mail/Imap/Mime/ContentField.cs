namespace Plenum.Protocols.Mail.Imap.Mime;

/// <summary>A field such as Content-Type or Content-Disposition (RFC 2045 §5.1): a value and parameters, as written.</summary>
internal sealed record ContentField(string? Value, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    private const int MaxParameters = 200;

    /// <param name="field">The field's text, unfolded; null where the field is missing.</param>
    public static ContentField Parse(string? field)
    {
        var words = new HeaderWords(field);
        var value = words.Word(";");
        while (!words.IsAtEnd && !words.Sees(';'))
        {
            // "text / plain" is one value; anything else is noise.
            var more = words.Word(";");
            if (more is null)
            {
                words.Skip();
            }
            else if (value is not null && (value.EndsWith('/') || more.StartsWith('/')))
            {
                value += more;
            }
        }

        var parameters = new List<KeyValuePair<string, string>>();
        while (words.Take(';') && parameters.Count < MaxParameters)
        {
            if (words.Word("=;") is { } name && words.Take('='))
            {
                parameters.Add(new(name, words.Word(";") ?? ""));
            }

            while (!words.IsAtEnd && !words.Sees(';'))
            {
                if (words.Word(";") is null)
                {
                    words.Skip();
                }
            }
        }

        return new(value, parameters);
    }

    /// <summary>"text/plain" apart; two nulls if it is no media type.</summary>
    public (string? Main, string? Sub) SplitType()
        => Value?.Split('/') is [{ Length: > 0 } main, { Length: > 0 } sub] ? (main, sub) : (null, null);
}
