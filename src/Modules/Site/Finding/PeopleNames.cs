using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Snapshots;

namespace Plenum.Site.Finding;

public sealed record FoundPerson(string Name, string Login);

/// <summary>
/// Finds people by name in memory: 20,000 take about 6 MB. Names are known to everyone signed in, as they stand beside posts; guests find nobody.
/// </summary>
public sealed class PeopleNames(IServiceScopeFactory scopes, StampWatch watch) : IDisposable
{
    private readonly Snapshot<Known[]> _names = new(scopes, watch, Stamp.Accounts, LoadAsync);

    /// <summary>People whose name or sign-in name has, for every word, a word that begins so; best first.</summary>
    public async Task<IReadOnlyList<FoundPerson>> FindAsync(Viewer viewer, string typed, int count, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var words = FoldedName.WordsOf(typed);
        if (!viewer.IsSignedIn || words.Count == 0)
        {
            return [];
        }

        return
        [
            .. (await _names.GetAsync(cancellation)).Where(p => words.All(w => Fitness(p, w) > 0))
                .OrderByDescending(p => Fitness(p, words[0])).ThenBy(p => p.Name.Dropped, StringComparer.Ordinal).ThenBy(p => p.Person.Login, StringComparer.Ordinal)
                .Take(count).Select(p => p.Person),
        ];
    }

    public void Dispose() => _names.Dispose();

    private static int Fitness(Known person, FoldedName word) => Math.Max(person.Name.Fitness(word), person.Login.Fitness(word));

    private static async Task<Known[]> LoadAsync(PlenumDb db, CancellationToken cancellation)
        => [.. (await db.Set<Account>().Where(a => a.Kind == AccountKind.Person && a.State == AccountState.Active)
            .Select(a => new FoundPerson(a.DisplayName, a.Login)).ToListAsync(cancellation))
            .Select(p => new Known(p, FoldedName.Of(p.Name), FoldedName.Of(p.Login)))];

    private sealed record Known(FoundPerson Person, FoldedName Name, FoldedName Login);
}
