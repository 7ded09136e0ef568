using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Jobs;
using Plenum.Kernel.Modules;
using Plenum.Kernel.Outbox;

namespace Plenum.Kernel.Notifications;

public static class NotificationsRegistration
{
    extension(ModuleBuilder module)
    {
        public ModuleBuilder AddNotifications()
        {
            module.AddModel<NotificationsModel>();
            module.AddEvent<NotificationPublished>("notifications.published").AddEvent<NotificationSpread>("notifications.spread");
            module.AddEventHandler<NotificationPublished, SpreadNotifications>("notifications.spread");
            module.AddEventHandler<NotificationSpread, SpreadNotifications>("notifications.spread");
            module.AddJob<SendDigests>("notifications.digest", "0 7 * * *").AddJob<ForgetNotifications>("notifications.forget", "20 4 * * *");
            module.Services.AddSingleton<TopicCatalog>();
            module.Services.AddSingleton<Notifications>();
            module.Services.AddScoped<NotificationLetters>();
            module.Services.AddSingleton<UnreadCounts>();
            module.Services.AddScoped<NotificationInbox>();
            module.Services.AddScoped<NotificationChoices>();
            return module;
        }

        /// <summary>Names a kind of thing people are told of; they choose how.</summary>
        public ModuleBuilder AddNotificationTopic(NotificationTopic topic) => module.Add(topic);
    }
}
