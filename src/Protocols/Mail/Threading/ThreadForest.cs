using System.Diagnostics.CodeAnalysis;

namespace Plenum.Protocols.Mail.Threading;

/// <summary>
/// Threads of messages by their references: the algorithm of Jamie Zawinski as RFC 5256 §3 (REFERENCES) states it, steps 1 to 4, kept up to date
/// while messages come and go one by one.
/// </summary>
/// <remarks>
/// The forest depends on the set of messages only, never on the order they were added in. Messages that name each other, directly or over others,
/// form a component; messages outside a component have no influence on it, so a caller may keep just the components in memory that a new message
/// touches (ids once seen stay known until the forest goes). A message that counts last of its component (see <see cref="ThreadOrder"/>; new mail usually does) is linked at once, any other has
/// the component linked anew when somebody asks. Not safe for use by several threads at a time.
/// </remarks>
/// <typeparam name="TKey">The caller's name of a message; unique.</typeparam>
public sealed class ThreadForest<TKey>(ThreadOrder order = ThreadOrder.SentDate)
    where TKey : notnull, IComparable<TKey>
{
    /// <summary>References beyond this are not looked at: the first and the last remain. Bounds what a hostile header can cost.</summary>
    public const int MaxReferences = 500;

    private readonly ThreadLinks _links = new();
    private readonly Dictionary<string, int> _nodeOfId = new(StringComparer.Ordinal);
    private readonly Dictionary<TKey, Entry> _entries = [];

    /// <summary>Per node, parallel to the links: the message that stands there now, and of a leader what its component holds.</summary>
    private readonly List<Entry?> _messageAt = [];
    private readonly List<Component?> _components = [];

    public int Count => _entries.Count;

    /// <summary>Adds a message; false if the key is there already.</summary>
    public bool Add(ThreadMessage<TKey> message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_entries.ContainsKey(message.Key))
        {
            return false;
        }

        var references = message.References.Count <= MaxReferences
            ? message.References
            : [message.References[0], .. message.References.Skip(message.References.Count - MaxReferences + 1)];
        var entry = new Entry(message, message.MessageId.Length > 0 ? NodeOf(message.MessageId) : NewNode(), [.. references.Where(id => id.Length > 0).Select(NodeOf)]);
        _entries.Add(message.Key, entry);
        var leader = _links.LeaderOf(entry.IdNode);
        foreach (var reference in entry.References)
        {
            leader = Join(leader, _links.LeaderOf(reference));
        }

        var component = _components[leader]!;
        if (!component.IsStale && (component.Last is null || Compare(component.Last.Message, message) < 0))
        {
            Apply(entry);
            component.Last = entry;
        }
        else
        {
            component.IsStale = true;
        }

        component.Entries.Add(entry);
        return true;
    }

    /// <summary>Takes a message out; its answers stay together. False if it is not there.</summary>
    public bool Remove(TKey key)
    {
        if (!_entries.Remove(key, out var entry))
        {
            return false;
        }

        var component = _components[_links.LeaderOf(entry.IdNode)]!;
        component.Entries.Remove(entry);
        component.IsStale = true;
        return true;
    }

    /// <summary>The message this one answers, or if that is missing, the next above it that is there. False for a first message or an unknown key.</summary>
    public bool TryGetParent(TKey key, [MaybeNullWhen(false)] out TKey parent)
    {
        parent = default;
        if (!_entries.TryGetValue(key, out var entry))
        {
            return false;
        }

        Refresh(_links.LeaderOf(entry.IdNode));
        for (var node = _links.ParentOf(entry.Node); node != ThreadLinks.None; node = _links.ParentOf(node))
        {
            if (_messageAt[node] is { } above)
            {
                parent = above.Message.Key;
                return true;
            }
        }

        return false;
    }

    /// <summary>The whole thread a message is in; null for an unknown key.</summary>
    public ThreadNode<TKey>? ThreadOf(TKey key)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            return null;
        }

        Refresh(_links.LeaderOf(entry.IdNode));
        var root = entry.Node;
        while (_links.ParentOf(root) != ThreadLinks.None)
        {
            root = _links.ParentOf(root);
        }

        return new ThreadBuilder<TKey>(Compare).Build(_links, [root], node => _messageAt[node]?.Message)[0];
    }

    /// <summary>All threads by sent date.</summary>
    /// <param name="joinSubjects">Steps 5 and 6: threads of one base subject become one.</param>
    public IReadOnlyList<ThreadNode<TKey>> ToThreads(bool joinSubjects = false)
    {
        for (var node = 0; node < _links.Count; node++)
        {
            if (_components[node] is not null)
            {
                Refresh(node);
            }
        }

        var builder = new ThreadBuilder<TKey>(Compare);
        var threads = builder.Build(
            _links, Enumerable.Range(0, _links.Count).Where(node => _links.ParentOf(node) == ThreadLinks.None), node => _messageAt[node]?.Message);
        return joinSubjects ? builder.JoinSubjects(threads) : threads;
    }

    /// <summary>Links a component anew if messages came out of order or went.</summary>
    private void Refresh(int leader)
    {
        var component = _components[leader]!;
        if (!component.IsStale)
        {
            return;
        }

        _links.ClearComponent(leader);
        foreach (var node in _links.ComponentOf(leader))
        {
            _messageAt[node] = null;
        }

        component.Entries.Sort((one, other) => Compare(one.Message, other.Message));
        foreach (var entry in component.Entries)
        {
            Apply(entry);
        }

        component.Last = component.Entries.Count > 0 ? component.Entries[^1] : null;
        component.IsStale = false;
    }

    /// <summary>Step 1 for one message.</summary>
    private void Apply(Entry entry)
    {
        entry.Node = entry.IdNode;
        if (_messageAt[entry.Node] is not null) // A second message with this id counts as one without.
        {
            if (entry.OwnNode == ThreadLinks.None)
            {
                entry.OwnNode = NewNode();
                Join(_links.LeaderOf(entry.IdNode), entry.OwnNode);
            }

            entry.Node = entry.OwnNode;
        }

        _messageAt[entry.Node] = entry;
        for (var i = 1; i < entry.References.Length; i++)
        {
            if (_links.ParentOf(entry.References[i]) == ThreadLinks.None)
            {
                _links.Link(entry.References[i - 1], entry.References[i]);
            }
        }

        // What a message says about itself overrides what others said about it.
        _links.Unlink(entry.Node);
        if (entry.References.Length > 0)
        {
            _links.Link(entry.References[^1], entry.Node);
        }
    }

    private int NodeOf(string id)
    {
        if (!_nodeOfId.TryGetValue(id, out var node))
        {
            _nodeOfId[id] = node = NewNode();
        }

        return node;
    }

    private int NewNode()
    {
        _messageAt.Add(null);
        _components.Add(new Component());
        return _links.Add();
    }

    private int Join(int one, int other)
    {
        if (one == other)
        {
            return one;
        }

        var leader = _links.Unite(one, other);
        var (stays, goes) = leader == one ? (_components[one]!, _components[other]!) : (_components[other]!, _components[one]!);
        stays.Take(goes, Compare);
        _components[leader == one ? other : one] = null;
        return leader;
    }

    private int Compare(ThreadMessage<TKey> one, ThreadMessage<TKey> other)
    {
        if (order is ThreadOrder.Key)
        {
            return KeyOrder<TKey>.Compare(one, other);
        }

        var byDate = one.Date.CompareTo(other.Date);
        var byId = byDate != 0 ? byDate : string.CompareOrdinal(one.MessageId, other.MessageId);
        return byId != 0 ? byId : KeyOrder<TKey>.Compare(one, other);
    }

    private sealed class Entry(ThreadMessage<TKey> message, int idNode, int[] references)
    {
        public ThreadMessage<TKey> Message => message;

        /// <summary>The node of its Message-ID; its own node if it has none.</summary>
        public int IdNode { get; } = idNode;

        /// <summary>Its node when another message holds that of its id; made when needed.</summary>
        public int OwnNode { get; set; } = ThreadLinks.None;

        /// <summary>Where it stands now.</summary>
        public int Node { get; set; } = idNode;

        public int[] References => references;
    }

    private sealed class Component
    {
        private List<Entry>? _entries;

        public List<Entry> Entries => _entries ??= [];

        /// <summary>The message that counts last; null if there is none or the component is stale.</summary>
        public Entry? Last { get; set; }

        /// <summary>The links are not those its messages call for.</summary>
        public bool IsStale { get; set; }

        /// <summary>Takes another's messages over. Both keep their links: they share no node.</summary>
        public void Take(Component other, Comparison<ThreadMessage<TKey>> compare)
        {
            IsStale |= other.IsStale;
            Last = Last is null ? other.Last : other.Last is null || compare(Last.Message, other.Last.Message) > 0 ? Last : other.Last;
            if (other._entries is null)
            {
                return;
            }

            if (_entries is null || _entries.Count < other._entries.Count)
            {
                (_entries, other._entries) = (other._entries, _entries);
            }

            _entries.AddRange(other._entries ?? []);
        }
    }
}
