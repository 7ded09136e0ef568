using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plenum.Kernel.Listeners;

namespace Plenum.Kernel.Modules;

/// <summary>Checks every section of the configuration, so that a wrong value stops the start and names its key.</summary>
public sealed class SettingsCheck(IConfiguration configuration, OptionsCatalog catalog, IServiceProvider services)
{
    /// <exception cref="StartupException">A value is wrong, or a key or a section unknown.</exception>
    public void Demand()
    {
        var known = catalog.Sections.Keys.Append("Logging").ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var section in configuration.GetChildren())
        {
            if (!known.Contains(section.Key) && !IsSetByPlatform(section.Key))
            {
                throw new StartupException($"Unknown setting {FirstKey(section)}. Known sections: {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
            }
        }

        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            _ = services.GetRequiredService<Ports>(); // Checks the ports of all listeners together.
        }
        catch (Exception wrong) when (SentenceOf(wrong) is { } sentence)
        {
            throw new StartupException(sentence);
        }
    }

    /// <summary>What a wrong setting is called, wherever it came to light: some decide which services there are, before all are checked.</summary>
    /// <returns>Null if the exception is of another kind.</returns>
    public static string? SentenceOf(Exception thrown) => thrown switch
    {
        OptionsValidationException invalid => "Wrong setting. " + string.Join(' ', invalid.Failures),
        AggregateException many when many.InnerExceptions.Select(SentenceOf).ToList() is var sentences && !sentences.Contains(null) => string.Join(' ', sentences),
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } unreadable => $"Wrong setting. {unreadable.Message} {unreadable.InnerException?.Message}".TrimEnd(),
        _ => null,
    };

    private static string FirstKey(IConfigurationSection section) => section.GetChildren().FirstOrDefault() is { } child ? FirstKey(child) : section.Path;

    // The web host writes its own settings (applicationName, contentRoot …) into the same configuration, all in lower camel case.
    private static bool IsSetByPlatform(string section) => char.IsLower(section[0]);
}
