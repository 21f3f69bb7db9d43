namespace Conformance.Mutation;

/// <summary>What was asked for cannot be done. The message is one line: what, where, and the mend.</summary>
internal sealed class MutationException(string message) : Exception(message);
