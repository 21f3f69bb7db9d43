namespace Conformance.Harness.Spec.Compare;

/// <summary>A file of facts cannot be used. The message is one line: what, where, and the mend.</summary>
public sealed class FactsException(string message, Exception? inner = null) : Exception(message, inner);
