namespace Plenum.Discussions.Domain;

public enum BodyFormat
{
    /// <summary>Lines as they are.</summary>
    Plain,

    /// <summary>Lines ending in a space go on in the next (RFC 3676).</summary>
    Flowed,
    Markdown,
    Html,
}

/// <summary>The words of a post, apart from the post: lists do not read them.</summary>
public sealed class PostBody
{
    public const int MaxTextLength = 200_000; // Characters, about 60 pages; the message can be downloaded whole.
    public const int MaxHtmlLength = 500_000;

    private PostBody()
    {
    }

    public PostBody(BodyFormat format, string text, string? html)
    {
        Format = format;
        Text = StoredText.Of(text, MaxTextLength);
        Html = html is null ? null : StoredText.Of(html, MaxHtmlLength);
        IsCut = text.Length > MaxTextLength || html?.Length > MaxHtmlLength;
    }

    public PostId PostId { get; private set; }

    public BodyFormat Format { get; private init; }

    /// <summary>The words without markup, for search, quotes and mail; Markdown as written.</summary>
    public string Text { get; private init; } = "";

    /// <summary>HTML of the sender as it came: dangerous, made safe whenever it is shown.</summary>
    public string? Html { get; private init; }

    /// <summary>It was longer.</summary>
    public bool IsCut { get; private init; }

    /// <summary>The same words for another board's post.</summary>
    public PostBody Copy() => new() { Format = Format, Text = Text, Html = Html, IsCut = IsCut };

    internal void Of(PostId post) => PostId = post;
}
