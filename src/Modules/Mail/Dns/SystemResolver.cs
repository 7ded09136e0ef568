using System.Net;
using DnsClient;
using DnsClient.Protocol;
using Microsoft.Extensions.Options;
using Plenum.Protocols.Mail.Dns;

namespace Plenum.Mail.Dns;

/// <summary>The DNS through the resolvers of this machine, or those of Mail:DnsServers. Answers are kept as long as they say.</summary>
public sealed class SystemResolver : IDnsResolver
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4); // Twice: SMTP clients wait minutes, people do not.
    private readonly LookupClient _client;

    public SystemResolver(IOptions<MailOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var servers = options.Value.DnsServers.Select(IPEndPoint.Parse).Select(e => new IPEndPoint(e.Address, e.Port == 0 ? 53 : e.Port)).ToArray();
        var settings = servers.Length > 0 ? new LookupClientOptions(servers) : new LookupClientOptions();
        settings.Timeout = Patience;
        settings.Retries = 1;
        settings.UseCache = true;
        settings.MinimumCacheTimeout = TimeSpan.FromSeconds(5); // A time to live of 0 would ask once for every copy of a fan-out.
        settings.CacheFailedResults = true;
        settings.FailedResultsCacheDuration = TimeSpan.FromSeconds(30);
        settings.ThrowDnsErrors = false;
        _client = new(settings);
    }

    public async ValueTask<DnsAnswer<IPAddress>> ResolveAAsync(string name, CancellationToken cancellation = default)
        => await AskAsync<ARecord, IPAddress>(name, QueryType.A, r => r.Address, cancellation);

    public async ValueTask<DnsAnswer<IPAddress>> ResolveAaaaAsync(string name, CancellationToken cancellation = default)
        => await AskAsync<AaaaRecord, IPAddress>(name, QueryType.AAAA, r => r.Address, cancellation);

    public async ValueTask<DnsAnswer<Protocols.Mail.Dns.MxRecord>> ResolveMxAsync(string name, CancellationToken cancellation = default)
        => await AskAsync<DnsClient.Protocol.MxRecord, Protocols.Mail.Dns.MxRecord>(name, QueryType.MX, r => new(r.Preference, Plain(r.Exchange)), cancellation);

    public async ValueTask<DnsAnswer<string>> ResolveTxtAsync(string name, CancellationToken cancellation = default)
        => await AskAsync<TxtRecord, string>(name, QueryType.TXT, r => string.Concat(r.Text), cancellation);

    public async ValueTask<DnsAnswer<string>> ResolvePtrAsync(IPAddress address, CancellationToken cancellation = default)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return await AskAsync<PtrRecord, string>(plain.GetArpaName(), QueryType.PTR, r => Plain(r.PtrDomainName), cancellation);
    }

    private static string Plain(DnsString name) => name.Value is "." ? "." : name.Value.TrimEnd('.');

    private async Task<DnsAnswer<TResult>> AskAsync<TRecord, TResult>(string name, QueryType type, Func<TRecord, TResult> read, CancellationToken cancellation)
        where TRecord : DnsResourceRecord
    {
        if (!DomainName.TryNormalize(name, out var ascii, allowsBlanks: true))
        {
            return DnsAnswer.NxDomain<TResult>();
        }

        try
        {
            var answer = await _client.QueryAsync(ascii, type, cancellationToken: cancellation);
            var records = answer.Answers.OfType<TRecord>().ToList();
            return answer.Header.ResponseCode switch
            {
                DnsHeaderResponseCode.NoError when records.Count > 0 => DnsAnswer.Of<TResult>([.. records.Select(read)], TimeSpan.FromSeconds(records.Min(r => r.TimeToLive))),
                DnsHeaderResponseCode.NoError => DnsAnswer.NoData<TResult>(),
                DnsHeaderResponseCode.NotExistentDomain => DnsAnswer.NxDomain<TResult>(),
                _ => DnsAnswer.TempFail<TResult>(),
            };
        }
        catch (Exception failed) when (failed is DnsResponseException or IOException or System.Net.Sockets.SocketException or InvalidOperationException or ArgumentException)
        {
            return DnsAnswer.TempFail<TResult>(); // Timeouts and broken packets; ArgumentException: a name the library cannot write.
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return DnsAnswer.TempFail<TResult>();
        }
    }
}
