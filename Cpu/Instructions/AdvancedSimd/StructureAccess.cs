using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>What the loads and stores of structures share.</summary>
internal static class StructureAccess
{
    private const int Doubleword = 3;

    /// <returns>False when access to V registers is trapped or SP is misaligned; the exception has been taken.</returns>
    internal static bool TryBase(Core core, in Operation op, out ulong address)
    {
        address = 0;
        return FpAccess.Check(core) && Addressing.TryBase(core, op.Rn, out address);
    }

    /// <summary>Adds Xm to the base, or Imm, the size of the transfer, when Rm is 31.</summary>
    internal static void WriteBack(Core core, in Operation op, ulong address) =>
        core.SetXOrSp(op.Rn, address + (op.Rm == 31 ? op.Imm : core.GetX(op.Rm)));

    /// <summary>
    /// Size of the accesses that do the work: elements, or doublewords where registers stand in memory as they are and nothing
    /// shows the difference.
    /// </summary>
    internal static int Chunk(Core core, in Operation op, ulong address) =>
        op.Ra == 1 && (address & 7) == 0 && !core.Access.BigEndian ? Doubleword : op.Size;
}
