namespace Plenum.Wikitext.Expansion;

/// <summary>What an expansion is for.</summary>
public enum ExpansionMode
{
    /// <summary>A page to be parsed next: tags, headings and table-of-contents places become markers, behaviour switches are taken out.</summary>
    Render,

    /// <summary>Templates only: the result is wikitext again (interface messages, action=expandtemplates). Tags stay in the text as written.</summary>
    Message,

    /// <summary>Text about to be saved: only subst: and safesubst: are expanded, all else stays as written.</summary>
    PreSave,

    /// <summary>Text a new page starts with: what inclusion shows, everything else as written.</summary>
    Preload,
}
