using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.AuditLogs;

public sealed class AuditChainTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_whole_chain_verifies(DatabaseProvider provider)
    {
        await using var kernel = await SealedAsync(provider);
        Assert.Equal(new AuditVerdict(20, null, null), await VerifyAsync(kernel));
    }

    [Theory, OnBothDatabases]
    public async Task A_changed_entry_is_named(DatabaseProvider provider)
    {
        await using var kernel = await SealedAsync(provider);
        await RunAsync(kernel, "UPDATE kernel_audit SET details = 'nothing happened' WHERE position = 7");
        Assert.Equal(new AuditVerdict(6, 7, AuditFault.Changed), await VerifyAsync(kernel));
    }

    [Theory, OnBothDatabases]
    public async Task A_removed_entry_is_named(DatabaseProvider provider)
    {
        await using var kernel = await SealedAsync(provider);
        await RunAsync(kernel, "DELETE FROM kernel_audit WHERE position = 7");
        Assert.Equal(new AuditVerdict(6, 7, AuditFault.Removed), await VerifyAsync(kernel));
    }

    [Theory, OnBothDatabases]
    public async Task An_inserted_entry_is_named_however_well_it_is_made(DatabaseProvider provider)
    {
        await using var kernel = await SealedAsync(provider);
        await RunAsync(kernel, "UPDATE kernel_audit SET position = position + 1000 WHERE position >= 7");
        await RunAsync(kernel, "UPDATE kernel_audit SET position = position - 999 WHERE position > 1000");
        await RunAsync(kernel, "INSERT INTO kernel_audit (at, action, subject, details, position, previous_hash, hash) "
            + "SELECT at, action, subject, details, 7, previous_hash, hash FROM kernel_audit WHERE position = 6");
        var verdict = await VerifyAsync(kernel);
        Assert.Equal((6, 7, false), (verdict.Sealed, verdict.BrokenAt, verdict.IsWhole));
    }

    [Theory, OnBothDatabases]
    public async Task A_chain_made_anew_as_a_whole_is_found_by_the_head(DatabaseProvider provider)
    {
        await using var kernel = await SealedAsync(provider);
        await RunAsync(kernel, "UPDATE kernel_audit SET details = 'nothing happened' WHERE position = 7");
        await RunAsync(kernel, "UPDATE kernel_audit SET position = NULL, previous_hash = NULL, hash = NULL");
        await kernel.Get<AuditSealer>().SealAsync(Cancellation);
        Assert.Equal(AuditFault.Changed, (await VerifyAsync(kernel)).Fault);
    }

    [Theory, OnBothDatabases]
    public async Task A_cut_end_is_found_by_the_head_in_the_keys_folder(DatabaseProvider provider)
    {
        await using var kernel = await SealedAsync(provider);
        await RunAsync(kernel, "DELETE FROM kernel_audit WHERE position > 15");
        Assert.Equal(new AuditVerdict(15, 16, AuditFault.Truncated), await VerifyAsync(kernel));
    }

    [Theory, OnBothDatabases]
    public async Task What_was_rolled_back_is_not_in_the_log(DatabaseProvider provider)
    {
        await using var kernel = await SealedAsync(provider);
        await using (var db = kernel.OpenDb())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
            kernel.Get<Audit>().Record(db, null, "tests.undone", "nothing");
            await db.SaveChangesAsync(Cancellation);
        }

        await kernel.Get<AuditSealer>().SealAsync(Cancellation);
        Assert.Equal(20, (await VerifyAsync(kernel)).Sealed);
        Assert.Equal(
            ["entry 20", "entry 19"],
            await kernel.InScopeAsync(async s => (await s.GetRequiredService<AuditLog>().ReadAsync(new(Action: "tests."), 2, Cancellation)).Select(e => e.Subject)));
    }

    private static async Task<TestKernel> SealedAsync(DatabaseProvider provider)
    {
        var kernel = await TestKernel.StartAsync(provider);
        await using var db = kernel.OpenDb();
        foreach (var number in Enumerable.Range(1, 20))
        {
            kernel.Get<Audit>().Record(db, null, "tests.count", $"entry {number}", details: "ü\0\ud800");
            await db.SaveChangesAsync(Cancellation);
        }

        await kernel.Get<AuditSealer>().SealAsync(Cancellation);
        return kernel;
    }

    private static Task<AuditVerdict> VerifyAsync(TestKernel kernel)
        => kernel.InScopeAsync(scope => scope.GetRequiredService<AuditChain>().VerifyAsync(null, Cancellation));

    private static async Task RunAsync(TestKernel kernel, string statement)
    {
        await using var db = kernel.OpenDb();
        await db.Database.ExecuteSqlRawAsync(statement, Cancellation);
    }
}
