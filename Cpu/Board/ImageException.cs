namespace Conformance.Cpu.Board;

/// <summary>An image cannot be loaded. The message is one line: what is wrong, where, and the mend.</summary>
public sealed class ImageException(string message) : Exception(message);
