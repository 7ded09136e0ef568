using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Modules;
using Plenum.Mail.Data;
using Plenum.Mail.Queue;

namespace Plenum.Mail;

/// <summary>Mail: receiving, submission, the outbound queue. The one public door of this module.</summary>
public sealed class MailModule : IModule
{
    public static string Name => "mail";

    public static void AddServices(ModuleBuilder module)
    {
        module.AddOptions<MailOptions>("Mail").AddModel<MailModel>();
        AddQueue(module.Services);
    }

    private static void AddQueue(IServiceCollection services)
    {
        services.AddSingleton<QueueBell>();
        services.AddSingleton<IInterceptor>(provider => provider.GetRequiredService<QueueBell>());
        services.AddSingleton<SystemSender>();
        services.AddSingleton<QueueStore>();
        services.AddScoped<IMailQueue, MailQueue>();
        services.AddHostedService<QueueRunner>();
    }
}
