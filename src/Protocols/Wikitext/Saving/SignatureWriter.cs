using System.Text;
using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Functions;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Saving;

/// <summary>Replaces three tildes by the name, four by name and time, five by the time.</summary>
internal sealed class SignatureWriter(Expander expander, Signer signer)
{
    public string Sign(string text)
    {
        var name = Name();
        var time = Time();
        var result = new StringBuilder(text.Length + 100);
        var done = 0;
        for (var at = text.IndexOf("~~~", StringComparison.Ordinal); at >= 0; at = text.IndexOf("~~~", done, StringComparison.Ordinal))
        {
            var tildes = text.AsSpan(at).IndexOfAnyExcept('~');
            tildes = Math.Min(tildes < 0 ? text.Length - at : tildes, 5);
            result.Append(text, done, at - done);
            result.Append(tildes switch
            {
                3 => name,
                4 => $"{name} {time}",
                _ => time,
            });
            done = at + tildes;
        }

        return result.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>Time in the wiki's zone, in its language's short form, with the zone's abbreviation.</summary>
    private string Time()
    {
        var zone = expander.Site.TimeZone;
        var moment = TimeZoneInfo.ConvertTime(expander.Now, zone);
        var isGerman = NumberText.IsGerman(expander.Site.Language);
        return DateText.Format(isGerman ? "H:i, j. M Y (T)" : "H:i, j F Y (T)", moment, zone, LanguageDates.For(expander.Site.Language));
    }

    private string Name() => OwnSignature() ?? DefaultSignature(signer.Signature is { Length: > 0 and <= Signer.MaxSignatureLength } nick && !nick.Contains('\n') ? nick : signer.Name);

    /// <summary>The person's own wikitext: templates in it are substituted, tildes removed. Null if it cannot be used.</summary>
    private string? OwnSignature()
    {
        if (signer.Signature is not { Length: > 0 } own || own.Contains('\n') || CodePoints.Count(own) > Signer.MaxSignatureLength)
        {
            return null;
        }

        return expander.ExpandInner(WithoutTildes(Substituting(Expander.Clean(own))), frame: null);
    }

    private string DefaultSignature(string nick)
    {
        var (user, shown) = (WikiEscape.Escape(signer.Name), WikiEscape.Escape(WithoutTildes(nick)));
        var custom = expander.Site.FindMessage(signer.IsRegistered ? "signature" : "signature-anon", expander.Site.Language);
        if (custom is not null)
        {
            return custom.Replace("$1", user, StringComparison.Ordinal).Replace("$2", shown, StringComparison.Ordinal);
        }

        var namespaces = expander.Site.Namespaces;
        if (!signer.IsRegistered)
        {
            var contributions = expander.Site.FindSpecialPage("Contributions") ?? "Contributions";
            return $"[[{namespaces[WikiNamespace.Special]?.Name}:{contributions}/{user}|{shown}]]";
        }

        var talk = NumberText.IsGerman(expander.Site.Language) ? "Diskussion" : "talk";
        return $"[[{namespaces[WikiNamespace.User]?.Name}:{user}|{shown}]] ([[{namespaces[WikiNamespace.UserTalk]?.Name}:{user}|{talk}]])";
    }

    /// <summary>A signature must not change later: each template in it is put in now.</summary>
    private string Substituting(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            if (!text.AsSpan(at).StartsWith("{{"))
            {
                result.Append(text[at++]);
                continue;
            }

            var name = text[(at + 2)..];
            result.Append(expander.Words.TakeSubstitution(ref name) is Substitution.Always ? "{{" : "{{subst:");
            at += 2;
        }

        return result.ToString();
    }

    /// <summary>Three to five tildes in a row go.</summary>
    private static string WithoutTildes(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var tildes = text.AsSpan(at).IndexOfAnyExcept('~');
            tildes = tildes < 0 ? text.Length - at : tildes;
            if (tildes == 0)
            {
                result.Append(text[at++]);
                continue;
            }

            result.Append('~', tildes % 5 < 3 ? tildes % 5 : 0);
            at += tildes;
        }

        return result.ToString();
    }
}
