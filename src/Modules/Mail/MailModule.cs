using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Listeners;
using Plenum.Kernel.Modules;
using Plenum.Mail.Data;
using Plenum.Mail.Dns;
using Plenum.Mail.Queue;
using Plenum.Mail.Receiving;
using Plenum.Mail.Smtp;
using Plenum.Mail.Submission;
using Plenum.Protocols.Mail.Dns;

namespace Plenum.Mail;

/// <summary>Mail: receiving, submission, the outbound queue. The one public door of this module.</summary>
public sealed class MailModule : IModule
{
    public static string Name => "mail";

    public static void AddServices(ModuleBuilder module)
    {
        module.AddOptions<MailOptions>("Mail").AddModel<MailModel>();
        module.Add(ListenerRegistration.For<RelayListener>("smtp", 2525, ListenerTls.None));
        module.Add(ListenerRegistration.For<SubmissionListener>("submission", 2587, ListenerTls.None));
        module.Add(ListenerRegistration.For<SubmissionTlsListener>("submissions", 2465, ListenerTls.Implicit));
        module.Services.AddSingleton<MailNames>();
        AddReceiving(module.Services);
        AddQueue(module.Services);
    }

    private static void AddReceiving(IServiceCollection services)
    {
        services.AddSingleton<SmtpDoors>();
        services.AddSingleton<MailLimits>();
        services.AddSingleton<IDnsResolver, SystemResolver>();
        services.AddSingleton<SenderChecks>();
        services.AddSingleton<ReturnPathSeal>();
        services.AddSingleton<ArrivalDesk>();
        services.AddHostedService(provider => provider.GetRequiredService<ArrivalDesk>());
        services.AddSingleton<IAddressClaimant, HouseAddresses>();
        services.AddSingleton<IAddressClaimant, RoleAddresses>();
        services.AddScoped<IIncomingMailReceiver, HouseReceiver>();
        services.AddScoped<RecipientDesk>();
        services.AddScoped<SubmissionRules>();
        services.AddScoped<MessageIntake>();
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
