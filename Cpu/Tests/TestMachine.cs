using System.Collections.Concurrent;
using Conformance.Cpu.Features;
using Conformance.Cpu.Instructions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tests;

/// <summary>A PE with a little RAM, and the encodings of the system instructions, for tests of the system side.</summary>
internal sealed unsafe class TestMachine : IBus
{
    internal const ulong RamBase = 0x4000_0000;
    private static readonly ConcurrentDictionary<string, FeatureSet> s_features = new(StringComparer.Ordinal);
    private readonly byte[] _ram = new byte[0x4000];

    internal TestMachine(string profile = "nv2", int level = 3)
    {
        Core = new Core(s_features.GetOrAdd(profile, FeatureSet.Parse), this);
        Core.Reset(level);
        Core.Pc = RamBase;
        if (level == 3)
        {
            Set("SCR_EL3", 0x1_1803_0501 | Scr.EnSCXT | Scr.FIEN); // NS, HCE, RW, APK, API, FGTEn, ECVEn
        }

        Set("VBAR_EL1", 0x1_0000);
        Set("VBAR_EL2", 0x2_0000);
        Set("VBAR_EL3", 0x3_0000);
    }

    internal Core Core { get; }

    /// <summary>Puts the PE at a level, on SP_ELx above EL0.</summary>
    internal TestMachine At(int level)
    {
        Core.Pstate.EL = (byte)level;
        Core.Pstate.SP = level != 0;
        return this;
    }

    internal TestMachine Set(string register, ulong value)
    {
        Core[Registers.Get(register)] = value;
        return this;
    }

    internal TestMachine Or(string register, ulong bits) => Set(register, Get(register) | bits);

    internal ulong Get(string register) => Core[Registers.Get(register)];

    /// <summary>Executes one system-side instruction and moves on to the next one.</summary>
    internal TestMachine Run(uint word)
    {
        A64.Predecode(word, Core.Features, out Operation op);
        Core.ContextChanged(); // tests write state past every rule
        Core.NextPc = Core.Pc + 4;
        op.Execute(Core, in op);
        Core.Pc = Core.NextPc;
        return this;
    }

    internal static uint Mrs(string name, int rt = 0) => 0xd530_0000u & ~(3u << 19) | Fields(name) | (uint)rt;

    internal static uint Msr(string name, int rt = 0) => 0xd510_0000u & ~(3u << 19) | Fields(name) | (uint)rt;

    public bool TryRead(ulong physicalAddress, int size, out ulong value)
    {
        value = 0;
        if (physicalAddress < RamBase || physicalAddress - RamBase + (ulong)size > (ulong)_ram.Length)
        {
            return false;
        }

        for (int i = size - 1; i >= 0; i--)
        {
            value = (value << 8) | _ram[(int)(physicalAddress - RamBase) + i];
        }

        return true;
    }

    public bool TryWrite(ulong physicalAddress, int size, ulong value)
    {
        if (physicalAddress < RamBase || physicalAddress - RamBase + (ulong)size > (ulong)_ram.Length)
        {
            return false;
        }

        for (int i = 0; i < size; i++)
        {
            _ram[(int)(physicalAddress - RamBase) + i] = (byte)(value >> (8 * i));
        }

        return true;
    }

    private static uint Fields(string name) =>
        (uint)Registers.Accessors.Single(a => string.Equals(a.Name, name, StringComparison.Ordinal)).Encoding.Key << 5;
}
