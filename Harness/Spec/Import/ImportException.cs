namespace Conformance.Harness.Spec.Import;

/// <summary>The input is not what the importer reads. The message is one line: what, in which file and place, and the mend.</summary>
public sealed class ImportException(string message, Exception? inner = null) : Exception(message, inner);
