using Conformance.Cpu.Board;
using Conformance.Cpu.Features;
using Conformance.Cpu.Instructions;
using Conformance.Cpu.Interrupts;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tests.Interrupts;

/// <summary>A board whose PE runs NOPs at some level, with a GIC that forwards Group 1 and nothing masked but by PSTATE.</summary>
internal sealed class InterruptMachine
{
    internal const ulong Code = MemoryMap.Ram + 0x1000;
    internal const ulong Sgis = MemoryMap.GicRedistributors + 0x1_0000;
    internal const uint Nop = 0xd503_201f;
    internal const uint Wfi = 0xd503_207f;
    internal const byte A = 4;
    internal const byte I = 2;
    internal const byte F = 1;

    private static readonly FeatureSet s_features = FeatureSet.Parse("nv2");
    private readonly Machine _machine;

    internal InterruptMachine(int level = 1, ulong hcr = 0, ulong scr = Scr.NS, string? profile = null)
    {
        _machine = new(new MachineOptions { Features = profile is null ? s_features : FeatureSet.Parse(profile), RamSize = 0x2_0000 });
        Core.Reset(3);
        Set("ICC_SRE_EL3", 0xf).Set("ICC_SRE_EL2", 0xf).Set("ICC_SRE_EL1", 7);
        Set("SCR_EL3", 0x400 | scr).Set("HCR_EL2", Hcr.RW | hcr);
        Set("VBAR_EL1", MemoryMap.Ram + 0x2000).Set("VBAR_EL2", MemoryMap.Ram + 0x3000).Set("VBAR_EL3", MemoryMap.Ram + 0x4000);
        Core.Write(MemoryMap.Ram, [.. Enumerable.Repeat(Nop, 0x1_0000 / 4)]);
        Write(MemoryMap.GicDistributor, 3).Write(MemoryMap.GicRedistributors + 0x14, 0);
        Set("ICC_PMR_EL1", 0xff).Set("ICC_IGRPEN0_EL1", 1).Set("ICC_IGRPEN1_EL1", 1);
        Core.Pstate = new Pstate { EL = (byte)level, SP = level != 0 };
        Core.Pc = Code;
    }

    internal Core Core => _machine.Core;

    internal Machine Board => _machine;

    internal InterruptMachine Set(string register, ulong value)
    {
        Core[Registers.Get(register)] = value;
        return this;
    }

    internal ulong Get(string register) => Core[Registers.Get(register)];

    internal InterruptMachine Write(ulong address, ulong value, int size = 4)
    {
        _machine.Board.TryWrite(address, size, value).ShouldBeTrue();
        return this;
    }

    internal ulong Read(ulong address, int size = 4)
    {
        _machine.Board.TryRead(address, size, out ulong value).ShouldBeTrue();
        return value;
    }

    /// <summary>Enables a PPI or SGI in a group at a priority.</summary>
    internal InterruptMachine Enable(uint intId, int group = 1, byte priority = 0x80)
    {
        ulong groups = Read(Sgis + 0x80);
        return Write(Sgis + 0x80, group == 1 ? groups | 1UL << (int)intId : groups & ~(1UL << (int)intId))
            .Write(Sgis + 0x100, 1UL << (int)intId).Write(Sgis + 0x400 + intId, priority, 1);
    }

    internal InterruptMachine Pend(uint intId) => Write(Sgis + 0x200, 1UL << (int)intId);

    internal InterruptMachine Raise(InterruptLines lines)
    {
        Core.ExternalLines = lines;
        Core.LinesChanged();
        return this;
    }

    internal InterruptMachine Mask(byte daif)
    {
        Core.Pstate.Daif = daif;
        return this;
    }

    internal RunResult Run(long instructions = 1) => _machine.Run(instructions);

    /// <summary>What the next instruction boundary brings: the level that takes an exception and its vector offset, or 0 and 0.</summary>
    internal (int Target, int Offset) Next()
    {
        ulong before = Core.ExceptionCount;
        Run();
        return Core.ExceptionCount == before ? (0, 0) : (Core.LastExceptionTarget, Core.LastVectorOffset);
    }
}
