using System.Text;
using System.Text.RegularExpressions;
using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Dns;
using YamlDotNet.RepresentationModel;

namespace Plenum.Protocols.Tests.Mail.Arc;

internal sealed record ArcSuiteCase(string Name, DnsTable Zone, byte[] Message, string Expected);

/// <summary>Reads the ValiMail suite.</summary>
internal static class ArcSuite
{
    /// <summary>RFC 8463 §A.1: the RSA key of the example domain, which the suite uses as "dummy". Known to everybody; signs nothing real.</summary>
    public const string DummyKey =
        """
        -----BEGIN RSA PRIVATE KEY-----
        MIICXQIBAAKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQi
        Y/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqM
        KrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB
        AoGAH0cxOhFZDgzXWhDhnAJDw5s4roOXN4OhjiXa8W7Y3rhX3FJqmJSPuC8N9vQm
        6SVbaLAE4SG5mLMueHlh4KXffEpuLEiNp9Ss3O4YfLiQpbRqE7Tm5SxKjvvQoZZe
        zHorimOaChRL2it47iuWxzxSiRMv4c+j70GiWdxXnxe4UoECQQDzJB/0U58W7RZy
        6enGVj2kWF732CoWFZWzi1FicudrBFoy63QwcowpoCazKtvZGMNlPWnC7x/6o8Gc
        uSe0ga2xAkEA8C7PipPm1/1fTRQvj1o/dDmZp243044ZNyxjg+/OPN0oWCbXIGxy
        WvmZbXriOWoSALJTjExEgraHEgnXssuk7QJBALl5ICsYMu6hMxO73gnfNayNgPxd
        WFV6Z7ULnKyV7HSVYF0hgYOHjeYe9gaMtiJYoo0zGN+L3AAtNP9huqkWlzECQE1a
        licIeVlo1e+qJ6Mgqr0Q7Aa7falZ448ccbSFYEPD6oFxiOl9Y9se9iYHZKKfIcst
        o7DUw1/hz2Ck4N5JrgUCQQCyKveNvjzkkd8HjYs0SwM0fPjK16//5qDZ2UiDGnOe
        uEzxBDAr518Z8VFbR41in3W4Y3yCDgQlLlcETrS+zYcL
        -----END RSA PRIVATE KEY-----
        """;

    public static IEnumerable<ArcSuiteCase> Read(string path)
    {
        // YAML forbids blanks on the empty lines that start a literal; the suite has some, and our reader is strict.
        var text = Regex.Replace(File.ReadAllText(path), @"(?<=\|\n)( *\n)+", blanks => new string('\n', blanks.Value.Count(c => c == '\n')));

        // Some names stand twice; loaders that allow it keep the last, so the suite counts 171 cases.
        var last = Regex.Matches(text, @"^  (\w+):$", RegexOptions.Multiline).ToLookup(m => m.Value, m => m.Index).ToDictionary(g => g.Key, g => g.Max());
        text = Regex.Replace(text, @"^  (\w+):$", m => m.Index == last[m.Value] ? m.Value : $"  shadowed{m.Index}:", RegexOptions.Multiline);
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        foreach (var document in yaml.Documents.Where(d => d.RootNode is YamlMappingNode))
        {
            var scenario = (YamlMappingNode)document.RootNode;
            var zone = new DnsTable();
            foreach (var (name, record) in (YamlMappingNode)scenario["txt-records"])
            {
                zone.AddTxt(((YamlScalarNode)name).Value!, ((YamlScalarNode)record).Value!);
            }

            foreach (var (name, test) in ((YamlMappingNode)scenario["tests"]).Where(pair => !((YamlScalarNode)pair.Key).Value!.StartsWith("shadowed", StringComparison.Ordinal)))
            {
                yield return new ArcSuiteCase(((YamlScalarNode)name).Value!, zone,
                    DkimExamplesCrlf(((YamlScalarNode)test["message"]).Value!), ((YamlScalarNode)test["cv"]).Value!);
            }
        }
    }

    public static DkimPrivateKey Key()
    {
        Assert.True(DkimPrivateKey.TryFromPem(DummyKey, out var key));
        return key!;
    }

    private static byte[] DkimExamplesCrlf(string text) => Encoding.UTF8.GetBytes(text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal));
}
