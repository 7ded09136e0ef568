namespace Plenum.Wikitext.References;

/// <summary>A reference of a group: one entry of the list, any number of marks in the text.</summary>
/// <param name="key">Number among all references of the page, from 1: part of the anchors.</param>
/// <param name="number">Number in its group, from 1: what is shown.</param>
internal sealed class Reference(int key, int number, string? name)
{
    public int Key => key;

    public int Number => number;

    public string? Name => name;

    /// <summary>Raw wikitext; null until it is known.</summary>
    public string? Content { get; set; }

    /// <summary>Half-parsed texts of parts that follow elsewhere.</summary>
    public List<string> Continuations { get; } = [];

    /// <summary>"ltr" or "rtl"; empty for the page's direction.</summary>
    public string Direction { get; set; } = "";

    /// <summary>Marks in the text.</summary>
    public int Uses { get; set; }

    /// <summary>True if a second, different text was given.</summary>
    public bool HasConflict { get; set; }

    /// <summary>Id of the entry in the list.</summary>
    public string NoteId => name is null ? $"cite_note-{key}" : $"cite_note-{name}-{key}";

    /// <summary>Id of the n-th mark, from 0.</summary>
    public string MarkId(int use) => name is null ? $"cite_ref-{key}" : $"cite_ref-{name}_{key}-{use}";
}

/// <summary>References that are numbered and listed together.</summary>
internal sealed class ReferenceGroup
{
    private readonly Dictionary<string, Reference> _byName = new(StringComparer.Ordinal);

    public List<Reference> All { get; } = [];

    public Reference? Find(string name) => _byName.GetValueOrDefault(name);

    public Reference Add(int key, string? name)
    {
        var added = new Reference(key, All.Count + 1, name);
        All.Add(added);
        if (name is not null)
        {
            _byName[name] = added;
        }

        return added;
    }
}
