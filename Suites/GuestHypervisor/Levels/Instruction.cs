using Conformance.Harness.Programs;

namespace Conformance.Suites.GuestHypervisor.Levels;

/// <summary>What the lowest level of a way does last.</summary>
/// <param name="Name">Assembly text.</param>
/// <param name="Word">The instruction.</param>
/// <param name="Syndrome">ESR.</param>
/// <param name="IsCall">It returns behind itself.</param>
/// <param name="ToEl2">It goes to EL2 from EL0 too, whatever TGE is.</param>
internal sealed record Instruction(string Name, uint Word, ulong Syndrome, bool IsCall, bool ToEl2 = false)
{
    private const ulong Il = 1UL << 25;

    internal static Instruction Hvc(int immediate) => new($"HVC #{immediate}", One(a => a.Hvc(immediate)), Turns.Called(immediate), true);

    internal static Instruction Svc(int immediate) => new($"SVC #{immediate}", One(a => a.Svc(immediate)), 0x15UL << 26 | Il | (uint)immediate, true);

    internal static Instruction Brk(int immediate) => new($"BRK #{immediate}", One(a => a.Brk(immediate)), 0x3CUL << 26 | Il | (uint)immediate, false);

    /// <summary>HVC is UNDEFINED at EL0 (EX-155).</summary>
    internal static Instruction Undefined => new("HVC at EL0", One(a => a.Hvc(1)), Il, false);

    /// <summary>An instruction that no level has.</summary>
    internal static Instruction Udf => new("UDF #1", One(a => a.Udf(1)), Il, false);

    private static uint One(Func<Assembler, Assembler> emit) => emit(new Assembler(0)).Words()[0];
}
