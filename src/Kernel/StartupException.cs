namespace Plenum.Kernel;

/// <summary>Plenum cannot start, and the operator can mend it. The message is printed alone, without a stack trace; the exit code is 1.</summary>
public sealed class StartupException(string message) : Exception(message);
