using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Oracle;
using static Conformance.Suites.ListRegisters.Enumerated.Vocabulary;

namespace Conformance.Suites.ListRegisters.Enumerated;

/// <summary>ICV_PMR, BPR, CTLR, IGRPEN and AP against ICH_VMCR_EL2 and ICH_AP: every write, every bit, both ways.</summary>
internal static class ControlCases
{
    private const ulong AllOnes = ulong.MaxValue;

    internal static IEnumerable<Case> All(CaseMaker make) =>
        Writes(make).Concat(Reads(make)).Concat(HypervisorWrites(make)).Concat(ActivePriorities(make)).Concat(IntIds(make));

    private static IEnumerable<Case> Writes(CaseMaker make)
    {
        ulong[] points = [0, 1, 2, 3, 4, 5, 6, 7, 8, 0xF, 0x10, AllOnes, 1UL << 32];
        foreach (ulong value in points)
        {
            foreach (ulong before in (ulong[])[0x0000_0000, 0x00FC_0000, 0x0090_0000, 0x006C_0000])
            {
                foreach (ulong more in (ulong[])[0, VirtualState.VmcrCbpr, VirtualState.VmcrEoim | VirtualState.VmcrEng1])
                {
                    VirtualState s = Vmcr(make, before | more);
                    foreach (int group in Groups)
                    {
                        yield return make.Single(
                            $"write/bpr{group}-{Hex(value)}-over-{Hex(before | more)}", s.WithActive(1, Level(make.Sizes, 0x80)), new(Op.WriteBpr, group, Value: value));
                    }
                }
            }
        }

        for (ulong value = 0; value < 256; value++)
        {
            yield return make.Single($"write/pmr-{Hex(value)}", Vmcr(make, 0x5A00_0003), new(Op.WritePmr, Value: value));
        }

        foreach (ulong value in (ulong[])[AllOnes, 0xFF00, 0x100, 0x1_0000_0050])
        {
            yield return make.Single($"write/pmr-{Hex(value)}", Vmcr(make, 0x5A00_0003), new(Op.WritePmr, Value: value));
        }

        foreach (ulong before in (ulong[])[0, 0x210, 0x200, 0x010, 0xFFFC_0213])
        {
            foreach (ulong value in OneBits(0UL, 3, AllOnes, ~3UL))
            {
                yield return make.Single($"write/ctlr-{Hex(value)}-over-{Hex(before)}", Vmcr(make, before), new(Op.WriteCtlr, Value: value));
            }

            foreach (ulong value in (ulong[])[0, 1, 2, 3, AllOnes, AllOnes - 1, 1UL << 32])
            {
                foreach (int group in Groups)
                {
                    VirtualState s = Vmcr(make, before | 0xF000_0000).WithLr(0, ListRegister.Of(LrState.Pending, Spi, 0x20, group)) with { Hcr = 0xF1 };
                    yield return make.Single($"write/igrpen{group}-{Hex(value)}-over-{Hex(before)}", s, new(Op.WriteIgrpen, group, Value: value));
                }
            }
        }
    }

    /// <summary>Every ICV control under every single bit of ICH_VMCR_EL2, and under some patterns.</summary>
    private static IEnumerable<Case> Reads(CaseMaker make)
    {
        ulong[] patterns = [.. Enumerable.Range(0, 32).Select(n => 1UL << n), 0, 0xFFFF_FFFF, 0x00FC_0010, 0x0060_0010, 0x0080_0010, 0x00A0_0010, 0x00C0_0010, 0x00E0_0010];
        foreach (ulong pattern in patterns)
        {
            VirtualState s = Vmcr(make, pattern);
            foreach (GicAccess access in (GicAccess[])
                [new(Op.ReadPmr), new(Op.ReadBpr, 0), new(Op.ReadBpr, 1), new(Op.ReadCtlr), new(Op.ReadIgrpen, 0), new(Op.ReadIgrpen, 1)])
            {
                yield return make.Single($"read/{Word(access)}-vmcr-{Hex(pattern)}", s with { Hcr = pattern & 1 }, access, 18);
            }
        }
    }

    private static IEnumerable<Case> HypervisorWrites(CaseMaker make)
    {
        foreach (ulong value in OneBits(0UL, 0xFFFF_FFFF, 0xFFFC_0213))
        {
            yield return make.Single($"write/vmcr-{Hex(value)}", make.Idle, new(Op.SetVmcr, Value: value), 9);
            yield return make.Single($"write/hcr-{Hex(value & 0xFFFF_FFFF)}-of-{Hex(value)}", make.Idle, new(Op.SetHcr, Value: value & 0xFFFF_FFFF), 9);
        }

        for (ulong point0 = 0; point0 < 8; point0++)
        {
            for (ulong point1 = 0; point1 < 8; point1++)
            {
                foreach (ulong common in (ulong[])[0, VirtualState.VmcrCbpr])
                {
                    ulong value = 0xA800_0003 | point0 << VirtualState.Vbpr0At | point1 << VirtualState.Vbpr1At | common;
                    yield return make.Single($"write/vmcr-points-{point0}-{point1}{(common != 0 ? "-common" : "")}", make.Idle, new(Op.SetVmcr, Value: value));
                }
            }
        }

        foreach (int n in ((int[])[0, make.Sizes.ListRegisters - 1]).Distinct())
        {
            foreach (ulong value in OneBits([0UL, 0x50FF_0000_0000_0028, 0x5080_0000_0500_0028, 0x1001_01FF_0000_0028, .. Linked()]))
            {
                var lr = new ListRegister(value);
                if (lr is { IsValid: true } && lr.Eoi && lr.Hw)
                {
                    continue;
                }

                yield return make.Single(
                    string.Create(CultureInfo.InvariantCulture, $"write/lr{n}-{value:x}{(n == 0 ? "" : "-last")}"), make.Idle, new(Op.SetLr, Index: n, Value: value), 9);
            }
        }
    }

    private static IEnumerable<Case> ActivePriorities(CaseMaker make)
    {
        foreach (int group in Groups)
        {
            for (int n = 0; n < make.Sizes.ActiveRegisters; n++)
            {
                foreach (ulong value in OneBits(0UL, 0xFFFF_FFFF, 0xFFFF_FFFF_0000_0000 & ~(1UL << 63)))
                {
                    if (value >> 63 != 0)
                    {
                        continue; // NMI, where it exists
                    }

                    string name = string.Create(CultureInfo.InvariantCulture, $"active/ap{group}r{n}-{value:x}");
                    var set = new GicAccess(Op.SetAp, group, n, value);
                    yield return make.Sequence(name, "A level made active is the running priority, and a drop ends it", make.Idle,
                        value <= uint.MaxValue && value != 0 ? [set, new(Op.Rpr), new(Op.Eoir, group, Value: Lpi), new(Op.Rpr)] : [set, new(Op.Rpr), new(Op.ReadAp, group, n)]);
                }

                VirtualState all = make.Idle.WithActive(group, ((UInt128)0x8001_0001 << (32 * n)) | 2);
                yield return make.Single(string.Create(CultureInfo.InvariantCulture, $"active/ap{group}r{n}-cleared-by-el1"), all, new(Op.WriteAp, group, n, 0));
                yield return make.Single(string.Create(CultureInfo.InvariantCulture, $"active/ap{group}r{n}-idle-at-el1"), make.Idle, new(Op.ReadAp, group, n));
            }
        }
    }

    /// <summary>INTIDs at the ends of their ranges, and numbers with bits that no INTID has.</summary>
    private static IEnumerable<Case> IntIds(CaseMaker make)
    {
        ulong[] ordinary = [0, 1, 15, 16, 26, 31, 32, 1019, 8192, 8193, 0xFFFF, .. make.Sizes.IntIdBits == 24 ? (ulong[])[0x1_0000, 0xFF_FFFF] : []];
        ulong[] extra = [0, 1UL << 24, 0xFF00_0000, 1UL << 32, 0xFFFF_FFFF_FF00_0000];
        foreach (ulong intId in ordinary)
        {
            foreach (ulong high in extra)
            {
                // The high bits of an LR's vINTID are RES0 up to bit 31; beyond it are other fields.
                VirtualState pending = make.Idle.WithLr(0, new ListRegister(ListRegister.Of(LrState.Pending, intId, 0x80, 1).Value | (high & 0xFF00_0000)));
                VirtualState active = make.Idle.WithLr(0, ListRegister.Of(LrState.Active, intId, 0x80, 1)).WithActive(1, Level(make.Sizes, 0x80));
                VirtualState split = active with { Vmcr = active.Vmcr | VirtualState.VmcrEoim };
                string name = string.Create(CultureInfo.InvariantCulture, $"intid/{intId}-{high:x}");
                yield return make.Single($"{name}-iar", pending, new(Op.Iar, 1));
                yield return make.Single($"{name}-hppir", pending, new(Op.Hppir, 1));
                yield return make.Single($"{name}-eoir", active, new(Op.Eoir, 1, Value: intId | high));
                yield return make.Single($"{name}-eoir-split", split, new(Op.Eoir, 1, Value: intId | high));
                yield return make.Single($"{name}-dir", split, new(Op.Dir, Value: intId | high));
            }
        }

        for (ulong special = 1020; special <= 1023; special++)
        {
            foreach (ulong high in extra)
            {
                VirtualState active = make.Idle.WithLr(0, ListRegister.Of(LrState.Active, Spi, 0x80, 1)).WithActive(1, Level(make.Sizes, 0x80));
                VirtualState split = active with { Vmcr = active.Vmcr | VirtualState.VmcrEoim };
                string name = string.Create(CultureInfo.InvariantCulture, $"intid/{special}-{high:x}");
                yield return make.Single($"{name}-eoir", active, new(Op.Eoir, 1, Value: special | high));
                yield return make.Single($"{name}-eoir-split", split, new(Op.Eoir, 1, Value: special | high));
                yield return make.Single($"{name}-dir", split, new(Op.Dir, Value: special | high));
            }
        }
    }

    /// <summary>Every bit of pINTID that exists, in a list register that is linked and invalid, so that the interrupt need not exist (GV-042).</summary>
    private static IEnumerable<ulong> Linked() => Enumerable.Range(0, 10).Select(n => ListRegister.HwBit | 1UL << (ListRegister.PhysicalAt + n));

    /// <summary>Each of the 64 bits alone, then some other words.</summary>
    private static IEnumerable<ulong> OneBits(params IEnumerable<ulong> more) => Enumerable.Range(0, 64).Select(n => 1UL << n).Concat(more);

    private static VirtualState Vmcr(CaseMaker make, ulong value) => make.Idle with { Vmcr = make.Oracle.LegalVmcr(value, secure: false, new RuleSet()) };
}
