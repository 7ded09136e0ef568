using Xunit.Sdk;

[assembly: Xunit.v3.Parallelization(Mode = ParallelMode.All, MaxThreads = 3)] // They wait for programs of others.
