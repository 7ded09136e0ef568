namespace Plenum.Protocols.Mail.Threading;

/// <summary>The order of keys: that of the type, of strings the ordinal one. A language's own order holds different keys for equal.</summary>
internal static class KeyOrder<TKey>
    where TKey : notnull, IComparable<TKey>
{
    private static readonly IComparer<TKey> Order = StringComparer.Ordinal as IComparer<TKey> ?? Comparer<TKey>.Default;

    public static int Compare(ThreadMessage<TKey> one, ThreadMessage<TKey> other) => Order.Compare(one.Key, other.Key);
}
