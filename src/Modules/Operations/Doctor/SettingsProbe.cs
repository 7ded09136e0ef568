using Plenum.Kernel;
using Plenum.Kernel.Health;
using Plenum.Kernel.Modules;

namespace Plenum.Operations.Doctor;

/// <summary>Would a server start with these settings?</summary>
internal sealed class SettingsProbe(SettingsCheck check) : IHealthProbe
{
    public HealthDepth Depth => HealthDepth.Doctor;

    public bool NeedsDatabase => false;

    public Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellation)
    {
        try
        {
            check.Demand();
            return Task.FromResult<IReadOnlyList<Finding>>([new("settings", HealthState.Good, "health.settings.right")]);
        }
        catch (StartupException wrong)
        {
            return Task.FromResult<IReadOnlyList<Finding>>([new("settings", HealthState.Bad, "health.settings.wrong", wrong.Message)]);
        }
    }
}
