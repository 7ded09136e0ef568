using Plenum.Protocols.Xmpp.Stream;

namespace Plenum.Protocols.Xmpp.Stanzas;

/// <summary>Conditions of a refused stanza (RFC 6120 §8.3.3).</summary>
public enum StanzaErrorCondition
{
    UndefinedCondition,
    BadRequest,
    Conflict,
    FeatureNotImplemented,
    Forbidden,
    Gone,
    InternalServerError,
    ItemNotFound,
    JidMalformed,
    NotAcceptable,
    NotAllowed,
    NotAuthorized,
    PolicyViolation,
    RecipientUnavailable,
    Redirect,
    RegistrationRequired,
    RemoteServerNotFound,
    RemoteServerTimeout,
    ResourceConstraint,
    ServiceUnavailable,
    SubscriptionRequired,
    UnexpectedRequest,
}

/// <summary>What the sender may do about it (RFC 6120 §8.3.2).</summary>
public enum StanzaErrorType
{
    Cancel,
    Auth,
    Continue,
    Modify,
    Wait,
}

/// <summary>Why a stanza was refused.</summary>
public sealed record StanzaError(StanzaErrorCondition Condition, StanzaErrorType Type, string? Text = null, string? By = null)
{
    private const string Ns = "urn:ietf:params:xml:ns:xmpp-stanzas";

    /// <summary>An error of the condition's usual type.</summary>
    public StanzaError(StanzaErrorCondition condition, string? text = null)
        : this(condition, UsualType(condition), text)
    {
    }

    /// <summary>The type that RFC 6120 §8.3.3 gives to each condition.</summary>
    public static StanzaErrorType UsualType(StanzaErrorCondition condition) => condition switch
    {
        StanzaErrorCondition.Forbidden or StanzaErrorCondition.NotAuthorized or StanzaErrorCondition.RegistrationRequired
            or StanzaErrorCondition.SubscriptionRequired => StanzaErrorType.Auth,
        StanzaErrorCondition.BadRequest or StanzaErrorCondition.JidMalformed or StanzaErrorCondition.NotAcceptable
            or StanzaErrorCondition.PolicyViolation or StanzaErrorCondition.Redirect => StanzaErrorType.Modify,
        StanzaErrorCondition.RecipientUnavailable or StanzaErrorCondition.RemoteServerTimeout or StanzaErrorCondition.ResourceConstraint
            or StanzaErrorCondition.UnexpectedRequest => StanzaErrorType.Wait,
        _ => StanzaErrorType.Cancel,
    };

    /// <param name="contentNamespace">Namespace of the stanza the error goes into.</param>
    public XmlElement ToXml(string contentNamespace = StreamHeader.Client)
        => new XmlElement("error", contentNamespace, XmlElement.OfText(ErrorNames<StanzaErrorCondition>.Of(Condition), Ns, ""))
            .With("type", ErrorNames<StanzaErrorType>.Of(Type)).With("by", By).With(Text is null ? null : XmlElement.OfText("text", Ns, Text));

    /// <returns>False if the element is no error, has no type, or names no condition of RFC 6120 §8.3.3.</returns>
    public static bool TryRead(XmlElement element, out StanzaError error)
    {
        error = new StanzaError(StanzaErrorCondition.UndefinedCondition);
        if (element.Name != "error" || !ErrorNames<StanzaErrorType>.TryRead(element["type"] ?? "", out var type))
        {
            return false;
        }

        foreach (var child in element.Children)
        {
            if (child.Namespace == Ns && ErrorNames<StanzaErrorCondition>.TryRead(child.Name, out var condition))
            {
                error = new StanzaError(condition, type, element.Child("text", Ns)?.Text, element["by"]);
                return true;
            }
        }

        return false;
    }
}
