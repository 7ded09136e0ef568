using System.Globalization;
using Plenum.Protocols.Xmpp.Stream;

namespace Plenum.Protocols.Xmpp.Negotiation;

/// <summary>Who is connecting (XEP-0388 §2.3.1); the id is a UUID that stays with one installation.</summary>
public sealed record UserAgent(string? Id, string? Software, string? Device);

/// <summary>Bind2 request (XEP-0386 §3.2): a tag for the resource and what to enable at once.</summary>
public sealed record BindRequest(string? Tag, IReadOnlyList<XmlElement> Enable);

/// <summary>FAST beside a token sign-in (XEP-0484 §3.4): a replay counter, and whether to forget the token afterwards.</summary>
public sealed record FastRequest(long? Count, bool Invalidate);

/// <summary>The client's SASL2 request (XEP-0388 §2.3).</summary>
/// <param name="InitialResponse">Decoded octets; null if the client sent none.</param>
/// <param name="RequestToken">Mechanism for which a FAST token is wanted.</param>
/// <param name="Resume">XEP-0198 resumption to try before binding.</param>
public sealed record Authenticate(string Mechanism, ReadOnlyMemory<byte>? InitialResponse, string? Upgrade = null, UserAgent? UserAgent = null,
    BindRequest? Bind = null, string? RequestToken = null, FastRequest? Fast = null, StreamManagementNonza.Resume? Resume = null)
{
    private const string Ns = AuthenticationFeature.Namespace;
    private const string Bind2 = AuthenticationFeature.BindNamespace;
    private const string FastNs = AuthenticationFeature.FastNamespace;

    public XmlElement ToXml()
    {
        var agent = UserAgent is null ? null : new XmlElement("user-agent", Ns).With("id", UserAgent.Id)
            .With(UserAgent.Software is null ? null : XmlElement.OfText("software", Ns, UserAgent.Software))
            .With(UserAgent.Device is null ? null : XmlElement.OfText("device", Ns, UserAgent.Device));
        var bind = Bind is null ? null : new XmlElement("bind", Bind2,
            [.. Bind.Tag is null ? [] : new[] { XmlElement.OfText("tag", Bind2, Bind.Tag) }, .. Bind.Enable]);
        return new XmlElement("authenticate", Ns).With("mechanism", Mechanism).With("upgrade", Upgrade)
            .With(InitialResponse is { } octets ? XmlElement.OfText("initial-response", Ns, Convert.ToBase64String(octets.Span)) : null)
            .With(agent).With(bind)
            .With(RequestToken is null ? null : new XmlElement("request-token", FastNs).With("mechanism", RequestToken))
            .With(Fast is null ? null : new XmlElement("fast", FastNs).With("count", Fast.Count?.ToString(CultureInfo.InvariantCulture)).With("invalidate", Fast.Invalidate ? "true" : null))
            .With(Resume?.ToXml());
    }

    /// <returns>False if the element is another, has no mechanism, or its initial response is no base64 or its counter no number.</returns>
    public static bool TryRead(XmlElement element, out Authenticate request)
    {
        request = new Authenticate(element["mechanism"] ?? "", null, element["upgrade"]);
        if (!element.Is("authenticate", Ns) || request.Mechanism.Length == 0)
        {
            return false;
        }

        if (element.Child("initial-response") is { } initial)
        {
            if (!SaslOctets.TryRead(initial, out var octets))
            {
                return false;
            }

            request = request with { InitialResponse = octets };
        }

        var agent = element.Child("user-agent");
        var bind = element.Child("bind", Bind2);
        var fast = element.Child("fast", FastNs);
        long? count = null;
        if (fast?["count"] is { } text)
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                return false;
            }

            count = value;
        }

        request = request with
        {
            UserAgent = agent is null ? null : new UserAgent(agent["id"], agent.Child("software")?.Text, agent.Child("device")?.Text),
            Bind = bind is null ? null : new BindRequest(bind.Child("tag")?.Text, [.. bind.Children.Where(c => !c.Is("tag", Bind2))]),
            RequestToken = element.Child("request-token", FastNs)?["mechanism"],
            Fast = fast is null ? null : new FastRequest(count, fast["invalidate"] is "1" or "true"),
            Resume = element.Child("resume", StreamManagementNonza.Namespace) is { } resume
                && StreamManagementNonza.TryRead(resume, out var nonza) ? nonza as StreamManagementNonza.Resume : null,
        };
        return true;
    }
}

/// <summary>A new FAST token (XEP-0484 §3.3).</summary>
public sealed record FastToken(string Token, DateTimeOffset Expiry)
{
    public XmlElement ToXml() => new XmlElement("token", AuthenticationFeature.FastNamespace)
        .With("expiry", Expiry.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)).With("token", Token);
}

/// <summary>SASL2 success (XEP-0388 §2.6.1): a full JID once bound.</summary>
/// <param name="Inline">Answers of what was asked inline: bound, resumed, failed.</param>
public sealed record AuthenticationSuccess(string AuthorizationIdentifier, ReadOnlyMemory<byte>? Data, IReadOnlyList<XmlElement> Inline, FastToken? Token = null)
{
    private const string Ns = AuthenticationFeature.Namespace;

    public XmlElement ToXml() => new XmlElement("success", Ns)
        .With(Data is { } octets ? XmlElement.OfText("additional-data", Ns, Convert.ToBase64String(octets.Span)) : null)
        .With(XmlElement.OfText("authorization-identifier", Ns, AuthorizationIdentifier))
        .With(Token?.ToXml()) is var success ? success with { Children = [.. success.Children, .. Inline] } : success;
}
