using BenchmarkDotNet.Attributes;
using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;
using Plenum.Testing;

namespace Plenum.Benchmarks.Kernel;

/// <summary>A tree of 16 x 25 x 28 units, 600 grants; a check walks from a local branch to the root.</summary>
[MemoryDiagnoser]
public class PermissionBenchmarks
{
    private TestKernel _kernel = null!;
    private PlenumDb _db = null!;
    private Access _access = null!;
    private Viewer _dilek = null!;
    private Viewer _gero = null!;
    private OrgUnitId _branch;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _kernel = await TestKernel.StartAsync(DatabaseProvider.SQLite);
        var party = await SmallParty.FoundAsync(_kernel, CancellationToken.None);
        _branch = await GrowAsync(party);
        _db = _kernel.OpenDb();
        _access = _kernel.Get<Access>();
        _dilek = await _kernel.Get<ViewerSource>().ForAsync(party.Dilek, CancellationToken.None);
        _gero = await _kernel.Get<ViewerSource>().ForAsync(party.Gero, CancellationToken.None);
        if (!await Allowed())
        {
            throw new InvalidOperationException("The grant does not reach.");
        }
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        await _db.DisposeAsync();
        await _kernel.DisposeAsync();
    }

    [Benchmark]
    public ValueTask<bool> Allowed() => _access.MayAsync(_dilek, KernelPermissions.EditUnits, _branch, CancellationToken.None);

    [Benchmark]
    public ValueTask<bool> Denied() => _access.MayAsync(_gero, KernelPermissions.EditUnits, _branch, CancellationToken.None);

    [Benchmark]
    public async Task<int> Subtree_of_all_units_from_memory()
    {
        var letters = 0;
        foreach (var unit in (await _access.TreeAsync(CancellationToken.None)).Root!.SelfAndDescendants())
        {
            letters += unit.Name.Length + unit.Path.Length;
        }

        return letters;
    }

    [Benchmark]
    public async Task<int> Subtree_of_all_units_from_the_database()
        => (await _db.Set<OrgUnit>().Below("", includingItself: true).OrderBy(u => u.Path).Select(u => new { u.Id, u.Name, u.Path, u.Kind }).AsNoTracking().ToListAsync()).Count;

    [Benchmark]
    public async Task<int> Subtree_of_a_state_from_the_database()
        => (await _db.Set<OrgUnit>().Below("land-3", includingItself: true).OrderBy(u => u.Path).Select(u => new { u.Id, u.Name, u.Path, u.Kind }).AsNoTracking().ToListAsync()).Count;

    private async Task<OrgUnitId> GrowAsync(SmallParty party)
    {
        await using var db = _kernel.OpenDb();
        var root = await db.Set<OrgUnit>().SingleAsync(u => u.Id == party.Federation);
        var branch = default(OrgUnitId);
        for (var land = 0; land < 16; land++)
        {
            var state = Add(db, OrgUnitKind.State, $"Land {land}", root);
            for (var kreis = 0; kreis < 25; kreis++)
            {
                var district = Add(db, OrgUnitKind.District, $"Kreis {kreis}", state);
                db.Add(new Grant(AudienceToken.Account(kreis == 7 && land == 3 ? party.Dilek : party.Emil), KernelPermissions.UnitOffice.Name, district.Id, inherits: true, SmallParty.Founded, null));
                for (var ort = 0; ort < 28; ort++)
                {
                    var local = Add(db, OrgUnitKind.LocalBranch, $"Ortsverband {ort}", district);
                    branch = land == 3 && kreis == 7 && ort == 5 ? local.Id : branch;
                }
            }

            await db.SaveChangesAsync();
        }

        return branch;
    }

    private static OrgUnit Add(PlenumDb db, OrgUnitKind kind, string name, OrgUnit parent)
    {
        var unit = new OrgUnit(kind, Slug.From(name), name, parent, SmallParty.Founded);
        db.Add(unit);
        return unit;
    }
}
