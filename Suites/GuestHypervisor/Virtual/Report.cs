using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Suites.GuestHypervisor.Virtual;

/// <summary>What a hypervisor reads in one turn: it stores it to memory, where it is looked at, since the guest's registers are its own.</summary>
internal sealed class Report
{
    /// <summary>The state of a list register.</summary>
    internal const ulong State = 3UL << 62;

    private const ulong First = GuestMemory.Data + 0x4000;

    private readonly List<(ulong Value, ulong Mask)> _read = [];

    /// <summary>MRS and a store. Uses X0 and X1.</summary>
    internal void Read(Assembler a, string register, ulong value, ulong mask)
    {
        a.MovImm(X1, Next).Mrs(X0, register).Str(X0, X1);
        _read.Add((value & mask, mask));
    }

    /// <summary>A 32-bit load of a device and a store. Uses X0 and X1.</summary>
    internal void ReadDevice(Assembler a, ulong address, ulong value, ulong mask)
    {
        a.MovImm(X1, address).LdrW(X0, X1).MovImm(X1, Next).Str(X0, X1);
        _read.Add((value & mask, mask));
    }

    /// <summary>The expectations, for the turn that was said last.</summary>
    internal void Into(CaseBuilder says)
    {
        for (int n = 0; n < _read.Count; n++)
        {
            says.Sees(FieldNames.Memory(First + (8UL * (ulong)n)), _read[n].Value, _read[n].Mask);
        }
    }

    private ulong Next => First + (8UL * (ulong)_read.Count);
}
