using System.CommandLine;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Contracts.Mail;
using Plenum.Contracts.Organisation;
using Plenum.Contracts.Site;
using Plenum.Discussions.Addresses;
using Plenum.Discussions.Api;
using Plenum.Discussions.Copies;
using Plenum.Discussions.Data;
using Plenum.Discussions.Demo;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Finding;
using Plenum.Discussions.Importing;
using Plenum.Discussions.Moderating;
using Plenum.Discussions.Posting;
using Plenum.Discussions.Reading;
using Plenum.Discussions.Showing;
using Plenum.Discussions.Subscribing;
using Plenum.Discussions.Web;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Api;
using Plenum.Kernel.Cli;
using Plenum.Kernel.Demo;
using Plenum.Kernel.Jobs;
using Plenum.Kernel.Modules;
using Plenum.Kernel.Notifications;
using Plenum.Kernel.Outbox;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Search;
using Plenum.Kernel.Snapshots;
using Plenum.Ui;

namespace Plenum.Discussions;

/// <summary>Discussions: boards that are mailing lists, lists that are boards. The one public door of this module.</summary>
public sealed class DiscussionsModule : IModule
{
    public static string Name => "discussions";

    public static void AddServices(ModuleBuilder module)
    {
        module.AddOptions<DiscussionsOptions>("Discussions").AddModel<DiscussionsModel>();
        module.Add(new StampedEntity(typeof(Board), BoardTable.Stamp));
        module.Add(new PublicPageStamp(BoardTable.Stamp)).Add(new PublicPageStamp(CountThread.Stamp));
        module.Add(new MenuItem(MenuPlace.Services, "discussions.menu.boards", "/boards", "board", 30));
        AddPermissions(module);
        AddEvents(module);
        AddUseCases(module.Services);
    }

    public static void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        BoardEndpoints.Map(endpoints);
        FileEndpoints.Map(endpoints);
        UnsubscribeEndpoints.Map(endpoints);
        BoardsApi.Map(endpoints.Api());
    }

    public static void AddCommands(RootCommand root, ICommandHouse house) => ImportMboxCommand.AddTo(root, house);

    private static void AddPermissions(ModuleBuilder module)
    {
        foreach (var permission in DiscussionsPermissions.All)
        {
            module.Add(permission);
        }

        module.Add(DiscussionsPermissions.Moderator)
            .Add(new Role(KernelPermissions.Operator.Name, DiscussionsPermissions.Moderate, DiscussionsPermissions.Manage))
            .Add(new Role(KernelPermissions.UnitOffice.Name, DiscussionsPermissions.Moderate, DiscussionsPermissions.Manage));
    }

    private static void AddEvents(ModuleBuilder module)
    {
        module.AddEvent<PostPublished>("discussions.post-published").AddEvent<CopiesDue>("discussions.copies-due").AddEvent<BoardChanged>("discussions.board-changed");
        module.AddEvent<PostHeld>("discussions.post-held");
        module.AddEventHandler<PostPublished, CountThread>("discussions.threads");
        module.AddEventHandler<PostPublished, IndexPost>("discussions.search").AddEventHandler<BoardChanged, IndexBoard>("discussions.search");
        module.AddEventHandler<PostPublished, BeginCopies>("discussions.copies").AddEventHandler<CopiesDue, SendCopies>("discussions.copies");
        module.AddEventHandler<PostPublished, TellAuthor>("discussions.tell").AddEventHandler<PostHeld, TellModerators>("discussions.tell");
        module.AddEventHandler<AccountClosed, ForgetAccount>("discussions.organisation").AddEventHandler<UnitMerged, FollowMerger>("discussions.organisation");
        module.AddEventHandler<UnitClosed, CloseBoards>("discussions.organisation");
        module.AddNotificationTopic(DiscussionTopics.Reply).AddNotificationTopic(DiscussionTopics.Held);
        module.AddSearchSource<PostSource>();
        module.AddJob<ForgetHeldPosts>("discussions.forget-held", "20 4 * * *");
        module.AddJob<ForgetUploads>("discussions.forget-uploads", "50 4 * * *");
    }

    private static void AddUseCases(IServiceCollection services)
    {
        services.AddSingleton<BoardDirectory>();
        services.AddSingleton<IAddressClaimant, BoardAddresses>();
        services.AddSingleton<ILocalDomains, BoardDomains>();
        services.AddSingleton<PostHtml>();
        services.AddSingleton<PostArticles>();
        services.AddSingleton<OfficeHolders>();
        services.AddSingleton<NewPosts>();
        services.AddScoped<IIncomingMailReceiver, BoardMail>();
        services.AddScoped<IDeliveryReportReceiver, CopyReports>();
        services.AddScoped<BoardService>();
        services.AddSingleton<ThreadQueries>();
        services.AddSingleton<ThreadCounts>();
        services.AddScoped<BoardReader>();
        services.AddScoped<ReadingMarks>();
        services.AddScoped<PostIntake>();
        services.AddScoped<MailIntake>();
        services.AddScoped<MailFiles>();
        services.AddScoped<AuthorOfMail>();
        services.AddScoped<PostService>();
        services.AddScoped<UploadService>();
        services.AddScoped<SubscriptionService>();
        services.AddScoped<SubscriptionLetters>();
        services.AddScoped<MailCommands>();
        services.AddScoped<BounceCounter>();
        services.AddScoped<ModerationService>();
        services.AddScoped<BoardKeepers>();
        services.AddScoped<MboxImport>();
        services.AddScoped<IDemoSeed, DemoBoards>();
        services.AddScoped<INewestThings, NewestAnnouncements>();
        services.AddScoped<INewestThings, NewestDebates>();
        services.AddScoped<IUnitDoors, UnitBoards>();
        services.AddScoped<IOwnThings, UnreadThreads>();
    }
}
