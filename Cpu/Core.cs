using System.Runtime.CompilerServices;
using Conformance.Cpu.Features;
using Conformance.Cpu.SystemRegisters;
using Conformance.Cpu.Translation;

namespace Conformance.Cpu;

/// <summary>The architectural state of one PE. It stores and indexes; the chapters beside it decide.</summary>
public sealed partial class Core
{
    /// <param name="features">What the PE implements; ID registers and legality follow from it.</param>
    /// <param name="bus">Physical memory and devices.</param>
    public Core(FeatureSet features, IBus bus)
    {
        Features = features;
        Bus = bus;
        Have = new CoreFeatures(features);
        Model = features.Registers;
        Mmu = new Mmu(this);
        Cluster = [this];
        Access = Mmu.Controls(RegimeKind.EL3).Privileged;
        unsafe
        {
            _x = (ulong*)Unsafe.AsPointer(ref X[0]);
            _sp = (ulong*)Unsafe.AsPointer(ref StackPointers[0]);
            ReadTlb = Mmu.Tlb.Reads;
            WriteTlb = Mmu.Tlb.Writes;
        }

        Reset(HighestLevel);
    }

    public FeatureSet Features { get; }

    public IBus Bus { get; }

    /// <summary>X0 to X30. Index 31 is never written: XZR is handled by <see cref="SetX"/>.</summary>
    internal readonly ulong[] X = GC.AllocateArray<ulong>(32, pinned: true);

    /// <summary>The elements of <see cref="X"/>, for access without a check of the index.</summary>
    private readonly unsafe ulong* _x;

    /// <summary>SP_EL0 to SP_EL3.</summary>
    internal readonly ulong[] StackPointers = GC.AllocateArray<ulong>(4, pinned: true);

    private readonly unsafe ulong* _sp;

    /// <summary>Storage of the system registers, indexed by <see cref="SysReg.Slot"/>.</summary>
    internal readonly ulong[] System = new ulong[SysReg.MaxSlots];

    /// <summary>Address of the instruction being executed.</summary>
    public ulong Pc;

    /// <summary>Where execution goes on: PC + 4 unless the instruction branches or an exception is taken.</summary>
    internal ulong NextPc;

    public Pstate Pstate;

    /// <summary>The Event Register (WFE, SEV).</summary>
    internal bool EventRegister;

    /// <summary>The local exclusive monitor: address and size in bytes of the marked block; size 0 is open access.</summary>
    internal ulong ExclusiveAddress;

    internal int ExclusiveSize;

    /// <summary>Reads a general register; 31 is XZR.</summary>
    public unsafe ulong GetX(int n) => _x[n & 31];

    /// <summary>Writes a general register; 31 is XZR, so the value is dropped.</summary>
    public unsafe void SetX(int n, ulong value)
    {
        if (n != 31)
        {
            _x[n & 31] = value;
        }
    }

    /// <summary>Writes a general register that is not 31.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal unsafe void SetGeneral(int n, ulong value) => _x[n & 31] = value;

    /// <summary>The stack pointer that PSTATE.SP and PSTATE.EL select.</summary>
    public unsafe ulong Sp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _sp[Pstate.SP ? Pstate.EL & 3 : 0];
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => _sp[Pstate.SP ? Pstate.EL & 3 : 0] = value;
    }

    /// <summary>The stored value of a register, past every access rule.</summary>
    public ulong this[SysReg register]
    {
        get => register.Get(this);
        set => register.Set(this, value);
    }
}
