using Xunit.Sdk;

[assembly: Xunit.v3.Parallelization(Mode = ParallelMode.All, MaxThreads = 3)] // Many of these tests wait: for a process that starts, for a lock that another holds.
