using System.Globalization;
using BenchmarkDotNet.Running;
using Plenum.Benchmarks.Kernel;

// search-load [documents] is no microbenchmark: it fills both databases first.
if (args is ["search-load", ..])
{
    return await SearchLoad.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 200_000);
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
