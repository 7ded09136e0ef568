using Plenum;

return await CommandLine.RunAsync(args);
