using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plenum.Kernel.Data;
using Plenum.SignOn.Domain;

namespace Plenum.SignOn.SigningIn;

/// <summary>
/// Does what must not slow an answer down: the time it takes would tell whether a name or an address exists. A crash loses what waits,
/// at most a line of a log and a mail that is asked for again.
/// </summary>
public sealed partial class AfterAnswer(IServiceScopeFactory scopes, ILogger<AfterAnswer> log) : BackgroundService
{
    private const int MaxWaiting = 10_000; // Under a flood the rest is dropped: the limiter has counted it already.

    private readonly Channel<Func<IServiceProvider, CancellationToken, Task>> _waiting
        = Channel.CreateBounded<Func<IServiceProvider, CancellationToken, Task>>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <param name="work">Runs soon, in a scope of its own.</param>
    public void Post(Func<IServiceProvider, CancellationToken, Task> work) => _waiting.Writer.TryWrite(work);

    /// <summary>Writes a line of the log that a person sees.</summary>
    internal void Add(SignInRecord record) => Post((scope, cancellation) =>
    {
        var db = scope.GetRequiredService<PlenumDb>();
        db.Add(record);
        return db.SaveChangesAsync(cancellation);
    });

    /// <summary>Does everything that waits now.</summary>
    public async Task DoAllAsync(CancellationToken cancellation)
    {
        while (_waiting.Reader.TryRead(out var work))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await work(scope.ServiceProvider, cancellation);
            }
            catch (Exception failed) when (!cancellation.IsCancellationRequested)
            {
                LogFailed(failed);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await DoAllAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            await DoAllAsync(stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was left to do after a sign-in attempt failed")]
    private partial void LogFailed(Exception failed);
}
