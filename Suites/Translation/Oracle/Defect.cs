namespace Conformance.Suites.Translation.Oracle;

/// <summary>A way to be wrong: what a faulty device makes of registers, tables, an access or an answer.</summary>
/// <remarks>For the proof that the suite notices: the same case is answered with and without the defect.</remarks>
/// <param name="World">Changes registers and descriptors before the question.</param>
/// <param name="Access">Changes the question.</param>
/// <param name="Answer">Changes the answer.</param>
public sealed record Defect(Action<World>? World = null, Func<MemoryAccess, MemoryAccess>? Access = null, Func<Answer, Answer>? Answer = null);
