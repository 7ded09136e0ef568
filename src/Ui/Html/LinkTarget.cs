namespace Plenum.Ui.Html;

/// <summary>Which addresses text written by people may link to. An allow-list: what is not known to be harmless is no link.</summary>
public static class LinkTarget
{
    public const string ForeignRel = "nofollow noopener noreferrer ugc";
    private const int MaxLength = 4_000; // Characters; browsers and caches disagree beyond.
    private static readonly string[] Schemes = ["https://", "http://", "mailto:", "tel:", "xmpp:"];

    /// <summary>An address with a harmless scheme, without control characters or white space that a browser would skip.</summary>
    public static bool IsAbsolute(string? address)
        => IsClean(address) && Array.Exists(Schemes, s => address!.StartsWith(s, StringComparison.OrdinalIgnoreCase) && address.Length > s.Length);

    /// <summary>A path, query or fragment on this site; "//host" and "/\host" lead elsewhere.</summary>
    public static bool IsLocal(string? address)
        => IsClean(address) && (address![0] == '#' || (address[0] == '/' && (address.Length == 1 || address[1] is not ('/' or '\\'))));

    private static bool IsClean(string? address)
    {
        if (address is not { Length: > 0 and <= MaxLength })
        {
            return false;
        }

        foreach (var letter in address)
        {
            if (char.IsControl(letter) || char.IsWhiteSpace(letter))
            {
                return false;
            }
        }

        return true;
    }
}
