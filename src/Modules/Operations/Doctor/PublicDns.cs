using System.Globalization;
using System.Net;
using DnsClient;
using DnsClient.Protocol;
using Microsoft.Extensions.Options;
using Plenum.Protocols.Mail.Dns;

namespace Plenum.Operations.Doctor;

/// <summary>Asks the resolvers of this machine, or the one of Operations:DnsServer. Nothing is kept: the doctor wants to see changes.</summary>
internal sealed class PublicDns : IPublicDns
{
    private const int DnsPort = 53;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly LookupClient _client;

    public PublicDns(IOptions<OperationsOptions> options)
    {
        var server = options.Value.DnsServer.Length > 0 ? IPEndPoint.Parse(options.Value.DnsServer) : null;
        var settings = server is null ? new LookupClientOptions() : new LookupClientOptions(new IPEndPoint(server.Address, server.Port == 0 ? DnsPort : server.Port));
        settings.Timeout = Patience;
        settings.Retries = 1;
        settings.UseCache = false;
        settings.ThrowDnsErrors = false;
        _client = new(settings);
    }

    public async ValueTask<DnsAnswer<IPAddress>> ResolveAAsync(string name, CancellationToken cancellation = default)
        => await AskAsync<ARecord, IPAddress>(name, QueryType.A, r => r.Address, cancellation);

    public async ValueTask<DnsAnswer<IPAddress>> ResolveAaaaAsync(string name, CancellationToken cancellation = default)
        => await AskAsync<AaaaRecord, IPAddress>(name, QueryType.AAAA, r => r.Address, cancellation);

    public async ValueTask<DnsAnswer<Plenum.Protocols.Mail.Dns.MxRecord>> ResolveMxAsync(string name, CancellationToken cancellation = default)
        => await AskAsync<DnsClient.Protocol.MxRecord, Plenum.Protocols.Mail.Dns.MxRecord>(name, QueryType.MX, r => new(r.Preference, Plain(r.Exchange)), cancellation);

    public async ValueTask<DnsAnswer<string>> ResolveTxtAsync(string name, CancellationToken cancellation = default)
        => await AskAsync<TxtRecord, string>(name, QueryType.TXT, r => string.Concat(r.Text), cancellation);

    public async ValueTask<DnsAnswer<string>> ResolvePtrAsync(IPAddress address, CancellationToken cancellation = default)
        => await AskAsync<PtrRecord, string>(address.GetArpaName(), QueryType.PTR, r => Plain(r.PtrDomainName), cancellation);

    public async ValueTask<DnsAnswer<string>> ResolveSrvAsync(string name, CancellationToken cancellation)
        => await AskAsync<SrvRecord, string>(name, QueryType.SRV, r => string.Create(CultureInfo.InvariantCulture, $"{r.Priority} {r.Weight} {r.Port} {Plain(r.Target)}"), cancellation);

    private static string Plain(DnsString name) => name.Value is "." ? "." : name.Value.TrimEnd('.');

    private async Task<DnsAnswer<TResult>> AskAsync<TRecord, TResult>(string name, QueryType type, Func<TRecord, TResult> read, CancellationToken cancellation)
        where TRecord : DnsResourceRecord
    {
        try
        {
            var answer = await _client.QueryAsync(name, type, cancellationToken: cancellation);
            return answer.Header.ResponseCode switch
            {
                DnsHeaderResponseCode.NoError => DnsAnswer.Of<TResult>([.. answer.Answers.OfType<TRecord>().Select(read)]),
                DnsHeaderResponseCode.NotExistentDomain => DnsAnswer.NxDomain<TResult>(),
                _ => DnsAnswer.TempFail<TResult>(),
            };
        }
        catch (Exception unreachable) when (unreachable is DnsResponseException or System.Net.Sockets.SocketException or InvalidOperationException or ArgumentException)
        {
            return DnsAnswer.TempFail<TResult>(); // No network, no resolver, a name nobody can ask for.
        }
    }
}
