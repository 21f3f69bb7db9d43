using Conformance.Cpu.Board;
using Conformance.Cpu.Features;
using Conformance.Cpu.Instructions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tests;

/// <summary>A board with several PEs, all on, each about to run words of its own at EL3 or below.</summary>
internal sealed class ClusterMachine
{
    internal const ulong Data = Given.Data;
    private static readonly FeatureSet s_features = FeatureSet.Parse("nv2");
    private static readonly FeatureSet s_withoutEl3 = FeatureSet.Parse("nv2,-FEAT_AA64EL3");

    internal ClusterMachine(int cores, bool el3 = true) => Machine = new Machine(new MachineOptions
    {
        Features = el3 ? s_features : s_withoutEl3,
        Cores = cores,
        RamSize = 0x4_0000,
    });

    internal Machine Machine { get; }

    internal Core this[int core] => Machine.Cores[core];

    /// <summary>Where the words of a PE start: each has a page of its own.</summary>
    internal static ulong Code(int core) => Given.Base + ((ulong)(uint)core << 12);

    /// <summary>Switches a PE on in front of some words; X1 holds the address of the data.</summary>
    internal ClusterMachine Program(int core, params uint[] words)
    {
        this[core].IsOff = false;
        this[core].Waiting = false;
        this[core].Pc = Code(core);
        this[core].SetX(1, Data);
        this[core].Write(Code(core), words);
        return this;
    }

    /// <summary>Executes instructions of one PE.</summary>
    internal ClusterMachine Step(int core, int instructions = 1)
    {
        _ = Machine.RunOnly(this[core], instructions);
        return this;
    }

    internal RunResult Run(long instructions) => Machine.Run(instructions);

    internal ulong Read(ulong address, int size = 4)
    {
        Machine.Board.TryRead(address, size, out ulong value).ShouldBeTrue();
        return value;
    }

    internal ClusterMachine Write(ulong address, ulong value, int size = 4)
    {
        Machine.Board.TryWrite(address, size, value).ShouldBeTrue();
        return this;
    }

    internal ClusterMachine Set(int core, string register, ulong value)
    {
        this[core][Registers.Get(register)] = value;
        return this;
    }

    /// <summary>Opens the GIC for Group 1 at all PEs.</summary>
    internal ClusterMachine OpenGic()
    {
        Write(MemoryMap.GicDistributor, 3);
        for (int n = 0; n < Machine.Cores.Count; n++)
        {
            Set(n, "ICC_SRE_EL3", 0xf).Set(n, "ICC_PMR_EL1", 0xff).Set(n, "ICC_IGRPEN1_EL1", 1);
            Write(Redistributor(n) + 0x14, 0).Write(Redistributor(n) + 0x1_0080, 0xffff_ffff).Write(Redistributor(n) + 0x1_0100, 0xffff_ffff);
        }

        return this;
    }

    internal static ulong Redistributor(int core) => MemoryMap.GicRedistributors + ((ulong)(uint)core * 0x2_0000);
}
