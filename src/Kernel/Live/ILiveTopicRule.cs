using Plenum.Kernel.Permissions;

namespace Plenum.Kernel.Live;

/// <summary>Says who may listen to topics of a kind from the web. A topic no rule knows is open to nobody.</summary>
public interface ILiveTopicRule
{
    /// <summary>What stands before the colon: "board".</summary>
    string Kind { get; }

    /// <param name="key">What stands after the colon.</param>
    ValueTask<bool> MayListenAsync(Viewer viewer, string key, CancellationToken cancellation);
}

/// <summary>"account:ID": what concerns a person alone.</summary>
internal sealed class OwnAccountTopic : ILiveTopicRule
{
    public string Kind => "account";

    public static string Of(Contracts.Organisation.AccountId account) => "account:" + account.Value.ToString("N");

    public ValueTask<bool> MayListenAsync(Viewer viewer, string key, CancellationToken cancellation)
        => new(viewer.Account is { } account && account.Value.ToString("N") == key);
}
