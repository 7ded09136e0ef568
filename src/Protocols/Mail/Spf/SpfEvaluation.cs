using System.Net;
using System.Net.Sockets;
using Plenum.Protocols.Mail.Dns;

namespace Plenum.Protocols.Mail.Spf;

/// <summary>One run of check_host() with its counters (RFC 7208 §4).</summary>
internal sealed class SpfEvaluation(IDnsResolver resolver, SpfLimits limits, CancellationToken cancellation)
{
    private int _terms;
    private int _voids;
    private SpfOutcome? _stop; // A limit or a silent name server ends the whole check: everything below returns empty-handed at once.
    private IReadOnlyList<string>? _clientNames;

    /// <summary>Evaluates the record of <c>values.Domain</c>; explanations are fetched only for the outermost domain.</summary>
    public async ValueTask<SpfOutcome> RunAsync(SpfMacroValues values, bool isIncluded = false)
    {
        var answer = await resolver.ResolveTxtAsync(values.Domain, cancellation);
        if (answer.Status is DnsStatus.TempFail)
        {
            return SpfOutcome.TempError($"No DNS answer about {values.Domain}.");
        }

        var texts = answer.Records.Where(SpfRecord.HasVersion).Take(2).ToArray(); // RFC 7208 §4.5
        if (texts.Length != 1)
        {
            return texts.Length == 0 ? SpfOutcome.None : SpfOutcome.PermError($"{values.Domain} has several SPF records.");
        }

        if (!SpfRecord.TryParse(texts[0], out var record, out var problem))
        {
            return SpfOutcome.PermError($"{values.Domain}: {problem}");
        }

        return await EvaluateAsync(record, values, isIncluded);
    }

    private async ValueTask<SpfOutcome> EvaluateAsync(SpfRecord record, SpfMacroValues values, bool isIncluded)
    {
        foreach (var directive in record.Directives)
        {
            var isMatch = (!directive.AsksDns || CountsTerm()) && await MatchesAsync(directive, values);
            if (_stop is not null)
            {
                return _stop;
            }

            if (isMatch)
            {
                var result = ResultOf(directive.Qualifier);
                var explanation = result is SpfResult.Fail && !isIncluded ? await ExplainAsync(record.Explanation, values) : null;
                return new SpfOutcome(result) { Mechanism = directive.Text, Explanation = explanation };
            }
        }

        if (record.Redirect is null) // RFC 7208 §4.7; a record with "all" never comes here.
        {
            return SpfOutcome.Neutral;
        }

        if (!CountsTerm())
        {
            return _stop!;
        }

        var domain = await TargetAsync(record.Redirect, values);
        var outcome = domain is null ? SpfOutcome.None : await RunAsync(values with { Domain = domain }, isIncluded);
        return outcome.Result is SpfResult.None ? SpfOutcome.PermError($"redirect={record.Redirect.Text} leads to no record.") : outcome; // RFC 7208 §6.1
    }

    private async ValueTask<bool> MatchesAsync(SpfDirective directive, SpfMacroValues values) => directive.Mechanism switch
    {
        SpfMechanism.All => true,
        SpfMechanism.Ip4 or SpfMechanism.Ip6 => IsWithin(values.Client, directive.Network!, directive),
        SpfMechanism.Include => await IncludesAsync(directive, values),
        SpfMechanism.A => await TargetAsync(directive.Domain, values) is { } host && await HasAddressAsync(host, directive, values.Client),
        SpfMechanism.Mx => await TargetAsync(directive.Domain, values) is { } domain && await HasExchangerAsync(domain, directive, values.Client),
        SpfMechanism.Ptr => await TargetAsync(directive.Domain, values) is { } parent
            && (await ClientNamesAsync(values.Client)).Any(name => DomainName.IsEqualOrBelow(name, parent)),
        _ => await TargetAsync(directive.Domain, values) is { } name && Counted(await resolver.ResolveAAsync(name, cancellation), name).IsFound,
    };

    /// <summary>RFC 7208 §5.2</summary>
    private async ValueTask<bool> IncludesAsync(SpfDirective directive, SpfMacroValues values)
    {
        var domain = await TargetAsync(directive.Domain, values);
        var outcome = domain is null ? SpfOutcome.None : await RunAsync(values with { Domain = domain }, isIncluded: true);
        _stop ??= outcome.Result switch
        {
            SpfResult.None => SpfOutcome.PermError($"{directive.Text} leads to no record."),
            SpfResult.TempError or SpfResult.PermError => outcome,
            _ => null,
        };
        return outcome.Result is SpfResult.Pass;
    }

    /// <summary>RFC 7208 §5.3</summary>
    private async ValueTask<bool> HasAddressAsync(string host, SpfDirective directive, IPAddress client)
        => (await AddressesAsync(host, client)).Any(address => IsWithin(client, address, directive));

    /// <summary>RFC 7208 §5.4</summary>
    private async ValueTask<bool> HasExchangerAsync(string domain, SpfDirective directive, IPAddress client)
    {
        var exchangers = Counted(await resolver.ResolveMxAsync(domain, cancellation), domain).Records;
        if (exchangers.Count > limits.MaxMxHosts)
        {
            _stop ??= SpfOutcome.PermError($"{domain} has more than {limits.MaxMxHosts} MX records.");
            return false;
        }

        foreach (var exchanger in exchangers)
        {
            var isMatch = !exchanger.IsNull && await HasAddressAsync(exchanger.Exchange, directive, client);
            if (isMatch || _stop is not null)
            {
                return isMatch;
            }
        }

        return false;
    }

    private async ValueTask<IReadOnlyList<IPAddress>> AddressesAsync(string host, IPAddress client)
        => Counted(await AskAddressesAsync(host, client), host).Records;

    private ValueTask<DnsAnswer<IPAddress>> AskAddressesAsync(string host, IPAddress client)
        => client.AddressFamily is AddressFamily.InterNetwork
            ? resolver.ResolveAAsync(host, cancellation)
            : resolver.ResolveAaaaAsync(host, cancellation);

    /// <summary>Names that point to the client and to which it points back (RFC 7208 §5.5); asked once per check.</summary>
    private async ValueTask<IReadOnlyList<string>> ClientNamesAsync(IPAddress client)
    {
        if (_clientNames is not null)
        {
            return _clientNames;
        }

        var validated = new List<string>();
        var answer = await resolver.ResolvePtrAsync(client, cancellation);
        foreach (var name in answer.Records.Take(limits.MaxPtrNames))
        {
            // Errors skip the name: RFC 7208 §5.5.
            if (DomainName.TryNormalize(name, out var host)
                && (await AskAddressesAsync(host, client)).Records.Contains(client))
            {
                validated.Add(host);
            }
        }

        return _clientNames = validated;
    }

    /// <summary>The domain a term aims at; null if the macros make no DNS name, which is as if it did not exist (RFC 7208 §4.3, §7.1).</summary>
    private async ValueTask<string?> TargetAsync(SpfMacroString? spec, SpfMacroValues values)
    {
        if (spec is null)
        {
            return values.Domain;
        }

        var name = (await ExpandAsync(spec, values)).TrimEnd('.');
        while (name.Length > DomainName.MaxLength && name.IndexOf('.') is var dot and >= 0)
        {
            name = name[(dot + 1)..]; // RFC 7208 §7.3: cut labels from the left.
        }

        return DomainName.TryNormalize(name, out var ascii, allowsBlanks: true) ? ascii : null;
    }

    private async ValueTask<string> ExpandAsync(SpfMacroString text, SpfMacroValues values)
    {
        if (!text.NeedsValidatedName)
        {
            return text.Expand(values);
        }

        // RFC 7208 §7.3: the domain itself, else a name below it, else any.
        var names = await ClientNamesAsync(values.Client);
        var name = names.FirstOrDefault(n => n == values.Domain)
            ?? names.FirstOrDefault(n => DomainName.IsEqualOrBelow(n, values.Domain))
            ?? (names.Count > 0 ? names[0] : "unknown");
        return text.Expand(values with { ValidatedName = name });
    }

    /// <summary>RFC 7208 §6.2: any trouble means no explanation, never another result.</summary>
    private async ValueTask<string?> ExplainAsync(SpfMacroString? spec, SpfMacroValues values)
    {
        if (spec is null || await TargetAsync(spec, values) is not { } domain)
        {
            return null;
        }

        var answer = await resolver.ResolveTxtAsync(domain, cancellation);
        if (answer.Records.Count != 1 || !SpfMacroString.TryParse(answer.Records[0], isExplanation: true, out var text))
        {
            return null;
        }

        var explanation = await ExpandAsync(text, values);
        return explanation.Length <= limits.MaxExplanationLength && explanation.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? explanation : null;
    }

    private bool CountsTerm()
    {
        if (++_terms > limits.MaxLookupTerms)
        {
            _stop ??= SpfOutcome.PermError($"More than {limits.MaxLookupTerms} terms ask the DNS.");
        }

        return _stop is null;
    }

    private DnsAnswer<T> Counted<T>(DnsAnswer<T> answer, string name)
    {
        if (answer.Status is DnsStatus.TempFail)
        {
            _stop ??= SpfOutcome.TempError($"No DNS answer about {name}.");
        }

        if (answer.IsVoid && ++_voids > limits.MaxVoidLookups)
        {
            _stop ??= SpfOutcome.PermError($"More than {limits.MaxVoidLookups} DNS answers were empty.");
        }

        return answer;
    }

    private static bool IsWithin(IPAddress client, IPAddress network, SpfDirective directive)
    {
        if (client.AddressFamily != network.AddressFamily)
        {
            return false;
        }

        Span<byte> one = stackalloc byte[16], other = stackalloc byte[16];
        client.TryWriteBytes(one, out _);
        network.TryWriteBytes(other, out _);
        var bits = client.AddressFamily is AddressFamily.InterNetwork ? directive.PrefixLength4 : directive.PrefixLength6;
        var octets = bits / 8;
        return one[..octets].SequenceEqual(other[..octets])
            && (bits % 8 == 0 || (one[octets] ^ other[octets]) >> (8 - (bits % 8)) == 0);
    }

    private static SpfResult ResultOf(SpfQualifier qualifier) => qualifier switch
    {
        SpfQualifier.Fail => SpfResult.Fail,
        SpfQualifier.SoftFail => SpfResult.SoftFail,
        SpfQualifier.Neutral => SpfResult.Neutral,
        _ => SpfResult.Pass,
    };
}
