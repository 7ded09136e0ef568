namespace Plenum.Protocols.Mail.Threading;

/// <summary>The two threading algorithms of IMAP (RFC 5256 §3) over a whole mailbox; keys are sequence numbers or UIDs.</summary>
public static class Threads
{
    /// <summary>REFERENCES. Where messages contradict each other, the lower key counts first.</summary>
    /// <exception cref="ArgumentException">A key stands twice.</exception>
    public static IReadOnlyList<ThreadNode<TKey>> ByReferences<TKey>(IEnumerable<ThreadMessage<TKey>> messages)
        where TKey : notnull, IComparable<TKey>
    {
        ArgumentNullException.ThrowIfNull(messages);
        var forest = new ThreadForest<TKey>(ThreadOrder.Key);
        foreach (var message in messages)
        {
            if (!forest.Add(message))
            {
                throw new ArgumentException("A key stands twice.", nameof(messages));
            }
        }

        return forest.ToThreads(joinSubjects: true);
    }

    /// <summary>ORDEREDSUBJECT: messages of one base subject by sent date; the first is the parent of all others.</summary>
    public static IReadOnlyList<ThreadNode<TKey>> ByOrderedSubject<TKey>(IEnumerable<ThreadMessage<TKey>> messages)
        where TKey : notnull, IComparable<TKey>
    {
        ArgumentNullException.ThrowIfNull(messages);
        var builder = new ThreadBuilder<TKey>(KeyOrder<TKey>.Compare);
        var threads = new List<ThreadNode<TKey>>();
        foreach (var group in messages.GroupBy(message => BaseSubject.Extract(message.Subject).Key, StringComparer.Ordinal))
        {
            var nodes = group.Select(message => new ThreadNode<TKey>(message)).ToList();
            nodes.Sort(builder.Compare);
            nodes[0].Answers.AddRange(nodes.Skip(1));
            threads.Add(nodes[0]);
        }

        threads.Sort(builder.Compare);
        return threads;
    }
}
