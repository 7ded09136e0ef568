using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Plenum.Kernel.Outbox;

/// <summary>An event by the name it is stored under; the name outlives renamed types.</summary>
public sealed record EventRegistration(Type EventType, string Name);

/// <summary>A handler of one event type. Events for one name are handled in order, whatever their types.</summary>
/// <param name="Name">Stored with what is still to do, so it never changes; e.g. "search.posts".</param>
public sealed record HandlerRegistration(string Name, Type EventType, Func<IServiceProvider, object, CancellationToken, Task> HandleAsync)
{
    public static HandlerRegistration Of<TEvent, THandler>(string name)
        where TEvent : notnull
        where THandler : class, IEventHandler<TEvent>
        => new(name, typeof(TEvent), (scope, happened, cancellation) =>
            ActivatorUtilities.GetServiceOrCreateInstance<THandler>(scope).HandleAsync((TEvent)happened, cancellation));
}

/// <summary>All events and who handles them.</summary>
public sealed class EventCatalog
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly Dictionary<Type, string> _names;
    private readonly Dictionary<string, Type> _types;
    private readonly Dictionary<(string Handler, Type EventType), HandlerRegistration> _handlers;
    private readonly ILookup<Type, string> _handlersOf;

    /// <exception cref="InvalidOperationException">A name or a type is registered twice, or a handler waits for an event nobody registered.</exception>
    public EventCatalog(IEnumerable<EventRegistration> events, IEnumerable<HandlerRegistration> handlers)
    {
        var known = events.ToList();
        var listening = handlers.ToList();
        if (known.GroupBy(e => e.Name).Concat<IGrouping<object, EventRegistration>>(known.GroupBy(e => (object)e.EventType)).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new InvalidOperationException($"The event {twice.Key} is registered twice.");
        }

        _names = known.ToDictionary(e => e.EventType, e => e.Name);
        _types = known.ToDictionary(e => e.Name, e => e.EventType, StringComparer.Ordinal);
        if (listening.Find(h => !_names.ContainsKey(h.EventType)) is { } deaf)
        {
            throw new InvalidOperationException($"The handler {deaf.Name} waits for {deaf.EventType.Name}, which no module registered with AddEvent.");
        }

        _handlers = listening.ToDictionary(h => (h.Name, h.EventType));
        _handlersOf = listening.ToLookup(h => h.EventType, h => h.Name);
        Handlers = [.. listening.Select(h => h.Name).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Names of all handlers of this program.</summary>
    public IReadOnlyList<string> Handlers { get; }

    internal IEnumerable<string> HandlersOf(Type eventType) => _handlersOf[eventType];

    internal (string Name, string Payload) Write(object happened)
        => _names.TryGetValue(happened.GetType(), out var name)
            ? (name, JsonSerializer.Serialize(happened, happened.GetType(), Json))
            : throw new InvalidOperationException($"{happened.GetType().Name} is not registered with AddEvent.");

    /// <exception cref="InvalidOperationException">This program knows no such event or handler.</exception>
    internal (object Event, HandlerRegistration Handler) Read(string name, string payload, string handler)
    {
        if (!_types.TryGetValue(name, out var type) || !_handlers.TryGetValue((handler, type), out var registration))
        {
            throw new InvalidOperationException($"This program does not know how {handler} handles {name}.");
        }

        return (JsonSerializer.Deserialize(payload, type, Json) ?? throw new InvalidOperationException($"The event {name} is empty."), registration);
    }
}
