namespace Plenum.Protocols.Mail.Threading;

/// <summary>
/// Parent and child links between nodes that are numbers, and which nodes hang together by being mentioned together (a component).
/// Every operation is iterative; nothing here knows messages.
/// </summary>
internal sealed class ThreadLinks
{
    public const int None = -1;

    private Node[] _nodes = new Node[64];

    public int Count { get; private set; }

    public int Add()
    {
        if (Count == _nodes.Length)
        {
            Array.Resize(ref _nodes, Count * 2);
        }

        _nodes[Count] = new Node
        {
            Parent = None,
            FirstChild = None,
            NextSibling = None,
            PreviousSibling = None,
            Leader = Count,
            Size = 1,
            NextInComponent = Count,
        };
        return Count++;
    }

    public int ParentOf(int node) => _nodes[node].Parent;

    public int FirstChildOf(int node) => _nodes[node].FirstChild;

    public int NextSiblingOf(int node) => _nodes[node].NextSibling;

    /// <summary>Makes child a child of parent, unless that would close a circle. The child must have no parent.</summary>
    public void Link(int parent, int child)
    {
        if (WouldLoop(parent, child))
        {
            return;
        }

        ref var node = ref _nodes[child];
        node.Parent = parent;
        node.PreviousSibling = None;
        node.NextSibling = _nodes[parent].FirstChild;
        if (node.NextSibling != None)
        {
            _nodes[node.NextSibling].PreviousSibling = child;
        }

        _nodes[parent].FirstChild = child;
    }

    public void Unlink(int child)
    {
        ref var node = ref _nodes[child];
        if (node.Parent == None)
        {
            return;
        }

        if (node.PreviousSibling == None)
        {
            _nodes[node.Parent].FirstChild = node.NextSibling;
        }
        else
        {
            _nodes[node.PreviousSibling].NextSibling = node.NextSibling;
        }

        if (node.NextSibling != None)
        {
            _nodes[node.NextSibling].PreviousSibling = node.PreviousSibling;
        }

        node.Parent = node.NextSibling = node.PreviousSibling = None;
    }

    /// <summary>Takes all links of a component away.</summary>
    public void ClearComponent(int leader)
    {
        foreach (var node in ComponentOf(leader))
        {
            ref var cleared = ref _nodes[node];
            cleared.Parent = cleared.FirstChild = cleared.NextSibling = cleared.PreviousSibling = None;
        }
    }

    /// <summary>The node that stands for the component.</summary>
    public int LeaderOf(int node)
    {
        while (_nodes[node].Leader != node)
        {
            node = _nodes[node].Leader = _nodes[_nodes[node].Leader].Leader;
        }

        return node;
    }

    /// <summary>Puts two components together and returns the leader that remains.</summary>
    public int Unite(int one, int other)
    {
        if (_nodes[one].Size < _nodes[other].Size)
        {
            (one, other) = (other, one);
        }

        _nodes[other].Leader = one;
        _nodes[one].Size += _nodes[other].Size;

        // Two rings become one when the successors change places.
        (_nodes[one].NextInComponent, _nodes[other].NextInComponent) = (_nodes[other].NextInComponent, _nodes[one].NextInComponent);
        return one;
    }

    public IEnumerable<int> ComponentOf(int node)
    {
        var at = node;
        do
        {
            yield return at;
            at = _nodes[at].NextInComponent;
        }
        while (at != node);
    }

    /// <summary>
    /// Is child the parent itself or above it? Looks up from the parent and down from the child by turns and stops when either side is done, so
    /// that neither long chains nor broad threads are walked in vain.
    /// </summary>
    private bool WouldLoop(int parent, int child)
    {
        if (parent == child)
        {
            return true;
        }

        var up = parent;
        var down = child;
        while (true)
        {
            up = _nodes[up].Parent;
            down = NextBelow(down, child);
            if (up == None || down == None)
            {
                return false;
            }

            if (up == child || down == parent)
            {
                return true;
            }
        }
    }

    /// <summary>The next node of a walk through everything below top; <see cref="None"/> at the end.</summary>
    private int NextBelow(int node, int top)
    {
        if (_nodes[node].FirstChild != None)
        {
            return _nodes[node].FirstChild;
        }

        while (node != top && _nodes[node].NextSibling == None)
        {
            node = _nodes[node].Parent;
        }

        return node == top ? None : _nodes[node].NextSibling;
    }

    private struct Node
    {
        public int Parent;
        public int FirstChild;
        public int NextSibling;
        public int PreviousSibling;
        public int Leader;
        public int Size;
        public int NextInComponent;
    }
}
