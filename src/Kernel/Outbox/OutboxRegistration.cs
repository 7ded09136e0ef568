using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Modules;

namespace Plenum.Kernel.Outbox;

public static class OutboxRegistration
{
    extension(ModuleBuilder module)
    {
        public ModuleBuilder AddOutbox()
        {
            module.AddModel<OutboxModel>();
            module.Services.AddSingleton<EventCatalog>();
            module.Services.AddSingleton<OutboxSignal>();
            module.Services.AddSingleton<Outbox>();
            module.Services.AddScoped<OutboxOverview>();
            module.Services.AddSingleton<OutboxDispatcher>();
            module.Services.AddHostedService(provider => provider.GetRequiredService<OutboxDispatcher>());
            return module;
        }

        /// <summary>Names an event for good: stored events carry the name, e.g. "org.unit-moved".</summary>
        public ModuleBuilder AddEvent<TEvent>(string name)
            where TEvent : notnull
            => module.Add(new EventRegistration(typeof(TEvent), name));

        /// <summary>Lets a handler hear an event. Registrations with the same name share one order.</summary>
        /// <param name="name">Stable name, e.g. "search.posts": what is still to do is stored under it.</param>
        public ModuleBuilder AddEventHandler<TEvent, THandler>(string name)
            where TEvent : notnull
            where THandler : class, IEventHandler<TEvent>
            => module.Add(HandlerRegistration.Of<TEvent, THandler>(name));
    }
}
