using Plenum.Protocols.Mail.Dns;

namespace Plenum.Protocols.Mail.Dmarc;

/// <summary>A list in the file format of publicsuffix.org: a rule per line, "*." wildcards, "!" exceptions, "//" comments.</summary>
public sealed class PublicSuffixList : IPublicSuffixList
{
    private readonly HashSet<string> _rules = new(StringComparer.Ordinal);
    private readonly HashSet<string> _wildcards = new(StringComparer.Ordinal);
    private readonly HashSet<string> _exceptions = new(StringComparer.Ordinal);

    private PublicSuffixList()
    {
    }

    /// <summary>Rules that were read.</summary>
    public int Count => _rules.Count + _wildcards.Count + _exceptions.Count;

    /// <summary>Reads a list; lines that are no rule are skipped.</summary>
    /// <param name="withPrivateDomains">Also the section between "===BEGIN PRIVATE DOMAINS===" and its end (github.io and the like).</param>
    public static PublicSuffixList Load(TextReader reader, bool withPrivateDomains = true)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var list = new PublicSuffixList();
        var isPrivate = false;
        while (reader.ReadLine() is { } line)
        {
            isPrivate = line.Contains("===BEGIN PRIVATE DOMAINS===", StringComparison.Ordinal)
                || (isPrivate && !line.Contains("===END PRIVATE DOMAINS===", StringComparison.Ordinal));
            var rule = line.AsSpan().Trim();
            var blank = rule.IndexOfAny(' ', '\t');
            rule = blank < 0 ? rule : rule[..blank]; // Only up to the first blank, says the format.
            if (!rule.IsEmpty && !rule.StartsWith("//") && (withPrivateDomains || !isPrivate))
            {
                list.Add(rule.ToString());
            }
        }

        return list;
    }

    /// <inheritdoc />
    public string OrganizationalDomainOf(string domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        var suffix = SuffixStart(domain);
        if (suffix == 0)
        {
            return domain;
        }

        var dot = domain.LastIndexOf('.', suffix - 2);
        return domain[(dot + 1)..];
    }

    /// <summary>Where the public suffix starts in the domain: the longest rule wins, exceptions before all, "*" if none fits.</summary>
    private int SuffixStart(string domain)
    {
        for (var at = 0; ; at = domain.IndexOf('.', at) + 1)
        {
            var name = domain[at..];
            var dot = name.IndexOf('.');
            if (_exceptions.Contains(name))
            {
                return at + dot + 1;
            }

            if (dot < 0 || _rules.Contains(name) || _wildcards.Contains(name[(dot + 1)..]))
            {
                return at;
            }
        }
    }

    private void Add(string rule)
    {
        var (set, name) = rule switch
        {
            ['!', .. var exception] => (_exceptions, exception),
            ['*', '.', .. var parent] => (_wildcards, parent),
            _ => (_rules, rule),
        };
        if (DomainName.TryNormalize(name, out var ascii))
        {
            set.Add(ascii);
        }
    }
}
