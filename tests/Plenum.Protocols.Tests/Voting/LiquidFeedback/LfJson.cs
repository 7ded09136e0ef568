using System.Text.Json;
using Plenum.Voting.Delegation;

namespace Plenum.Protocols.Tests.Voting.LiquidFeedback;

/// <summary>Writes results as the vectors write them, so that both sides can be compared as text.</summary>
internal static class LfJson
{
    public static string Direct(DelegationWeights<int> weights)
        => JsonSerializer.Serialize(weights.Direct.OrderBy(pair => pair.Key).Select(pair => new[] { pair.Key, pair.Value }));

    public static string Delegating(DelegationWeights<int> weights)
        => JsonSerializer.Serialize(weights.Delegating.OrderBy(pair => pair.Key)
            .Select(pair => new object[] { pair.Key, pair.Value.Weight, Scope(pair.Value.Scope)!, weights.ChainOf(pair.Key) }));

    public static string? Scope(DelegationScope? scope) => scope switch
    {
        DelegationScope.Unit => "unit",
        DelegationScope.Area => "area",
        DelegationScope.Issue => "issue",
        _ => null,
    };

    public static IEnumerable<string> Differences(IEnumerable<(string Name, string Expected, string Actual)> pairs)
        => pairs.Where(pair => Plain(pair.Expected) != Plain(pair.Actual)).Select(pair => $"{pair.Name}: expected {pair.Expected}, was {pair.Actual}");

    private static string Plain(string json) => json.Replace(" ", "", StringComparison.Ordinal);
}
