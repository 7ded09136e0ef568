using Microsoft.Extensions.DependencyInjection;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Listeners;
using Plenum.Kernel.Jobs;
using Plenum.Kernel.Modules;
using Plenum.Kernel.Outbox;
using Plenum.Kernel.Permissions;
using Plenum.Mail.Data;
using Plenum.Mail.Dns;
using Plenum.Mail.Operating;
using Plenum.Mail.Queue;
using Plenum.Mail.Receiving;
using Plenum.Mail.Reporting;
using Plenum.Mail.Sending;
using Plenum.Mail.Signing;
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
        AddSending(module.Services);
        module.Add(new MenuItem(MenuPlace.Administration, "mail.menu.queue", "/admin/mail-queue", "mail", 60, KernelPermissions.Operate));
        module.AddJob<PurgeFinished>("mail.purge", "20 3 * * *");
        module.Services.AddScoped<QueueDesk>();
        AddQueue(module.Services);
        module.AddEvent<CopyReported>("mail.copy-reported").AddEventHandler<CopyReported, ReportToSource>("mail.report-to-source");
        module.AddEvent<BounceArrived>("mail.bounce-arrived").AddEventHandler<BounceArrived, ReadBounce>("mail.read-bounce");
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
        services.AddSingleton<SystemSender>();
        services.AddSingleton<QueueStore>();
        services.AddSingleton<QueueNode>();
        services.AddScoped<IMailQueue, MailQueue>();
        services.AddScoped<SenderReports>();
        services.AddSingleton<OutcomeDesk>();
        services.AddHostedService(provider => provider.GetRequiredService<OutcomeDesk>()); // Stops after the runner, which still records.
        services.AddHostedService<QueueRunner>();
    }

    private static void AddSending(IServiceCollection services)
    {
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<IZoneSource, MailZone>();
        services.AddSingleton<MxRoutes>();
        services.AddSingleton<SmartHost>();
        services.AddSingleton<OutgoingMessages>();
        services.AddSingleton<Consignor>();
        services.AddSingleton<LocalDelivery>();
    }
}
