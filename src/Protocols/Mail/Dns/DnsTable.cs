using System.Net;

namespace Plenum.Protocols.Mail.Dns;

/// <summary>
/// A resolver that answers from a table in memory: tests, demonstrations, machines without a network. Names not in the table do not exist.
/// Fill it before use; reading is then safe from many threads.
/// </summary>
public sealed class DnsTable : IDnsResolver
{
    /// <summary>CNAME chains longer than this are answered as TempFail, as resolvers answer a loop.</summary>
    private const int MaxCnameSteps = 10;

    private static readonly TimeSpan TimeToLive = TimeSpan.FromHours(1);

    private readonly Dictionary<string, Entry> _names = new(StringComparer.OrdinalIgnoreCase);

    public DnsTable AddA(string name, params ReadOnlySpan<string> addresses)
    {
        foreach (var address in addresses)
        {
            this[name].A.Add(IPAddress.Parse(address));
        }

        return this;
    }

    public DnsTable AddAaaa(string name, params ReadOnlySpan<string> addresses)
    {
        foreach (var address in addresses)
        {
            this[name].Aaaa.Add(IPAddress.Parse(address));
        }

        return this;
    }

    public DnsTable AddMx(string name, int preference, string exchange)
    {
        this[name].Mx.Add(new MxRecord(preference, exchange));
        return this;
    }

    public DnsTable AddTxt(string name, string text)
    {
        this[name].Txt.Add(text);
        return this;
    }

    public DnsTable AddPtr(string address, string name)
    {
        this[IPAddress.Parse(address).ToString()].Ptr.Add(name);
        return this;
    }

    public DnsTable AddCname(string name, string target)
    {
        this[name].Cname = target;
        return this;
    }

    /// <summary>Makes types that have no record at this name answer TempFail.</summary>
    public DnsTable FailTemporarily(string name)
    {
        this[name].TimesOut = true;
        return this;
    }

    public ValueTask<DnsAnswer<IPAddress>> ResolveAAsync(string name, CancellationToken cancellation = default)
        => ValueTask.FromResult(Resolve(name, e => e.A));

    public ValueTask<DnsAnswer<IPAddress>> ResolveAaaaAsync(string name, CancellationToken cancellation = default)
        => ValueTask.FromResult(Resolve(name, e => e.Aaaa));

    public ValueTask<DnsAnswer<MxRecord>> ResolveMxAsync(string name, CancellationToken cancellation = default)
        => ValueTask.FromResult(Resolve(name, e => e.Mx));

    public ValueTask<DnsAnswer<string>> ResolveTxtAsync(string name, CancellationToken cancellation = default)
        => ValueTask.FromResult(Resolve(name, e => e.Txt));

    public ValueTask<DnsAnswer<string>> ResolvePtrAsync(IPAddress address, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        return ValueTask.FromResult(Resolve(address.ToString(), e => e.Ptr));
    }

    private Entry this[string name]
    {
        get
        {
            var key = name.TrimEnd('.');
            if (!_names.TryGetValue(key, out var entry))
            {
                _names[key] = entry = new Entry();
            }

            return entry;
        }
    }

    private DnsAnswer<T> Resolve<T>(string name, Func<Entry, List<T>> records)
    {
        for (var step = 0; step <= MaxCnameSteps; step++)
        {
            if (!_names.TryGetValue(name.TrimEnd('.'), out var entry))
            {
                return DnsAnswer.NxDomain<T>(TimeToLive);
            }

            var found = records(entry);
            if (found.Count > 0)
            {
                return DnsAnswer.Of(found, TimeToLive);
            }

            if (entry.Cname is null)
            {
                return entry.TimesOut ? DnsAnswer.TempFail<T>() : DnsAnswer.NoData<T>(TimeToLive);
            }

            name = entry.Cname;
        }

        return DnsAnswer.TempFail<T>();
    }

    private sealed class Entry
    {
        public List<IPAddress> A { get; } = [];
        public List<IPAddress> Aaaa { get; } = [];
        public List<MxRecord> Mx { get; } = [];
        public List<string> Txt { get; } = [];
        public List<string> Ptr { get; } = [];
        public string? Cname { get; set; }
        public bool TimesOut { get; set; }
    }
}
