using System.Globalization;
using Plenum.Protocols.Xmpp.Stream;

namespace Plenum.Protocols.Xmpp.Negotiation;

/// <summary>Elements of stream management (XEP-0198). They are no stanzas and are not counted; h counts modulo 2^32.</summary>
public abstract record StreamManagementNonza
{
    public const string Namespace = "urn:xmpp:sm:3";

    private StreamManagementNonza()
    {
    }

    /// <summary>A client turns it on (§3).</summary>
    /// <param name="MaxSeconds">How long the client wants to be able to resume.</param>
    public sealed record Enable(bool Resumable, int? MaxSeconds) : StreamManagementNonza;

    /// <summary>The server agrees (§3).</summary>
    /// <param name="Id">What to resume with; null if it cannot be resumed.</param>
    /// <param name="MaxSeconds">How long the server keeps the session.</param>
    /// <param name="Location">Host and port preferred for resuming.</param>
    public sealed record Enabled(string? Id, bool Resumable, int? MaxSeconds, string? Location) : StreamManagementNonza;

    /// <summary>Asks how many stanzas were handled (§4).</summary>
    public sealed record Request : StreamManagementNonza;

    /// <summary>Tells it (§4).</summary>
    public sealed record Answer(uint Handled) : StreamManagementNonza;

    /// <summary>A client comes back (§5).</summary>
    public sealed record Resume(string PreviousId, uint Handled) : StreamManagementNonza;

    /// <summary>The server has the session still (§5).</summary>
    public sealed record Resumed(string PreviousId, uint Handled) : StreamManagementNonza;

    /// <summary>It cannot be turned on or resumed (§3, §5).</summary>
    /// <param name="Condition">Element name of a stanza error condition (RFC 6120 §8.3.3).</param>
    public sealed record Failed(string Condition, uint? Handled) : StreamManagementNonza;

    public XmlElement ToXml() => this switch
    {
        Enable e => new XmlElement("enable", Namespace).With("resume", e.Resumable ? "true" : null).With("max", Text(e.MaxSeconds)),
        Enabled e => new XmlElement("enabled", Namespace).With("id", e.Id).With("resume", e.Resumable ? "true" : null).With("max", Text(e.MaxSeconds)).With("location", e.Location),
        Answer a => new XmlElement("a", Namespace).With("h", Text(a.Handled)),
        Resume r => new XmlElement("resume", Namespace).With("previd", r.PreviousId).With("h", Text(r.Handled)),
        Resumed r => new XmlElement("resumed", Namespace).With("previd", r.PreviousId).With("h", Text(r.Handled)),
        Failed f => new XmlElement("failed", Namespace, XmlElement.OfText(f.Condition, "urn:ietf:params:xml:ns:xmpp-stanzas", "")).With("h", Text(f.Handled)),
        _ => new XmlElement("r", Namespace),
    };

    /// <returns>False if the element is another, or lacks its counter or the id to resume.</returns>
    public static bool TryRead(XmlElement element, out StreamManagementNonza nonza)
    {
        nonza = new Request();
        if (element.Namespace != Namespace)
        {
            return false;
        }

        var counted = uint.TryParse(element["h"], NumberStyles.None, CultureInfo.InvariantCulture, out var h);
        int? max = int.TryParse(element["max"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
        var resumable = element["resume"] is "true" or "1";
        StreamManagementNonza? read = element.Name switch
        {
            "enable" => new Enable(resumable, max),
            "enabled" => new Enabled(element["id"], resumable, max, element["location"]),
            "r" => nonza,
            "a" when counted => new Answer(h),
            "resume" when counted && element["previd"] is { } id => new Resume(id, h),
            "resumed" when counted && element["previd"] is { } id => new Resumed(id, h),
            "failed" => new Failed(element.Children is [var condition, ..] ? condition.Name : "undefined-condition", counted ? h : null),
            _ => null,
        };
        nonza = read ?? nonza;
        return read is not null;
    }

    private static string? Text(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}
