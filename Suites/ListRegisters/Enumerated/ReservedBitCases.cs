using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Oracle;
using static Conformance.Suites.ListRegisters.Enumerated.Vocabulary;

namespace Conformance.Suites.ListRegisters.Enumerated;

/// <summary>Each reserved bit of the registers of the hypervisor set, and an interrupt from its acknowledge to its end: the bit does nothing (GV-009).</summary>
/// <remarks>Not here: bits of vINTID, which <see cref="ControlCases"/> has; bits that some implementations have (ICH_HCR_EL2.{vSGIEOICount, TSEI, TDIR, DVIM}), and those of ICH_VMCR_EL2 that can be RES1.</remarks>
internal static class ReservedBitCases
{
    private static readonly int[] s_high = [.. Enumerable.Range(32, 32)];

    internal static IEnumerable<Case> All(CaseMaker make)
    {
        var lr = ListRegister.Of(LrState.Pending, Spi, 0x80, 1);
        (string Name, GicAccess Write, int[] Bits)[] registers =
        [
            ("hcr", new(Op.SetHcr, Value: VirtualState.HcrEn | VirtualState.HcrLrenpie), [9, .. Enumerable.Range(16, 11), .. s_high]),
            ("vmcr", new(Op.SetVmcr, Value: make.Idle.Vmcr), [5, 6, 7, 8, .. Enumerable.Range(10, 8), .. s_high]),
            ("lr0", new(Op.SetLr, Value: lr.Value), [.. Enumerable.Range(32, 9), .. Enumerable.Range(42, 6), 56, 57, 58]),
            ("ap0r0", new(Op.SetAp, 0), s_high), ("ap1r0", new(Op.SetAp, 1), make.Sizes.Nmi ? s_high[..^1] : s_high),
        ];
        foreach ((string name, GicAccess write, int[] bits) in registers)
        {
            foreach (int bit in bits)
            {
                foreach (bool split in Both)
                {
                    VirtualState s = make.Idle.WithLr(0, lr) with { Hcr = VirtualState.HcrEn | VirtualState.HcrLrenpie };
                    ulong mode = split ? VirtualState.VmcrEoim : 0;
                    s = s with { Vmcr = s.Vmcr | mode };
                    GicAccess set = write with { Value = write.Value | 1UL << bit | (name == "vmcr" ? mode : 0) };
                    yield return make.Sequence(
                        string.Create(CultureInfo.InvariantCulture, $"reserved/{name}-{bit}{Word(split, "-split", "")}"), "A reserved bit has no effect on the life of an interrupt", s,
                        [
                            set, new(Op.Hppir, 1), new(Op.Misr), new(Op.Iar, 1), new(Op.Rpr), new(Op.Eoir, 1, Value: Spi), .. split ? (GicAccess[])[new(Op.Dir, Value: Spi)] : [],
                            new(Op.Rpr), new(Op.Elrsr), new(Op.Misr),
                        ], 9);
                }

                // Nor does it enable what is not enabled.
                yield return make.Sequence(
                    string.Create(CultureInfo.InvariantCulture, $"reserved/{name}-{bit}-off"), "A reserved bit enables nothing", make.Idle.WithLr(0, lr) with { Hcr = 0 },
                    [
                        write with { Value = (name == "hcr" ? 0 : write.Value) | 1UL << bit }, new(Op.Iar, 1), new(Op.Iar, 0), new(Op.Rpr), new(Op.ReadCtlr), new(Op.ReadPmr), new(Op.Elrsr),
                    ], 9);
            }
        }
    }
}
