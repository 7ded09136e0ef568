namespace Plenum.Ui;

/// <summary>The letter after "g" for each service: the first of its name that is still free.</summary>
public static class ShortcutKeys
{
    /// <returns>Letter by address; a service whose letters are all taken has none.</returns>
    public static IReadOnlyDictionary<string, char> Of(IEnumerable<NavigationEntry> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var keys = new Dictionary<string, char>();
        foreach (var service in services)
        {
            var free = service.Text.ToLowerInvariant().FirstOrDefault(c => char.IsAsciiLetter(c) && !keys.ContainsValue(c));
            if (free != default)
            {
                keys.TryAdd(service.Href, free);
            }
        }

        return keys;
    }
}
