using System.Globalization;
using Plenum.Wikitext.Expansion.Tree;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Expansion;

/// <summary>Where text is being expanded: the page itself, or a template with its arguments.</summary>
internal sealed class ExpansionFrame(ExpansionFrame? parent, PageTitle page)
{
    private Dictionary<string, FrameArgument>? _arguments;

    public ExpansionFrame? Parent => parent;

    /// <summary>The page whose text it is.</summary>
    public PageTitle Page => page;

    /// <summary>Templates around this place; 0 in the page itself.</summary>
    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    public bool IsTemplate => parent is not null;

    /// <summary>True if a template is being expanded here or around here.</summary>
    public bool IsInside(PageTitle template)
    {
        for (var frame = this; frame.Parent is not null; frame = frame.Parent)
        {
            if (frame.Page.Equals(template))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes an argument; the last one of a name counts. False if the name was there already.</summary>
    public bool Add(string name, NodeChain value, bool isNamed)
    {
        _arguments ??= new(StringComparer.Ordinal);
        var isNew = !_arguments.ContainsKey(name);
        _arguments[name] = new(value, isNamed);
        return isNew;
    }

    public bool Add(int position, NodeChain value) => Add(position.ToString(CultureInfo.InvariantCulture), value, isNamed: false);

    public FrameArgument? Find(ReadOnlySpan<char> name)
        => _arguments is not null && _arguments.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var argument) ? argument : null;
}

/// <summary>An argument, expanded in the caller's frame when it is first asked for.</summary>
/// <param name="value">As the caller wrote it.</param>
/// <param name="isNamed">True if white space at its ends does not count.</param>
internal sealed class FrameArgument(NodeChain value, bool isNamed)
{
    public NodeChain Value => value;

    public bool IsNamed => isNamed;

    public string? Expanded { get; set; }
}
