namespace Plenum.Kernel.Addresses;

/// <summary>A module that answers mail for some addresses: mailboxes, lists and boards, desk queues, the press office.</summary>
public interface IAddressClaimant
{
    /// <summary>Tried in ascending order; the first claim wins, so fixed addresses come before patterns.</summary>
    int Order { get; }

    /// <summary>Asked at RCPT time, so it answers from indexes or memory.</summary>
    /// <param name="address">Local part as written; domain in lower case and one of our own.</param>
    /// <returns>The claim, or null if the address is not this module's.</returns>
    ValueTask<AddressClaim?> ClaimAsync(MailAddress address, CancellationToken cancellation);
}

/// <summary>The answer "this address is mine".</summary>
/// <param name="Module">Name of the claiming module; mail is handed to its receiver.</param>
/// <param name="Key">What the module needs to find the target again, e.g. a board's id.</param>
/// <param name="Canonical">The address as it should be shown.</param>
public sealed record AddressClaim(string Module, string Key, MailAddress Canonical);
