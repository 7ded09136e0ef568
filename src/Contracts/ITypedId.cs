namespace Plenum.Contracts;

/// <summary>An id that cannot be mistaken for another kind of id. Stored as a UUID version 7 (RFC 9562 §5.7), so it sorts by creation time.</summary>
public interface ITypedId<TSelf> : IParsable<TSelf>
    where TSelf : struct, ITypedId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}
