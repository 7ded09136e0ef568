using System.Security.Cryptography;
using System.Text;
using Plenum.Protocols.Xmpp.Forms;
using Plenum.Protocols.Xmpp.Stream;

namespace Plenum.Protocols.Xmpp.Caps;

/// <summary>One identity of an entity (XEP-0030 §3.1).</summary>
/// <param name="Language">xml:lang of the name; null if none is known.</param>
public sealed record Identity(string Category, string Type, string? Name = null, string? Language = null);

/// <summary>What an entity is and can do (XEP-0030 §3), and the hashes that stand for it in presence.</summary>
public sealed record DiscoInfo(IReadOnlyList<Identity> Identities, IReadOnlyList<string> Features, IReadOnlyList<DataForm> Forms, string? Node = null)
{
    public const string Namespace = "http://jabber.org/protocol/disco#info";

    public XmlElement ToXml() => new XmlElement("query", Namespace,
        [
            .. Identities.Select(i => new XmlElement("identity", Namespace).With("category", i.Category).With("type", i.Type).With("name", i.Name).With("xml:lang", i.Language)),
            .. Features.Select(f => new XmlElement("feature", Namespace).With("var", f)),
            .. Forms.Select(f => f.ToXml()),
        ]).With("node", Node);

    /// <param name="language">xml:lang inherited from the stanza.</param>
    /// <returns>False if the element is no query of this namespace.</returns>
    public static bool TryRead(XmlElement element, out DiscoInfo info, string? language = null)
    {
        language = element["xml:lang"] ?? language;
        info = new DiscoInfo(
            [.. element.ChildrenOf("identity").Select(i => new Identity(i["category"] ?? "", i["type"] ?? "", i["name"], i["xml:lang"] ?? language))],
            [.. element.ChildrenOf("feature").Select(f => f["var"] ?? "")],
            [.. element.ChildrenOf("x", DataForm.Namespace).Select(x => DataForm.TryRead(x, out var form) ? form : null).OfType<DataForm>()],
            element["node"]);
        return element.Is("query", Namespace);
    }

    /// <summary>The "ver" of XEP-0115 §5.1, SHA-1 in base64.</summary>
    /// <returns>False if two identities or features are equal or two forms have one type: a forged reply (§5.4).</returns>
    public bool TryVerification(out string ver)
    {
        ver = "";
        var identities = Identities.Select(i => $"{i.Category}/{i.Type}/{i.Language}/{i.Name}<").ToList();
        var forms = Forms.Where(f => f.FormType is not null).ToList();
        if (identities.Distinct().Count() < identities.Count || Features.Distinct().Count() < Features.Count
            || forms.DistinctBy(f => f.FormType).Count() < forms.Count)
        {
            return false;
        }

        var text = new StringBuilder();
        text.AppendJoin("", Sorted(identities)).AppendJoin("", Sorted(Features).Select(f => f + "<"));
        foreach (var form in forms.OrderBy(f => f.FormType, OctetOrder))
        {
            text.Append(form.FormType).Append('<');
            foreach (var field in form.Fields.Where(f => f.Var is not (null or "FORM_TYPE")).OrderBy(f => f.Var, OctetOrder))
            {
                text.Append(field.Var).Append('<').AppendJoin("", Sorted(field.Values).Select(v => v + "<"));
            }
        }

        ver = Convert.ToBase64String(Sha1(text.ToString()));
        return true;
    }

    /// <summary>The octets that XEP-0390 §4.1 hashes.</summary>
    /// <returns>False if a form has items or no FORM_TYPE.</returns>
    public bool TryHashInput(out byte[] input)
    {
        input = [];
        if (Forms.Any(f => f.FormType is null || f.Reported.Count > 0 || f.Items.Count > 0))
        {
            return false;
        }

        var features = Sorted(Features.Select(f => f + "\u001f"));
        var identities = Sorted(Identities.Select(i => $"{i.Category}\u001f{i.Type}\u001f{i.Language}\u001f{i.Name}\u001f\u001e"));
        var forms = Sorted(Forms.Select(form => string.Concat(Sorted(form.Fields.Select(
            f => $"{f.Var}\u001f{string.Concat(Sorted(f.Values.Select(v => v + "\u001f")))}\u001e"))) + "\u001d"));
        input = Encoding.UTF8.GetBytes($"{string.Concat(features)}\u001c{string.Concat(identities)}\u001c{string.Concat(forms)}\u001c");
        return true;
    }

    /// <summary>Hash of XEP-0390 with SHA-256, base64.</summary>
    public bool TrySha256(out string hash)
    {
        var right = TryHashInput(out var input);
        hash = right ? Convert.ToBase64String(SHA256.HashData(input)) : "";
        return right;
    }

    /// <summary>Node to ask for a hash (XEP-0390 §4.3), for example <c>urn:xmpp:caps#sha-256.…</c></summary>
    public static string HashNode(string algorithm, string hash) => $"urn:xmpp:caps#{algorithm}.{hash}";

    // i;octet: UTF-8 octets order as code points do, which UTF-16 units above U+D7FF do not.
    private static Comparer<string?> OctetOrder { get; } = Comparer<string?>.Create((a, b)
        => Encoding.UTF8.GetBytes(a ?? "").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b ?? "")));

    private static IEnumerable<string> Sorted(IEnumerable<string> texts) => texts.Order(OctetOrder!);

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "XEP-0115 names SHA-1; XEP-0390 replaces it.")]
    private static byte[] Sha1(string text) => SHA1.HashData(Encoding.UTF8.GetBytes(text));
}
