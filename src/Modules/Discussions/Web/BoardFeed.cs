using System.Globalization;
using System.Text;
using System.Xml;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Reading;

namespace Plenum.Discussions.Web;

/// <summary>The newest posts of a board as Atom (RFC 4287).</summary>
internal sealed class BoardFeed(Board board, string site)
{
    public const int MaxEntries = 30;
    private const string Atom = "http://www.w3.org/2005/Atom";

    public byte[] Write(IReadOnlyList<PostRow> posts, IReadOnlyDictionary<PostId, ShownPost> shown)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new() { Encoding = new UTF8Encoding(false), CheckCharacters = true }))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteElementString("id", Atom, $"{site}{board.Path}");
            xml.WriteElementString("title", Atom, Xml(board.Title));
            xml.WriteElementString("updated", Atom, Time(posts.Count > 0 ? posts[0].PostedAt : board.CreatedAt));
            Link(xml, "self", $"{site}{board.Path}/feed.atom");
            Link(xml, "alternate", $"{site}{board.Path}");
            foreach (var post in posts)
            {
                Write(xml, post, shown.GetValueOrDefault(post.Id));
            }

            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    private void Write(XmlWriter xml, PostRow post, ShownPost? shown)
    {
        xml.WriteStartElement("entry", Atom);
        xml.WriteElementString("id", Atom, $"urn:uuid:{post.Id}");
        xml.WriteElementString("title", Atom, Xml(post.Subject));
        xml.WriteElementString("published", Atom, Time(post.PostedAt));
        xml.WriteElementString("updated", Atom, Time(post.PostedAt)); // Posts never change.
        Link(xml, "alternate", $"{site}{board.Path}/posts/{post.Hash}");
        xml.WriteStartElement("author", Atom);
        xml.WriteElementString("name", Atom, Xml(post.AuthorName));
        xml.WriteEndElement();
        if (shown is not null)
        {
            xml.WriteStartElement("content", Atom);
            xml.WriteAttributeString("type", "html");
            xml.WriteString(Xml(shown.Html.Value.Replace("=\"/boards/", $"=\"{site}/boards/", StringComparison.Ordinal)));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string relation, string address)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    private static string Time(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // Letters that mails may hold and XML 1.0 may not (§2.2).
    private static string Xml(string text)
    {
        foreach (var letter in text)
        {
            if (!XmlConvert.IsXmlChar(letter) && !char.IsSurrogate(letter))
            {
                return string.Concat(text.Where(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)));
            }
        }

        return text;
    }
}
