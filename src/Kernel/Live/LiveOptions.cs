using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Plenum.Kernel.Live;

/// <summary>Settings under "Live": how the nodes of one house find each other.</summary>
public sealed class LiveOptions : IValidatableObject
{
    /// <summary>False: one node. True: several nodes on one PostgreSQL, which holds the list of them.</summary>
    public bool Clustered { get; init; }

    /// <summary>
    /// IP address under which the other nodes reach this one. The port is for nodes alone: whoever reaches it can speak as one, so it
    /// belongs on a private network.
    /// </summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Port for the other nodes; Ports:Base is added. Unused with one node.</summary>
    [Range(1, 65_535)]
    public int Port { get; init; } = 11_111; // What Orleans uses itself.

    /// <summary>Answers that a node may owe before the others ask whether it is dead.</summary>
    [Range(2, 20)]
    public int MissedProbes { get; init; } = 3;

    /// <summary>How often the nodes look after each other.</summary>
    public TimeSpan ProbeEvery { get; init; } = TimeSpan.FromSeconds(2); // A dead node is noticed after some six seconds; shorter evicts busy ones.

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IPAddress.TryParse(Address, out var address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            yield return new($"\"{Address}\" is not an IP address others can reach.", [nameof(Address)]);
        }

        if (ProbeEvery < TimeSpan.FromMilliseconds(200) || ProbeEvery > TimeSpan.FromMinutes(1))
        {
            yield return new("must lie between 0.2 seconds and a minute.", [nameof(ProbeEvery)]);
        }
    }
}
