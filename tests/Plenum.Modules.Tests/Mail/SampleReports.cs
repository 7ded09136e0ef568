using System.Collections.Concurrent;
using Plenum.Contracts.Mail;

namespace Plenum.Modules.Tests.Mail;

/// <summary>Hears reports of mail sent by "tests".</summary>
internal sealed class SampleReports : IDeliveryReportReceiver
{
    private readonly ConcurrentQueue<DeliveryReport> _all = [];

    public string Source => SampleBoards.Name;

    public IReadOnlyList<DeliveryReport> All => [.. _all];

    public Task ReportAsync(DeliveryReport report, CancellationToken cancellation)
    {
        _all.Enqueue(report);
        return Task.CompletedTask;
    }
}
