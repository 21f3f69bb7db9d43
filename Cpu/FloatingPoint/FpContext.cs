using System.Runtime.CompilerServices;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.FloatingPoint;

/// <summary>Rounding of a result: the four modes of FPCR.RMode with their encoding there, and two that instructions name.</summary>
internal enum FpRounding
{
    TieEven = 0,
    PosInf = 1,
    NegInf = 2,
    Zero = 3,
    TieAway = 4,
    Odd = 5,
}

/// <summary>The cumulative flags of FPSR, at their bits.</summary>
internal static class FpFlag
{
    internal const uint IOC = 1 << 0;
    internal const uint DZC = 1 << 1;
    internal const uint OFC = 1 << 2;
    internal const uint UFC = 1 << 3;
    internal const uint IXC = 1 << 4;
    internal const uint IDC = 1 << 7;

    /// <summary>Saturation, of the integer instructions.</summary>
    internal const uint QC = 1 << 27;

    /// <summary>Sets flags for what is no floating-point arithmetic.</summary>
    internal static void Set(Core core, uint flags) => core.System[Slots.FPSR] |= flags;
}

/// <summary>What an operation takes from FPCR, and the flags it leaves in FPSR.</summary>
/// <remarks>
/// Exceptions are never trapped: the enables are RAZ/WI, which FEAT_FP allows. One context serves a whole instruction,
/// so that the registers are read and written once.
/// </remarks>
internal struct FpContext(ulong fpcr, ulong fpsr = 0)
{
    private const int RModeShift = 22;
    private const uint FZ16 = 1 << 19;
    private const uint FZ = 1 << 24;
    private const uint DN = 1 << 25;
    private const uint AHP = 1 << 26;

    private readonly uint _fpcr = (uint)fpcr;

    /// <summary>FPSR: the flags so far.</summary>
    internal uint Flags = (uint)fpsr;

    internal static FpContext Enter(Core core) => new(core.System[Slots.FPCR], core.System[Slots.FPSR]);

    internal readonly void Leave(Core core) => core.System[Slots.FPSR] = Flags;

    internal readonly FpRounding Rounding => (FpRounding)((_fpcr >> RModeShift) & 3);

    internal readonly bool DefaultNaN => (_fpcr & DN) != 0;

    internal readonly bool AlternativeHalf => (_fpcr & AHP) != 0;

    /// <summary>
    /// Round to nearest with IXC set already: an operation on normal numbers with a normal result changes no flag, and the
    /// host's arithmetic gives its bits.
    /// </summary>
    internal readonly bool HostWillDo => (_fpcr & (3u << RModeShift)) == 0 && (Flags & FpFlag.IXC) != 0;

    /// <summary>Subnormal numbers of the format are taken for zero: FZ16 for half precision, FZ for the others.</summary>
    internal readonly bool FlushToZero<F>()
        where F : struct, IFpFormat => (_fpcr & (F.Bits == 16 ? FZ16 : FZ)) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Raise(uint flag) => Flags |= flag;
}
