using Microsoft.Extensions.DependencyInjection;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Data;
using Plenum.Kernel.Demo;
using Plenum.Kernel.Modules;
using Plenum.Operations;
using Plenum.SignOn;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Operations;

/// <summary>A kernel with sign-on and operations, as the tests of this folder need it.</summary>
internal static class OperationsKernel
{
    public static Task<TestKernel> StartAsync(DatabaseProvider provider, TestKernel.Setup? setup = null)
        => TestKernel.StartAsync(provider, SetupOf(setup));

    /// <summary>The same with the demo organisation in it.</summary>
    public static async Task<TestKernel> StartWithDemoAsync(DatabaseProvider provider, TestKernel.Setup? setup = null)
    {
        var kernel = await StartAsync(provider, setup);
        await DemoSeeding.RunAsync(kernel.Services, CancellationToken.None);
        return kernel;
    }

    public static TestKernel.Setup SetupOf(TestKernel.Setup? setup = null)
    {
        setup ??= new();
        return setup with
        {
            Modules = new ModuleCatalog().Add<SignOnModule>().Add<OperationsModule>(),
            Register = module =>
            {
                module.Services.AddSingleton<MailTrap>();
                module.Services.AddSingleton<IMailQueue>(provider => provider.GetRequiredService<MailTrap>());
                setup.Register?.Invoke(module);
            },
        };
    }
}
