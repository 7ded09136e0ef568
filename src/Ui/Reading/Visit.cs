using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Plenum.Ui;

/// <summary>One request as the page frame sees it: who reads, in which language, zone and unit. Scoped.</summary>
public sealed class Visit
{
    private const string LocalFormat = "yyyy-MM-dd'T'HH:mm";

    /// <summary>Raised when the page has said which unit it belongs to; the frame, rendered before, renders again.</summary>
    public event Action? Changed;

    public string Organisation { get; set; } = "Plenum";

    /// <summary>Demo mode says so on every page.</summary>
    public bool IsDemo { get; set; }

    public bool ShowsPatterns { get; set; }

    public bool IsSignedIn { get; set; }

    public string DisplayName { get; set; } = "";

    public string Login { get; set; } = "";

    /// <summary>"light", "dark" or null for what the device prefers.</summary>
    public string? Theme { get; set; }

    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>Unread notifications.</summary>
    public int Unread { get; set; }

    public IReadOnlyList<NavigationEntry> Services { get; set; } = [];

    public IReadOnlyList<NavigationEntry> AccountEntries { get; set; } = [];

    public IReadOnlyList<NavigationEntry> Administration { get; set; } = [];

    /// <summary>Units of the reader, for the switcher.</summary>
    public IReadOnlyList<NamedLink> OwnUnits { get; set; } = [];

    /// <summary>From the root to the unit one stands in.</summary>
    public IReadOnlyList<NamedLink> UnitPath { get; set; } = [];

    /// <summary>Links at the foot of every page: imprint, privacy, accessibility. "{unit}" stands for the unit one stands in.</summary>
    public IReadOnlyList<NamedLink> FootLinks { get; set; } = [];

    public UnitPlace? Unit { get; private set; }

    /// <summary>Path and query of the request; entries under it are marked as current.</summary>
    public string Address { get; set; } = "/";

    /// <summary>False on the sign-in pages and the like: no service navigation.</summary>
    public bool HasNavigation { get; private set; } = true;

    /// <summary>Says which unit the page belongs to. Called by <c>PageFrame</c>.</summary>
    public void StandIn(UnitPlace? unit, IReadOnlyList<NamedLink>? path, bool hasNavigation)
    {
        path ??= UnitPath;
        if (Unit == unit && HasNavigation == hasNavigation && UnitPath.SequenceEqual(path))
        {
            return; // Said again while the frame renders again: without this they would go on for ever.
        }

        Unit = unit;
        UnitPath = path;
        HasNavigation = hasNavigation;
        Changed?.Invoke();
    }

    /// <summary>A menu entry with "{unit}" filled in by the unit one stands in.</summary>
    public NavigationEntry InUnit(NavigationEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry with { Href = InUnit(entry.Href) };
    }

    /// <summary>An address with its step "{unit}" filled in by the path of the unit one stands in; without a unit the step is left out.</summary>
    public string InUnit(string href)
    {
        ArgumentNullException.ThrowIfNull(href);
        return href.Replace("/{unit}", Unit is { Path.Length: > 0 } unit ? "/" + unit.Path : "", StringComparison.Ordinal);
    }

    /// <summary>A UTC instant in the reader's zone.</summary>
    public DateTime ToLocal(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), TimeZone);

    /// <summary>A UTC instant as the value of a date-time field.</summary>
    public string WriteLocal(DateTime utc) => ToLocal(utc).ToString(LocalFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads a date-time field, e.g. "2026-11-24T19:30", as wall-clock time of the reader's zone.</summary>
    /// <returns>False for what is no time, and for the hour that a zone skips in spring.</returns>
    public bool TryReadLocal(string? text, out DateTime utc)
    {
        utc = default;
        if (!DateTime.TryParseExact(text, [LocalFormat, "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            || TimeZone.IsInvalidTime(local))
        {
            return false;
        }

        utc = TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), TimeZone);
        return true;
    }

    /// <summary>Is this address the page or an ancestor of it?</summary>
    public bool IsAt(string href)
    {
        var path = new PathString(Address.Split('?', 2)[0]);
        return href.Length > 1 ? path.StartsWithSegments(href.TrimEnd('/'), StringComparison.OrdinalIgnoreCase) : path == "/";
    }
}

/// <summary>An entry of the navigation, ready to show.</summary>
/// <param name="Count">What waits there (unread, open); 0 shows nothing.</param>
public sealed record NavigationEntry(string Text, string Href, string Icon, int Count = 0);
