namespace Conformance.Harness.Runs;

/// <summary>
/// A run, a run record or a waiver file that cannot be used: a matter of the user's input or disk. The message is one line
/// that names what, where and the mend.
/// </summary>
public sealed class RunException(string message) : Exception(message);
