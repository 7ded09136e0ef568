namespace Plenum.Protocols.Xmpp.Stream;

/// <summary>What ends a stream (RFC 6120 §4.9).</summary>
public sealed record StreamError(StreamErrorCondition Condition, string? Text = null)
{
    private const string Ns = "urn:ietf:params:xml:ns:xmpp-streams";

    public XmlElement ToXml() => new XmlElement("error", StreamHeader.StreamNamespace, XmlElement.OfText(ErrorNames<StreamErrorCondition>.Of(Condition), Ns, ""))
        .With(Text is null ? null : XmlElement.OfText("text", Ns, Text));

    /// <returns>False if the element is no stream error or names no condition of RFC 6120 §4.9.3.</returns>
    public static bool TryRead(XmlElement element, out StreamError error)
    {
        error = new StreamError(StreamErrorCondition.UndefinedCondition, element.Child("text", Ns)?.Text);
        foreach (var child in element.Children)
        {
            if (child.Namespace == Ns && ErrorNames<StreamErrorCondition>.TryRead(child.Name, out var condition))
            {
                error = error with { Condition = condition };
                return element.Is("error", StreamHeader.StreamNamespace);
            }
        }

        return false;
    }
}
