using System.Net;
using Plenum.Protocols.Mail.Dns;
using Plenum.Protocols.Mail.Spf;
using YamlDotNet.RepresentationModel;

namespace Plenum.Protocols.Tests.Mail.Spf;

/// <summary>Reads the openspf.org suites: scenarios with a zone and tests.</summary>
internal static class SpfSuite
{
    public static IEnumerable<SpfSuiteCase> Read(string path)
    {
        // The parser takes U+FEFF inside a quoted string; the escapes in the file are octets.
        using var reader = new StreamReader(path);
        var yaml = new YamlStream();
        yaml.Load(reader);
        foreach (var document in yaml.Documents.Where(d => d.RootNode is YamlMappingNode))
        {
            var scenario = (YamlMappingNode)document.RootNode;
            var zone = Zone((YamlMappingNode)scenario["zonedata"]);
            foreach (var (name, test) in (YamlMappingNode)scenario["tests"])
            {
                yield return Case(((YamlScalarNode)name).Value!, (YamlMappingNode)test, zone);
            }
        }
    }

    private static SpfSuiteCase Case(string name, YamlMappingNode test, DnsTable zone) => new(
        name, zone,
        new SpfRequest(IPAddress.Parse(Text(test["host"])), Text(test["helo"]), Text(test["mailfrom"])),
        Texts(test["result"]),
        test.Children.TryGetValue("explanation", out var explanation) ? Text(explanation) : null);

    /// <summary>
    /// The suites' own rules: SPF entries stand for TXT records unless the name has TXT entries of its own; TXT: NONE means no TXT;
    /// TIMEOUT makes types without a record time out.
    /// </summary>
    private static DnsTable Zone(YamlMappingNode data)
    {
        var zone = new DnsTable();
        foreach (var (nameNode, entries) in data)
        {
            var name = Text(nameNode);
            var records = ((YamlSequenceNode)entries).Children;
            var hasText = records.OfType<YamlMappingNode>().Any(r => r.Children.ContainsKey("TXT"));
            foreach (var record in records)
            {
                if (record is YamlScalarNode)
                {
                    zone.FailTemporarily(name);
                    continue;
                }

                var (type, value) = ((YamlMappingNode)record).Single();
                Add(zone, name, Text(type), value, hasText);
            }
        }

        return zone;
    }

    private static void Add(DnsTable zone, string name, string type, YamlNode value, bool hasText)
    {
        if (value is YamlScalarNode { Value: "TIMEOUT" })
        {
            if (type != "SPF" || !hasText)
            {
                zone.FailTemporarily(name);
            }

            return;
        }

        switch (type)
        {
            case "A": zone.AddA(name, Text(value)); break;
            case "AAAA": zone.AddAaaa(name, Text(value)); break;
            case "MX": zone.AddMx(name, int.Parse(Texts(value)[0]), Texts(value)[1]); break;
            case "CNAME": zone.AddCname(name, Text(value)); break;
            case "PTR": zone.AddPtr(ReverseAddress(name), Text(value)); break;
            case "TXT" when value is YamlScalarNode { Value: "NONE" }: break;
            case "TXT": zone.AddTxt(name, string.Concat(Texts(value))); break;
            case "SPF" when !hasText: zone.AddTxt(name, string.Concat(Texts(value))); break;
        }
    }

    private static string ReverseAddress(string name)
    {
        var labels = name.Split('.').Reverse().Skip(2).ToArray();
        return labels.Length == 4 ? string.Join('.', labels)
            : string.Join(':', labels.Chunk(4).Select(nibbles => string.Concat(nibbles)));
    }

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static string[] Texts(YamlNode node) => node is YamlSequenceNode list ? [.. list.Select(Text)] : [Text(node)];
}

internal sealed record SpfSuiteCase(string Name, DnsTable Zone, SpfRequest Request, string[] Results, string? Explanation)
{
    /// <summary>Null if the case passes, else what came out.</summary>
    public async Task<string?> FailureAsync(CancellationToken cancellation)
    {
        var verdict = await new SpfChecker(Zone).CheckAsync(Request, cancellation);
        var result = verdict.Result.ToString().ToLowerInvariant();
        if (!Results.Contains(result))
        {
            return $"{Name}: {result} instead of {string.Join('/', Results)} ({verdict.Problem})";
        }

        return Explanation is null || (verdict.Explanation ?? "DEFAULT") == Explanation
            ? null
            : $"{Name}: explanation '{verdict.Explanation}' instead of '{Explanation}'";
    }
}
