using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plenum.Kernel;
using Plenum.Kernel.Data;
using Plenum.Kernel.Live;
using Plenum.Kernel.Modules;
using Plenum.Testing.Node;

// A node of its own process, for tests that kill it: MODE FOLDER Section:Key=value …
var (mode, folder) = (args[0], new DataFolder(args[1]));
var builder = Host.CreateEmptyApplicationBuilder(new());
builder.Configuration.AddInMemoryCollection(args.Skip(2).Select(a => a.Split('=', 2)).Select(a => KeyValuePair.Create(a[0], (string?)a[1])));
builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
builder.Logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
Directory.CreateDirectory(folder.Keys);
Directory.CreateDirectory(folder.Blobs);
var module = new ModuleBuilder(builder.Services, builder.Configuration).AddKernel(new ModuleCatalog(), folder);
if (mode == "live")
{
    module.AddSilo();
}
else
{
    Counting.Register(module);
}

using var host = builder.Build();
return mode switch
{
    "live" => await Living.RunAsync(host),
    "count" => await Counting.RunAsync(host),
    "fill" => await Filling.RunAsync(host),
    "store" => await Storing.RunAsync(host),
    _ => 64,
};
