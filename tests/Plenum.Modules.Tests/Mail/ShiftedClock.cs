using Microsoft.Extensions.DependencyInjection;
using Plenum.Mail.Queue;

namespace Plenum.Modules.Tests.Mail;

/// <summary>A clock that can be put forward by hours at once; timers run in real time, so nothing fires thousands of times on the way.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long _shift;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _shift));

    /// <summary>Puts it forward and has the queue look what is due now.</summary>
    public void Shift(TimeSpan by, MailHost host)
    {
        Interlocked.Add(ref _shift, by.Ticks);
        host.Services.GetRequiredService<QueueBell>().Ring();
    }
}
