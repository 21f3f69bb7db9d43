using System.Buffers.Binary;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Translation;

/// <summary>Stage 1 of address translation for privileged data accesses, without a stage 2 behind it.</summary>
/// <remarks>
/// It serves the accesses of FEAT_NV2, which are EL2's; other accesses do not use it yet. Source: rules TR-010 to TR-028,
/// TR-040 to TR-050, TR-065 to TR-072, TR-090, TR-091.
/// </remarks>
internal static class Stage1Walk
{
    private const ulong Valid = 1;
    private const ulong TableOrPage = 2;
    private const ulong ReadOnly = 1UL << 7;      // AP[2]
    private const ulong AccessFlag = 1UL << 10;
    private const ulong DirtyModifier = 1UL << 51;
    private const ulong TableReadOnly = 1UL << 62; // APTable[1]
    private const int LastLevel = 3;

    /// <summary>Translates.</summary>
    /// <param name="core">The PE.</param>
    /// <param name="level">1 for EL1&amp;0, 2 for EL2 or EL2&amp;0, 3 for EL3.</param>
    /// <param name="va">The address.</param>
    /// <param name="write">The access writes.</param>
    /// <param name="pa">The physical address.</param>
    /// <param name="status">Fault status code (DFSC) when the result is false.</param>
    internal static bool TryTranslate(Core core, int level, ulong va, bool write, out ulong pa, out int status)
    {
        var regime = Stage1Regime.Of(core, level, va);
        int inputBits = 64 - regime.Size;
        pa = 0;
        if (!Stage1Regime.IsOn(core, level))
        {
            pa = regime.TopByteIgnored ? va & ~(0xffUL << 56) : va;
            return Fails(pa >> core.Have.PhysicalAddressBits != 0, FaultStatus.AddressSizeLevel0, out status);
        }

        int smallest = regime.GranuleBits == 16 ? 47 : 48;
        bool badSize = regime.Size < 16 || regime.Size > (core.Have.TTST ? smallest : 39);
        if (badSize || !InRange(regime, va, inputBits) || regime.Disabled)
        {
            return Fails(true, FaultStatus.Translation, out status);
        }

        return Walk(core, regime, va, inputBits, write, out pa, out status);
    }

    /// <summary>The bits above the input size agree with the half (TR-012).</summary>
    private static bool InRange(in Stage1Regime regime, ulong va, int inputBits)
    {
        ulong relevant = regime.TopByteIgnored ? va << 8 >> 8 : va;
        ulong expected = regime.Upper ? ulong.MaxValue : 0;
        expected = regime.TopByteIgnored ? expected << 8 >> 8 : expected;
        return relevant >> inputBits == expected >> inputBits;
    }

    private static bool Walk(
        Core core, in Stage1Regime regime, ulong va, int inputBits, bool write, out ulong pa, out int status)
    {
        int stride = regime.GranuleBits - 3;
        int level = LastLevel - ((inputBits - 1 - regime.GranuleBits) / stride);
        int indexBits = inputBits - regime.GranuleBits - ((LastLevel - level) * stride);
        ulong table = TableBase(regime, indexBits);
        ulong hierarchy = 0;
        pa = 0;
        if (table >> regime.OutputBits != 0)
        {
            return Fails(true, FaultStatus.AddressSizeLevel0, out status);
        }

        for (; ; level++, indexBits = stride)
        {
            int shift = regime.GranuleBits + ((LastLevel - level) * stride);
            ulong entry = table + ((va >> shift & ((1UL << indexBits) - 1)) << 3);
            if (!TryReadDescriptor(core, regime, entry, out ulong descriptor))
            {
                return Fails(true, FaultStatus.ExternalAbortOnWalk + level, out status);
            }

            bool isTable = level < LastLevel && (descriptor & TableOrPage) != 0;
            if ((descriptor & Valid) == 0 || !(isTable || IsLeaf(regime, core, level, descriptor)))
            {
                return Fails(true, FaultStatus.Translation + level, out status);
            }

            ulong output = OutputAddress(regime, descriptor, isTable ? regime.GranuleBits : shift);
            if (output >> regime.OutputBits != 0)
            {
                return Fails(true, FaultStatus.AddressSizeLevel0 + level, out status);
            }

            if (!isTable)
            {
                pa = output | (va & ((1UL << shift) - 1));
                return TryUse(core, regime, entry, descriptor, hierarchy, write, level, out status);
            }

            hierarchy |= regime.HierarchyDisabled ? 0 : descriptor;
            table = output;
        }
    }

    /// <summary>Access flag, then permission, with the updates that hardware makes.</summary>
    private static bool TryUse(
        Core core, in Stage1Regime regime, ulong entry, ulong descriptor, ulong hierarchy, bool write, int level, out int status)
    {
        ulong updated = descriptor;
        if ((descriptor & AccessFlag) == 0)
        {
            if (!regime.SetsAccessFlag)
            {
                return Fails(true, FaultStatus.AccessFlag + level, out status);
            }

            updated |= AccessFlag;
        }

        if (write && (descriptor & ReadOnly) != 0 && regime.SetsDirty && (descriptor & DirtyModifier) != 0)
        {
            updated &= ~ReadOnly;
        }

        if (write && ((updated & ReadOnly) != 0 || (hierarchy & TableReadOnly) != 0))
        {
            return Fails(true, FaultStatus.Permission + level, out status);
        }

        bool lost = updated != descriptor && !core.Bus.TryWrite(entry, 8, InOrder(regime, updated));
        return Fails(lost, FaultStatus.ExternalAbortOnWalk + level, out status);
    }

    /// <summary>A block where the granule has them, or a page (TR-019, TR-020).</summary>
    private static bool IsLeaf(in Stage1Regime regime, Core core, int level, ulong descriptor)
    {
        if (level == LastLevel)
        {
            return (descriptor & TableOrPage) != 0;
        }

        int first = regime.GranuleBits == 12 || (regime.GranuleBits == 16 && core.Have.LPA) ? 1 : 2;
        return level >= first;
    }

    /// <summary>TTBR without CnP and ASID, aligned to the size of the table (TR-015).</summary>
    private static ulong TableBase(in Stage1Regime regime, int indexBits)
    {
        ulong address = regime.Base & 0x0000_ffff_ffff_fffe;
        bool wide = regime.OutputBits == 52;
        int alignment = Math.Max(indexBits + 3, wide ? 6 : 0);
        ulong high = wide ? (regime.Base >> 2 & 15) << 48 : 0;
        return high | (address >> alignment << alignment);
    }

    /// <summary>Bits 47 down to a size, and with the 64K granule bits 15:12 as 51:48 (TR-021).</summary>
    private static ulong OutputAddress(in Stage1Regime regime, ulong descriptor, int sizeBits)
    {
        ulong low = descriptor & 0x0000_ffff_ffff_ffff;
        ulong high = regime.GranuleBits == 16 ? (descriptor >> 12 & 15) << 48 : 0;
        return high | (low >> sizeBits << sizeBits);
    }

    private static bool TryReadDescriptor(Core core, in Stage1Regime regime, ulong address, out ulong descriptor)
    {
        bool answered = core.Bus.TryRead(address, 8, out ulong raw);
        descriptor = InOrder(regime, raw);
        return answered;
    }

    private static ulong InOrder(in Stage1Regime regime, ulong value) =>
        (regime.Sctlr & Sctlr.EE) != 0 ? BinaryPrimitives.ReverseEndianness(value) : value;

    private static bool Fails(bool fails, int code, out int status)
    {
        status = code;
        return !fails;
    }
}
