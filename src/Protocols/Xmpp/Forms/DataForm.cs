using Plenum.Protocols.Xmpp.Stream;

namespace Plenum.Protocols.Xmpp.Forms;

/// <summary>One field of a form (XEP-0004 §3.2).</summary>
/// <param name="Type">As written ("text-single"); null where the form's type gives none.</param>
public sealed record FormField(string? Var, string? Type, IReadOnlyList<string> Values, string? Label = null, bool Required = false, string? Description = null)
{
    public IReadOnlyList<(string? Label, string Value)> Options { get; init; } = [];

    /// <summary>First value; null if there is none.</summary>
    public string? Value => Values is [var first, ..] ? first : null;
}

/// <summary>A data form (XEP-0004).</summary>
/// <param name="Type">"form", "submit", "cancel" or "result".</param>
public sealed record DataForm(string Type, IReadOnlyList<FormField> Fields, string? Title = null)
{
    public const string Namespace = "jabber:x:data";

    public IReadOnlyList<string> Instructions { get; init; } = [];

    /// <summary>Columns of a result of many items (XEP-0004 §3.4).</summary>
    public IReadOnlyList<FormField> Reported { get; init; } = [];

    public IReadOnlyList<IReadOnlyList<FormField>> Items { get; init; } = [];

    /// <summary>The form's FORM_TYPE (XEP-0068), or null.</summary>
    public string? FormType => this["FORM_TYPE"];

    /// <summary>First value of a field, or null.</summary>
    public string? this[string field] => Fields.FirstOrDefault(f => f.Var == field)?.Value;

    public XmlElement ToXml()
    {
        List<XmlElement> children = [];
        if (Title is not null)
        {
            children.Add(XmlElement.OfText("title", Namespace, Title));
        }

        children.AddRange(Instructions.Select(i => XmlElement.OfText("instructions", Namespace, i)));
        children.AddRange(Fields.Select(Write));
        if (Reported.Count > 0)
        {
            children.Add(new XmlElement("reported", Namespace, [.. Reported.Select(Write)]));
        }

        children.AddRange(Items.Select(item => new XmlElement("item", Namespace, [.. item.Select(Write)])));
        return new XmlElement("x", Namespace, children).With("type", Type);
    }

    /// <returns>False if the element is no form or its type is none of the four.</returns>
    public static bool TryRead(XmlElement element, out DataForm form)
    {
        form = new DataForm(element["type"] ?? "", [.. element.ChildrenOf("field").Select(Read)], element.Child("title")?.Text)
        {
            Instructions = [.. element.ChildrenOf("instructions").Select(i => i.Text)],
            Reported = [.. element.Child("reported")?.ChildrenOf("field").Select(Read) ?? []],
            Items = [.. element.ChildrenOf("item").Select(i => (IReadOnlyList<FormField>)[.. i.ChildrenOf("field").Select(Read)])],
        };
        return element.Is("x", Namespace) && form.Type is "form" or "submit" or "cancel" or "result";
    }

    private static XmlElement Write(FormField field) => new XmlElement("field", Namespace,
        [
            .. field.Description is null ? [] : new[] { XmlElement.OfText("desc", Namespace, field.Description) },
            .. field.Required ? new[] { new XmlElement("required", Namespace) } : [],
            .. field.Values.Select(v => XmlElement.OfText("value", Namespace, v)),
            .. field.Options.Select(o => new XmlElement("option", Namespace, XmlElement.OfText("value", Namespace, o.Value)).With("label", o.Label)),
        ]).With("var", field.Var).With("type", field.Type).With("label", field.Label);

    private static FormField Read(XmlElement field) => new(field["var"], field["type"], [.. field.ChildrenOf("value").Select(v => v.Text)],
        field["label"], field.Child("required") is not null, field.Child("desc")?.Text)
    {
        Options = [.. field.ChildrenOf("option").Select(o => (o["label"], o.Child("value")?.Text ?? ""))],
    };
}
