using System.Collections.Concurrent;
using Plenum.Browser.Tests.House;
using Plenum.Kernel.Data;

namespace Plenum.Browser.Tests.Walk;

/// <summary>The walks of this run, each made once.</summary>
internal static class Walks
{
    /// <summary>Who walks: a guest, a member, the operator.</summary>
    public static IReadOnlyList<string> Personas { get; } = ["guest", "emil", "ada"];

    private static readonly ConcurrentDictionary<(DatabaseProvider, string), Lazy<Task<IReadOnlyList<Step>>>> Made = new();

    public static async Task<IReadOnlyList<Step>> OfAsync(Houses houses, DatabaseProvider provider, string persona)
    {
        var server = await houses.OnAsync(provider);
        return await Made.GetOrAdd((provider, persona), _ => new(() => new Walker(server, persona == "guest" ? null : persona).WalkAsync(CancellationToken.None))).Value;
    }
}
