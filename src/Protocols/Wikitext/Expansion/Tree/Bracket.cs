namespace Plenum.Wikitext.Expansion.Tree;

internal enum BracketKind
{
    /// <summary>A line that starts with equals signs, open to its end.</summary>
    Heading,

    /// <summary><c>[[</c>: its pipes are not the template's.</summary>
    Link,

    /// <summary>Two or more braces.</summary>
    Braces,

    /// <summary><c>-{</c>: language conversion.</summary>
    Conversion,
}

/// <summary>A run of opening brackets that waits for its end.</summary>
internal sealed class Bracket
{
    private readonly List<PartInProgress> _done = [];

    public BracketKind Kind { get; private set; }

    /// <summary>Place of the first bracket of the run.</summary>
    public int Start { get; private set; }

    /// <summary>Brackets of the run that are still unmatched.</summary>
    public int Count { get; set; }

    /// <summary>True if a dash stands before the run that may yet begin a conversion.</summary>
    public bool HasDash { get; set; }

    public bool IsAtLineStart { get; private set; }

    /// <summary>The part that is being read; the first one is the title.</summary>
    public PartInProgress Current;

    public bool WantsPipe => Kind is BracketKind.Braces or BracketKind.Conversion;

    public bool WantsEquals => WantsPipe && _done.Count > 0 && Current.Sign is null;

    public void Open(BracketKind kind, int start, int count, bool hasDash, bool isAtLineStart)
    {
        (Kind, Start, Count, HasDash, IsAtLineStart) = (kind, start, count, hasDash, isAtLineStart);
        ClearParts(start + count);
    }

    public void BecomeConversion()
    {
        (Kind, HasDash, Count) = (BracketKind.Conversion, false, 2);
        Start--;
    }

    public void ClearParts(int at)
    {
        _done.Clear();
        Current = new(at);
    }

    public void NextPart(int at)
    {
        _done.Add(Current);
        Current = new(at);
    }

    public NodeList Title => _done.Count > 0 ? _done[0].Nodes : Current.Nodes;

    /// <summary>The parts after the title.</summary>
    public Part[] Parts()
    {
        if (_done.Count == 0)
        {
            return [];
        }

        var parts = new Part[_done.Count];
        var position = 1;
        for (var i = 1; i <= parts.Length; i++)
        {
            var part = i < _done.Count ? _done[i] : Current;
            parts[i - 1] = new(part.Nodes, part.Sign, part.Sign is null ? position++ : 0);
        }

        return parts;
    }

    /// <summary>All parts as the plain text they turned out to be, with their pipes.</summary>
    public NodeList Literal(string source)
    {
        var all = new NodeList();
        foreach (var part in _done)
        {
            all.Append(part.Nodes);
            var pipe = all.Last?.End ?? part.Start; // It follows what the part holds.
            all.AddText(source, pipe, pipe + 1);
        }

        all.Append(Current.Nodes);
        return all;
    }

    internal struct PartInProgress(int start)
    {
        public NodeList Nodes;

        public EqualsNode? Sign;

        /// <summary>Where the part begins.</summary>
        public readonly int Start => start;

        public void SplitAt(string source, int equalsAt) => Nodes.Add(Sign = new EqualsNode(source, equalsAt));
    }
}
