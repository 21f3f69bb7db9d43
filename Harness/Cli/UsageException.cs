namespace Conformance.Cli;

/// <summary>What the user asked for cannot be done. The message is one line: what, where, and the mend.</summary>
internal sealed class UsageException(string message) : Exception(message);
