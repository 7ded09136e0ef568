namespace Plenum.Kernel.Jobs;

/// <summary>
/// Work on a schedule. Runs in a scope of its own, on one node at a time; may run again after a crash, so it asks the database what is due
/// and does no harm when it runs twice.
/// </summary>
public interface IJob
{
    Task RunAsync(CancellationToken cancellation);
}
