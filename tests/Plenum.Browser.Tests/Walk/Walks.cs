using System.Collections.Concurrent;
using Plenum.Browser.Tests.House;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Browser.Tests.Walk;

/// <summary>The walks of this run, each made once.</summary>
internal static class Walks
{
    /// <summary>Who walks: a guest, a member, the operator.</summary>
    public static IReadOnlyList<string> Personas { get; } = ["guest", "emil", "ada"];

    private static readonly ConcurrentDictionary<(DatabaseProvider, string), Lazy<Task<IReadOnlyList<Step>>>> Made = new();
    private static readonly ConcurrentDictionary<DatabaseProvider, Lazy<Task>> Written = new();

    public static async Task<IReadOnlyList<Step>> OfAsync(Houses houses, DatabaseProvider provider, string persona)
    {
        var server = await houses.OnAsync(provider);
        await Written.GetOrAdd(provider, _ => new(() => WriteAsync(server))).Value;
        return await Made.GetOrAdd((provider, persona), _ => new(() => new Walker(server, persona == "guest" ? null : persona).WalkAsync(CancellationToken.None))).Value;
    }

    // A post, so that the operator finds mail in the queue.
    private static async Task WriteAsync(DemoServer server)
    {
        using var emil = new Browsing(new(server.Address));
        await emil.SignInAsync("emil", "plenum-demo");
        await emil.GoAsync("/boards/techtalk/new");
        await emil.SubmitAsync("new-thread", ("Input.Subject", "Wer kommt am Donnerstag?"), ("Input.Text", "Raum und Beamer sind bestellt."));
        using var ada = new Browsing(new(server.Address));
        await ada.SignInAsync("ada", "plenum-demo");
        await Patience.UntilAsync(
            async () =>
            {
                await ada.GoAsync("/admin/mail-queue");
                return ada.Page.Contains("/admin/mail-queue/", StringComparison.Ordinal);
            },
            CancellationToken.None);
    }
}
