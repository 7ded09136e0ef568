using System.Text;

namespace Plenum.Fuzz;

/// <summary>One thing that takes octets from strangers.</summary>
/// <param name="Name">What bin/fuzz calls it.</param>
/// <param name="Run">Takes any octets. An exception is a finding, and so is a broken promise.</param>
/// <param name="Seeds">Small well-formed inputs to start from. Made when asked for: instrumented code runs under the fuzzer only.</param>
internal sealed record FuzzTarget(string Name, Action<byte[]> Run, Func<IReadOnlyList<byte[]>> Seeds)
{
    public FuzzTarget(string name, Action<byte[]> run, params string[] seeds)
        : this(name, run, () => [.. seeds.Select(Encoding.UTF8.GetBytes)])
    {
    }

    /// <exception cref="InvalidOperationException">The promise is broken.</exception>
    public static void Require(bool promise, string broken)
    {
        if (!promise)
        {
            throw new InvalidOperationException(broken);
        }
    }
}
