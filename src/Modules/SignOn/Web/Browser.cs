namespace Plenum.SignOn.Web;

/// <summary>A name people recognise for a browser and its system, from the User-Agent header.</summary>
internal static class Browser
{
    // Order matters: Edge and Opera also say Chrome, Chrome also says Safari.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")];

    private static readonly (string Mark, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    public static string Of(string userAgent)
    {
        var browser = Array.Find(Browsers, b => userAgent.Contains(b.Mark, StringComparison.Ordinal)).Name;
        var system = Array.Find(Systems, s => userAgent.Contains(s.Mark, StringComparison.Ordinal)).Name;
        return (browser, system) switch
        {
            (null, null) => userAgent.Length == 0 ? "?" : userAgent[..Math.Min(60, userAgent.Length)],
            (null, _) => system,
            (_, null) => browser,
            _ => $"{browser} · {system}",
        };
    }
}
