using System.Globalization;
using BenchmarkDotNet.Running;
using Plenum.Benchmarks;
using Plenum.Benchmarks.Kernel;
using Plenum.Kernel.Data;

// search-load [documents [database]] is no microbenchmark: it fills both databases first.
if (args is ["search-load", ..])
{
    return await SearchLoad.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 200_000, [.. args.Skip(2).Select(Enum.Parse<DatabaseProvider>)]);
}

// cpu ...: short runs that count processor time, for machines that do other work too.
var switcher = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly);
_ = args is ["cpu", .. var rest] ? switcher.Run(rest, CpuClock.Config) : switcher.Run(args);
return 0;
