namespace Plenum.SignOn.Web;

/// <summary>The zones people may choose: those named after a place. European ones first, as few readers live elsewhere.</summary>
internal static class TimeZones
{
    private static readonly string[] Names =
    [
        .. TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).Where(IsPlace).Distinct(StringComparer.Ordinal)
            .OrderBy(n => !n.StartsWith("Europe/", StringComparison.Ordinal)).ThenBy(n => n, StringComparer.Ordinal),
    ];

    public static IReadOnlyList<Ui.Option> All(string automatic)
        => [new("", automatic), .. Names.Select(n => new Ui.Option(n, n))];

    private static bool IsPlace(string name)
        => name.Split('/')[0] is "Africa" or "America" or "Antarctica" or "Asia" or "Atlantic" or "Australia" or "Europe" or "Indian" or "Pacific"
            && name.Contains('/', StringComparison.Ordinal);
}
