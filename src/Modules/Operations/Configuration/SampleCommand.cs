using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Cli;
using Plenum.Kernel.Modules;

namespace Plenum.Operations.Configuration;

/// <summary><c>plenum sample-configuration</c>: an annotated plenum.json with every setting.</summary>
internal static class SampleCommand
{
    public static Command Create(ICommandHouse house)
    {
        var sample = new Command("sample-configuration", "Print an annotated plenum.json with every setting and its default.");
        sample.SetAction((parsed, cancellation) => house.RunUncheckedAsync(
            parsed,
            (services, _) =>
            {
                Console.Write(new SampleConfiguration(services.GetRequiredService<OptionsCatalog>()).Write());
                return Task.FromResult(0);
            },
            cancellation));
        return sample;
    }
}
