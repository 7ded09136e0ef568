namespace Plenum.Kernel.Outbox;

/// <summary>Something that happened, as it lies in the outbox. Its id gives the order.</summary>
internal sealed class OutboxEvent
{
    public long Id { get; private init; }

    public required string Name { get; init; }

    public required string Payload { get; init; }

    public required DateTime CreatedAt { get; init; }

    public List<OutboxDelivery> Deliveries { get; } = [];
}

internal enum DeliveryState
{
    Pending,
    Dead,
}

/// <summary>What one handler still has to do with one event. The row goes when it is done.</summary>
internal sealed class OutboxDelivery
{
    public required string Handler { get; init; }

    public long EventId { get; private init; }

    public OutboxEvent Event { get; private init; } = null!;

    public DeliveryState State { get; init; }

    public int Attempts { get; init; }

    public required DateTime DueAt { get; init; }

    public string? Error { get; init; }
}

/// <summary>One row for each handler. On PostgreSQL the node that locks it works for that handler, so order is kept across nodes.</summary>
internal sealed class OutboxHandler
{
    public required string Name { get; init; }
}
