using Spectre.Console;

namespace Plenum.Kernel.Cli;

/// <summary>A progress bar on a terminal, plain lines elsewhere.</summary>
public static class ProgressBar
{
    /// <summary>Shows the bar while the work runs.</summary>
    /// <param name="what">What is being done, e.g. "Importing mbox".</param>
    /// <param name="total">Units in all (bytes, items); the work reports how many are done.</param>
    public static async Task<T> ShowAsync<T>(string what, double total, Func<IProgress<double>, Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(Markup.Escape(what), maxValue: Math.Max(total, 1));
                var result = await work(new Direct(done => task.Value = done));
                task.Value = task.MaxValue;
                return result;
            });
    }

    // Progress<T> posts to the thread pool and may report after the end; this reports at once.
    private sealed class Direct(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
