namespace Plenum.Protocols.Mail.Threading;

/// <summary>A message with its answers. Threads may be as deep as they have messages: walk them with a stack, not with recursion.</summary>
public sealed class ThreadNode<TKey>
{
    internal ThreadNode(ThreadMessage<TKey>? message)
    {
        Message = message;
    }

    /// <summary>Null at the top of a thread whose first message is missing: a dummy with two children or more.</summary>
    public ThreadMessage<TKey>? Message { get; }

    /// <summary>By sent date.</summary>
    public IReadOnlyList<ThreadNode<TKey>> Children => Answers;

    internal List<ThreadNode<TKey>> Answers { get; } = [];

    /// <summary>The message, or the first of a dummy's children: what stands for the thread when threads are sorted (RFC 5256 §3, step 4).</summary>
    internal ThreadMessage<TKey> Representative => Message ?? Answers[0].Message!;
}
