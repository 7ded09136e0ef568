using System.Diagnostics.CodeAnalysis;
using Plenum.Protocols.Mail.Dkim;

namespace Plenum.Protocols.Mail.MtaSts;

/// <summary>The TXT record at _mta-sts.DOMAIN (RFC 8461 §3.1): a new id says there is a new policy to fetch.</summary>
public sealed record MtaStsRecord(string Id)
{
    /// <summary>RFC 8461 §3.1: 1 to 32 letters and digits.</summary>
    private const int MaxIdLength = 32;

    /// <summary>Reads a TXT record.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out MtaStsRecord? record)
    {
        record = TagList.TryParse(text, out var tags) && tags.Tags[0] is { Key: "v", Value: "STSv1" }
            && tags["id"] is { Length: > 0 and <= MaxIdLength } id && id.All(char.IsAsciiLetterOrDigit)
                ? new MtaStsRecord(id)
                : null;
        return record is not null;
    }

    /// <summary>Chooses among all TXT records of the name: exactly one must be ours, else there is no policy (RFC 8461 §3.1).</summary>
    public static MtaStsRecord? Choose(IReadOnlyList<string> texts)
    {
        var ours = texts.Where(text => text.StartsWith("v=STSv1", StringComparison.Ordinal)).Take(2).ToArray();
        return ours.Length == 1 && TryParse(ours[0], out var record) ? record : null;
    }
}
