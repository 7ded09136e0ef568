using System.Globalization;
using Plenum.Protocols.Xmpp.Stream;

namespace Plenum.Protocols.Xmpp.Forms;

/// <summary>A page of a longer result (XEP-0059), request and answer alike.</summary>
/// <param name="Before">An empty text asks for the last page (§2.5).</param>
public sealed record ResultSet(int? Max = null, string? After = null, string? Before = null, int? Index = null,
    string? First = null, int? FirstIndex = null, string? Last = null, int? Count = null)
{
    public const string Namespace = "http://jabber.org/protocol/rsm";

    public XmlElement ToXml() => new XmlElement("set", Namespace)
        .With(Number("max", Max)).With(Word("after", After)).With(Word("before", Before)).With(Number("index", Index))
        .With(Word("first", First)?.With("index", FirstIndex?.ToString(CultureInfo.InvariantCulture))).With(Word("last", Last)).With(Number("count", Count));

    /// <returns>False if the element is another, or a number is negative or none.</returns>
    public static bool TryRead(XmlElement element, out ResultSet set)
    {
        var first = element.Child("first");
        var right = TryNumber(element.Child("max")?.Text, out var max) & TryNumber(element.Child("index")?.Text, out var index)
            & TryNumber(first?["index"], out var firstIndex) & TryNumber(element.Child("count")?.Text, out var count);
        set = new ResultSet(max, element.Child("after")?.Text, element.Child("before")?.Text, index, first?.Text, firstIndex, element.Child("last")?.Text, count);
        return right && element.Is("set", Namespace);
    }

    private static XmlElement? Word(string name, string? value) => value is null ? null : XmlElement.OfText(name, Namespace, value);

    private static XmlElement? Number(string name, int? value) => Word(name, value?.ToString(CultureInfo.InvariantCulture));

    private static bool TryNumber(string? text, out int? number)
    {
        number = null;
        if (text is null)
        {
            return true;
        }

        var right = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        number = right ? value : null;
        return right;
    }
}
