namespace Conformance.Cpu.Exceptions;

/// <summary>The synchronous exceptions that instructions raise. Each takes the exception at once and sets NextPc.</summary>
/// <remarks>A handler that raises returns immediately afterwards without writing anything else.</remarks>
internal static class Raise
{
    /// <summary>UNDEFINED: EC 0x00 (EX-150, EX-151).</summary>
    internal static void Undefined(Core core) => throw new NotImplementedException();

    /// <summary>SP alignment fault: EC 0x26 (EX-191).</summary>
    internal static void SpAlignment(Core core) => throw new NotImplementedException();

    /// <summary>PC alignment fault: EC 0x22 (EX-192). <see cref="Core.Pc"/> is the misaligned address.</summary>
    internal static void PcAlignment(Core core) => throw new NotImplementedException();

    /// <summary>Illegal Execution state: EC 0x0E (EX-193).</summary>
    internal static void IllegalState(Core core) => throw new NotImplementedException();

    /// <summary>Data Abort of stage 1 at the current regime: EC 0x24 or 0x25 (EX-129).</summary>
    /// <param name="core">The PE.</param>
    /// <param name="address">VA for FAR.</param>
    /// <param name="write">WnR.</param>
    /// <param name="dfsc">Fault status code, 6 bits: 0x21 alignment, 0x10 synchronous External abort.</param>
    internal static void DataAbort(Core core, ulong address, bool write, int dfsc) => throw new NotImplementedException();

    /// <summary>Instruction Abort: EC 0x20 or 0x21 (EX-131).</summary>
    internal static void InstructionAbort(Core core, ulong address, int ifsc) => throw new NotImplementedException();
}
