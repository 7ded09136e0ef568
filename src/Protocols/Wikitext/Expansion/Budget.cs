namespace Plenum.Wikitext.Expansion;

/// <summary>Counts what an expansion costs, always before the cost arises.</summary>
internal sealed class Budget(WikitextLimits limits, TimeProvider clock, Collected collected)
{
    /// <summary>Expansions within expansions, functions and arguments included; each uses native stack.</summary>
    private const int MaxNesting = 100;

    /// <summary>Nodes between two looks at the clock.</summary>
    private const int ClockInterval = 256;

    private readonly long _started = clock.GetTimestamp();
    private int _nodes;
    private int _parsedNodes;
    private int _nesting;
    private int _deepest;
    private int _expandedLength;
    private int _argumentLength;
    private int _expensiveCalls;
    private long _wastedLength;

    public WikitextLimits Limits => limits;

    /// <summary>Nodes that may still be made of text.</summary>
    public int ParsedNodesLeft => limits.MaxNodes - _parsedNodes;

    public bool HasNodesLeft => _nodes < limits.MaxNodes;

    public int ExpandedLengthLeft => limits.MaxExpandedLength - _expandedLength;

    public int ArgumentLengthLeft => limits.MaxArgumentLength - _argumentLength;

    /// <summary>True once so much was expanded in vain that nothing more is included.</summary>
    public bool IsSpent => _wastedLength > limits.MaxExpandedLength || IsOutOfTime;

    public bool IsOutOfTime { get; private set; }

    public LimitReport Report() => new(_nodes, _expandedLength, _argumentLength, _deepest, _expensiveCalls, clock.GetElapsedTime(_started));

    /// <summary>Counts the nodes a text was made into.</summary>
    public void AddParsed(int nodes, bool isComplete)
    {
        _parsedNodes += nodes;
        if (!isComplete)
        {
            collected.AddProblem(ExpansionProblemKind.TooManyNodes);
        }
    }

    /// <summary>Counts a node. False if the page has had enough of them, or of time.</summary>
    public bool TryVisit()
    {
        if (_nodes >= limits.MaxNodes)
        {
            collected.AddProblem(ExpansionProblemKind.TooManyNodes);
            return false;
        }

        if (++_nodes % ClockInterval == 0 && !IsOutOfTime && clock.GetElapsedTime(_started) > limits.MaxTime)
        {
            IsOutOfTime = true;
            collected.AddProblem(ExpansionProblemKind.OutOfTime);
        }

        return !IsOutOfTime;
    }

    /// <summary>Enters one more expansion within an expansion; <see cref="Leave"/> follows if it was allowed.</summary>
    public bool TryEnter()
    {
        if (_nesting > MaxNesting)
        {
            collected.AddProblem(ExpansionProblemKind.TooDeep);
            return false;
        }

        _deepest = Math.Max(_deepest, ++_nesting);
        return true;
    }

    public void Leave() => _nesting--;

    public bool TryExpand(int length)
    {
        if (length > ExpandedLengthLeft)
        {
            _wastedLength += length;
            return false;
        }

        _expandedLength += length;
        return true;
    }

    public void Waste(int length) => _wastedLength += length;

    public bool TryUseArgument(int length)
    {
        if (length > ArgumentLengthLeft)
        {
            return false;
        }

        _argumentLength += length;
        return true;
    }

    /// <summary>Counts a call that asks the database.</summary>
    public bool TryExpensiveCall()
    {
        if (++_expensiveCalls <= limits.MaxExpensiveCalls)
        {
            return true;
        }

        collected.AddProblem(ExpansionProblemKind.TooManyExpensiveCalls);
        return false;
    }
}
