using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Modules;
using Quartz;

namespace Plenum.Kernel.Jobs;

/// <summary>A job and when it is due.</summary>
/// <param name="Name">Stable name, module first: "discussions.digests".</param>
/// <param name="Schedule">Parsed from the five fields of cron: minute, hour, day, month, weekday.</param>
public sealed record JobRegistration(string Name, Type JobType, CronExpression Schedule)
{
    /// <summary>The first time after an instant.</summary>
    public DateTime NextAfter(DateTime utc, TimeZoneInfo zone)
        => Schedule.WithTimeZone(zone).GetNextValidTimeAfter(new DateTimeOffset(utc, TimeSpan.Zero))?.UtcDateTime ?? DateTime.MaxValue.AddYears(-1);
}

public static class JobsRegistration
{
    extension(ModuleBuilder module)
    {
        public ModuleBuilder AddJobs()
        {
            module.AddModel<JobsModel>();
            module.Services.AddSingleton<JobRunner>();
            module.Services.AddHostedService(provider => provider.GetRequiredService<JobRunner>());
            module.Services.AddScoped<JobOverview>();
            return module;
        }

        /// <summary>Runs a job by a schedule. A time missed while Plenum was down is made up for once, at the start.</summary>
        /// <param name="name">Stable name, module first: "discussions.digests". The text with the key "jobs.discussions.digests" says what it does.</param>
        /// <param name="cron">Minute, hour, day, month, weekday in the house's time zone, e.g. "0 6 * * *" for six every morning.</param>
        public ModuleBuilder AddJob<TJob>(string name, string cron)
            where TJob : class, IJob
        {
            module.Services.AddScoped<TJob>();
            return module.Add(new JobRegistration(name, typeof(TJob), CronExpression.Parse(cron, CronFormat.Unix)));
        }
    }
}
