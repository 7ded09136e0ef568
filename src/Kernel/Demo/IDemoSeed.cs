namespace Plenum.Kernel.Demo;

/// <summary>A module's part of the demo organisation. Runs once, on an empty database, inside a scope of its own.</summary>
public interface IDemoSeed
{
    /// <summary>Lower comes first: 0 units and accounts, 100 sign-in, 200 and up the services.</summary>
    int Order { get; }

    Task SeedAsync(CancellationToken cancellation);
}

/// <summary>Whether this house is the demo: pages say so, and no mail leaves it.</summary>
public sealed record DemoMode(bool IsOn);
