using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Plenum.Kernel.Data;
using Plenum.Kernel.Jobs;

namespace Plenum.Kernel.Api;

/// <summary>Deletes kept answers whose time is over. Safe to run twice: it asks what is old.</summary>
internal sealed class ForgetAnswers(PlenumDb db, IOptions<ApiOptions> options, TimeProvider clock) : IJob
{
    public Task RunAsync(CancellationToken cancellation)
    {
        var old = clock.GetUtcNow().UtcDateTime - options.Value.KeepAnswers;
        return db.Set<KeptAnswer>().Where(a => a.CreatedAt < old).ExecuteDeleteAsync(cancellation);
    }
}
