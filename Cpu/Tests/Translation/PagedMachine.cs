using System.Collections.Concurrent;
using Conformance.Cpu.Features;
using Conformance.Cpu.Instructions;
using Conformance.Cpu.SystemRegisters;
using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Tests.Translation;

/// <summary>A machine with 1 MiB of RAM, Non-secure below EL3, on which tests set up translation and look at one access.</summary>
internal sealed class PagedMachine
{
    internal const ulong Base = 0x4000_0000;

    /// <summary>Page of code, and pages of data, by their PA.</summary>
    internal const ulong Code = Base + 0x1_0000;
    internal const ulong Data = Base + 0x2_0000;

    /// <summary>MAIR: 0 Write-Back, 1 Device-nGnRE, 2 Non-cacheable, 3 Write-Through, 4 Device-GRE, 5 Write-Back transient.</summary>
    internal const ulong Mair = 0x0000_770c_bb44_04ff;

    private static readonly ConcurrentDictionary<string, FeatureSet> s_features = new(StringComparer.Ordinal);
    private ulong _free = Base + 0x4_0000;

    internal PagedMachine(string profile = "nv2")
    {
        Machine = new Machine(new MachineOptions { Features = s_features.GetOrAdd(profile, FeatureSet.Parse), RamSize = 1 << 20 });
        Core.Reset(3);
        Set("SCR_EL3", Scr.NS | Scr.HCE | (1UL << 10)).Set("HCR_EL2", 1UL << 31);
        Set("VBAR_EL1", 0x1000).Set("VBAR_EL2", 0x2000).Set("VBAR_EL3", 0x3000);
        Set("MAIR_EL1", Mair).Set("MAIR_EL2", Mair).Set("MAIR_EL3", Mair);
        for (int level = 1; level <= 3; level++)
        {
            Or($"SCTLR_EL{level}", Sctlr.C);
        }
    }

    internal Machine Machine { get; }

    internal Core Core => Machine.Core;

    internal ulong this[string register] => Core[Registers.Get(register)];

    internal PagedMachine Set(string register, ulong value)
    {
        Core[Registers.Get(register)] = value;
        return this;
    }

    internal PagedMachine Or(string register, ulong bits) => Set(register, this[register] | bits);

    /// <summary>Zeroed memory for a table, aligned to its size.</summary>
    internal ulong Allocate(int size)
    {
        _free = (_free + (ulong)size - 1) & ~((ulong)size - 1);
        ulong at = _free;
        _free += (ulong)size;
        return at;
    }

    internal ulong Read(ulong address)
    {
        Machine.Board.TryRead(address, 8, out ulong value).ShouldBeTrue();
        return value;
    }

    internal void Write(ulong address, ulong value) => Machine.Board.TryWrite(address, 8, value).ShouldBeTrue();

    /// <summary>Stage 1 of EL1&amp;0 with both halves, 4K and 39 bits: the lower one gets a table.</summary>
    internal PageTables Stage1(int granuleBits = 12, int inputBits = 39, ulong tcr = 0, ulong tableOffset = 0)
    {
        int start = TableGeometry.StartLevel(inputBits, granuleBits);
        var tables = new PageTables(this, granuleBits, inputBits, start) { TableOffset = tableOffset };
        ulong size = (ulong)(64 - inputBits);
        ulong granule = granuleBits switch { 16 => 1UL, 14 => 2, _ => 0 };
        Set("TCR_EL1", tcr | size | (size << 16) | (granule << 14) | (5UL << 32) | ((granule == 0 ? 2UL : granule == 1 ? 3UL : 1UL) << 30));
        Set("TTBR0_EL1", tables.Root + tableOffset).Or("SCTLR_EL1", Sctlr.M);
        return tables;
    }

    /// <summary>Stage 2 with 4K: 39 bits from level 1.</summary>
    internal PageTables Stage2(ulong vtcr = 0, ulong hcr = 0)
    {
        var tables = new PageTables(this, 12, 39, 1);
        Set("VTCR_EL2", vtcr | 25 | (1UL << 6) | (5UL << 16)).Set("VTTBR_EL2", tables.Root).Or("HCR_EL2", Hcr.VM | hcr);
        return tables;
    }

    /// <summary>AT as EL2 executes it.</summary>
    /// <returns>PAR_EL1.</returns>
    internal ulong At(string name, ulong va, int level = 2)
    {
        Core.Pstate.EL = (byte)level;
        Core.ContextChanged();
        Run(TestMachine.Msr($"AT {name}", 1), va);
        return this["PAR_EL1"];
    }

    /// <summary>Executes a word at the present level, from memory that stage 1 does not have to map, with X1 = an address.</summary>
    internal PagedMachine Run(uint word, ulong x1, ulong x2 = 0)
    {
        Core.SetX(1, x1);
        Core.SetX(2, x2);
        Core.RefreshAccess();
        A64.Predecode(word, Core.Features, out Operation op);
        Core.NextPc = Core.Pc + 4;
        unsafe
        {
            op.Execute(Core, in op);
        }

        return this;
    }

    /// <summary>Puts the PE at a level without any exception counted.</summary>
    internal PagedMachine Level(int level)
    {
        Core.Pstate.EL = (byte)level;
        Core.Pstate.SP = level != 0;
        Core.ExceptionCount = 0;
        Core.ContextChanged();
        return this;
    }

    /// <summary>Fetches one instruction, NOP, at a VA.</summary>
    internal PagedMachine Fetch(ulong va)
    {
        Core.Pc = va;
        _ = Machine.Run(1);
        return this;
    }

    /// <summary>The DFSC of the last exception at a level, or null when there was none.</summary>
    internal int? Status(int level) => Core.ExceptionCount == 0 ? null : (int)this[$"ESR_EL{level}"] & 0x3f;
}
