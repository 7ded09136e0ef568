using System.Collections;
using Microsoft.AspNetCore.Builder;
using Plenum.Kernel;
using Plenum.Kernel.Data;
using Plenum.Kernel.Demo;
using Plenum.Kernel.Live;
using Plenum.Kernel.Modules;

namespace Plenum;

/// <summary>Builds one Plenum: configuration, kernel, modules. Starting it is left to the verb.</summary>
internal static class House
{
    private const string EnvironmentPrefix = "PLENUM_";

    /// <exception cref="StartupException">A setting is wrong; the message names its key.</exception>
    public static WebApplicationBuilder Prepare(HouseArguments arguments, DataFolder folder)
    {
        var builder = WebApplication.CreateEmptyBuilder(new()
        {
            ApplicationName = typeof(House).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        Configure(builder.Configuration, arguments, folder);
        LogFormat.Apply(builder.Logging, builder.Configuration);
        builder.Services.AddSingleton(new DemoMode(arguments.IsDemo));
        var modules = ModuleList.Create();
        var module = new ModuleBuilder(builder.Services, builder.Configuration).AddKernel(modules, folder);
        modules.AddServices(module);
        EarlyModel.Begin(builder.Services, builder.Configuration, modules);
        module.AddSilo();
        WebFrame.AddServices(builder, module, modules);
        Telemetry.AddServices(builder);
        return builder;
    }

    /// <summary>Checks every section, so that a wrong value stops the start and names its key.</summary>
    /// <exception cref="StartupException">A value is wrong, a key or a section unknown.</exception>
    public static void CheckSettings(IServiceProvider services) => services.GetRequiredService<SettingsCheck>().Demand();

    private static void Configure(ConfigurationManager configuration, HouseArguments arguments, DataFolder folder)
    {
        try
        {
            configuration.AddJsonFile(folder.Configuration, optional: true, reloadOnChange: false);
        }
        catch (InvalidDataException damaged)
        {
            throw new StartupException($"{folder.Configuration} is not valid JSON: {damaged.GetBaseException().Message}");
        }

        configuration.AddInMemoryCollection(EnvironmentSettings());
        configuration.AddInMemoryCollection(arguments.Settings);
    }

    // PLENUM_Section__Key is a setting; PLENUM_DATA and other plain names are not.
    private static IEnumerable<KeyValuePair<string, string?>> EnvironmentSettings()
        => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(v => KeyValuePair.Create((string)v.Key, (string?)v.Value))
            .Where(v => v.Key.StartsWith(EnvironmentPrefix, StringComparison.Ordinal) && v.Key.Contains("__", StringComparison.Ordinal))
            .Select(v => KeyValuePair.Create(v.Key[EnvironmentPrefix.Length..].Replace("__", ":", StringComparison.Ordinal), v.Value));
}
