using System.ComponentModel.DataAnnotations;

namespace Plenum.Kernel.Limits;

/// <summary>Settings under "Limits": how many failed sign-ins every door together bears before it answers "later".</summary>
public sealed class LimitsOptions
{
    /// <summary>Failures per account in <see cref="Window"/> before strangers (networks that never signed in to it) must wait.</summary>
    [Range(3, 1_000)]
    public int FailuresPerAccount { get; init; } = 20; // NIST SP 800-63B-4 §3.2.2 allows 100 in all; people mistype 3-5 times.

    /// <summary>Failures per network (IPv4 /24, IPv6 /64) in <see cref="Window"/>.</summary>
    [Range(3, 10_000)]
    public int FailuresPerNetwork { get; init; } = 50; // A university or a mobile carrier shares a /24.

    /// <summary>Failures of the whole house in <see cref="Window"/>; beyond it only known networks may try.</summary>
    [Range(10, 1_000_000)]
    public int FailuresGlobal { get; init; } = 2_000;

    /// <summary>Over what time failures are counted.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(30);
}
