using Microsoft.Extensions.Logging.Console;

namespace Plenum;

/// <summary>Logs for people (one line each) or for machines (JSON), by Logging:Format = console | json.</summary>
internal static class LogFormat
{
    public static void Apply(ILoggingBuilder logging, IConfiguration configuration)
    {
        var section = configuration.GetSection("Logging");
        logging.AddConfiguration(section);
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error) // Warns of keys without an encryptor; ours are sealed by the master key.
            .AddFilter("Orleans", LogLevel.Error)
            .AddFilter("Plenum.Kernel.Live.LiveNode", LogLevel.Warning) // Orleans speaks through it.
            .AddFilter("Quartz", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning);
        if (string.Equals(section["Format"], "json", StringComparison.OrdinalIgnoreCase))
        {
            logging.AddJsonConsole(json => json.UseUtcTimestamp = true);
        }
        else
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
                console.ColorBehavior = LoggerColorBehavior.Default;
            });
        }
    }
}
