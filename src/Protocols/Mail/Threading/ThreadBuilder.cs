namespace Plenum.Protocols.Mail.Threading;

/// <summary>Makes threads from links: prunes what is missing, sorts, joins by subject (RFC 5256 §3, REFERENCES, steps 2 to 6).</summary>
/// <param name="order">Decides between messages of the same date.</param>
internal sealed class ThreadBuilder<TKey>(Comparison<ThreadMessage<TKey>> order)
{
    /// <summary>Steps 2 to 4.</summary>
    public List<ThreadNode<TKey>> Build(ThreadLinks links, IEnumerable<int> roots, Func<int, ThreadMessage<TKey>?> messageAt)
    {
        var threads = new List<ThreadNode<TKey>>();
        var stack = new Stack<(int Node, ThreadNode<TKey>? Above)>();
        foreach (var root in roots)
        {
            var top = new ThreadNode<TKey>(null);
            stack.Push((root, top));
            while (stack.TryPop(out var next))
            {
                var above = next.Above!;
                if (messageAt(next.Node) is { } message)
                {
                    var node = new ThreadNode<TKey>(message);
                    above.Answers.Add(node);
                    above = node;
                }

                for (var child = links.FirstChildOf(next.Node); child != ThreadLinks.None; child = links.NextSiblingOf(child))
                {
                    stack.Push((child, above));
                }
            }

            if (top.Answers.Count > 0)
            {
                SortBelow(top);
                threads.Add(top.Answers.Count == 1 ? top.Answers[0] : top);
            }
        }

        threads.Sort(Compare);
        return threads;
    }

    /// <summary>Steps 5 and 6, on threads in order.</summary>
    public List<ThreadNode<TKey>> JoinSubjects(List<ThreadNode<TKey>> threads)
    {
        var subjects = new BaseSubject[threads.Count];
        var keys = new string[threads.Count];
        var table = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < threads.Count; i++)
        {
            subjects[i] = BaseSubject.Extract(threads[i].Representative.Subject);
            keys[i] = subjects[i].Key;
            if (keys[i].Length > 0 && (!table.TryGetValue(keys[i], out var first)
                || (threads[first].Message is not null && (threads[i].Message is null || (subjects[first].IsReply && !subjects[i].IsReply)))))
            {
                table[keys[i]] = i;
            }
        }

        var joined = threads.ToArray<ThreadNode<TKey>?>();
        for (var i = 0; i < joined.Length; i++)
        {
            if (keys[i].Length == 0 || table[keys[i]] == i)
            {
                continue;
            }

            var first = table[keys[i]];
            var (target, current) = (joined[first]!, joined[i]!);
            if (target.Message is null)
            {
                target.Answers.AddRange(current.Message is null ? current.Answers : [current]);
            }
            else if (subjects[i].IsReply && !subjects[first].IsReply)
            {
                target.Answers.Add(current);
            }
            else
            {
                var dummy = new ThreadNode<TKey>(null);
                dummy.Answers.AddRange([target, current]);
                joined[first] = dummy;
            }

            joined[i] = null;
        }

        // Everything below the first two levels is sorted already.
        var result = joined.OfType<ThreadNode<TKey>>().ToList();
        foreach (var thread in result)
        {
            foreach (var child in thread.Answers)
            {
                child.Answers.Sort(Compare);
            }

            thread.Answers.Sort(Compare);
        }

        result.Sort(Compare);
        return result;
    }

    public int Compare(ThreadNode<TKey> one, ThreadNode<TKey> other)
    {
        var (first, second) = (one.Representative, other.Representative);
        var byDate = first.Date.CompareTo(second.Date);
        return byDate != 0 ? byDate : order(first, second);
    }

    private void SortBelow(ThreadNode<TKey> top)
    {
        var stack = new Stack<ThreadNode<TKey>>([top]);
        while (stack.TryPop(out var node))
        {
            if (node.Answers.Count > 1)
            {
                node.Answers.Sort(Compare);
            }

            foreach (var child in node.Answers)
            {
                stack.Push(child);
            }
        }
    }
}
