[assembly: Xunit.v3.Parallelization(MaxThreads = 3)] // Many of these tests wait: for a process that starts, for a lock that another holds.
