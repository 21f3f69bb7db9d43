using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Nv2.Groups;

/// <summary>HCR_EL2.{NV,NV1,AT,NV2} and VNCR_EL2 as plain registers of EL2 and EL3 (F050, F068).</summary>
internal static class ControlRegisterCases
{
    private static readonly (string Label, ulong Bit)[] s_bits = [("nv", Hcr.NV), ("nv1", Hcr.NV1), ("at", Hcr.AT), ("nv2", Hcr.NV2)];

    internal static IEnumerable<Case> All(SuiteTarget target, ulong seed)
    {
        for (int level = 2; level <= target.HighestLevel; level++)
        {
            for (int set = 0; set < 1 << s_bits.Length; set++)
            {
                yield return HcrBits(target, level, set);
            }

            foreach ((string label, ulong value) in Bases(seed))
            {
                yield return BaseAddress(level, label, value);
            }
        }
    }

    /// <summary>Every combination is written, moreover over the opposite one, and reads back (F050, F067: NV2 without NV too).</summary>
    private static Case HcrBits(SuiteTarget target, int level, int set)
    {
        ulong bits = 0;
        string name = "";
        for (int i = 0; i < s_bits.Length; i++)
        {
            if ((set >> i & 1) != 0)
            {
                bits |= s_bits[i].Bit;
                name += "-" + s_bits[i].Label;
            }
        }

        // Without FEAT_E2H0, NV1 may be RAZ.
        ulong all = Hcr.NV | Hcr.AT | Hcr.NV2 | (target.Features.Has("FEAT_E2H0") ? Hcr.NV1 : 0);
        ulong rest = Baseline.Of("HCR_EL2") & ~(Hcr.NV | Hcr.NV1 | Hcr.AT | Hcr.NV2);
        CaseBuilder says = CaseBuilder.Case(
                $"nv2/registers/hcr-el{level}{(name.Length > 0 ? name : "-none")}",
                $"MSR and MRS HCR_EL2 at EL{level}: {{NV2,AT,NV1,NV}} read back as written")
            .Rules("F050", "F067").Needs("FEAT_NV2")
            .At(level).X(Reg.X1, rest | (bits ^ (Hcr.NV | Hcr.NV1 | Hcr.AT | Hcr.NV2))).X(Reg.X2, rest | bits)
            .Code([.. new Assembler(GuestMemory.Code).Msr("HCR_EL2", Reg.X1).Isb().Msr("HCR_EL2", Reg.X2).Isb().Mrs(Reg.X3, "HCR_EL2").Words()])
            .Completes(Spsr.At(level)).Sees(FieldNames.General(Reg.X3), rest | bits, all);
        if (target.HighestLevel == 3)
        {
            says.Sees("HCR_EL2", rest | bits, all); // an executive at EL2 has its own value back by then
        }

        return says.Build();
    }

    /// <summary>
    /// BADDR reads back; bits 63:49, 63:53 or 63:57 may read as a copy of the bit below them, which only shows in a value that
    /// is not canonical. Bits 11:0 are RES0 and not looked at.
    /// </summary>
    private static Case BaseAddress(int level, string label, ulong value)
    {
        CaseBuilder says = CaseBuilder.Case(
                $"nv2/registers/vncr-el{level}-{label}", $"MSR and MRS VNCR_EL2 at EL{level}: the base address reads back; memory is not asked")
            .Rules("F068").Needs("FEAT_NV2")
            .Change("HCR_EL2", Hcr.NV | Hcr.NV2)
            .Fill(GuestMemory.Vncr, AccessStory.PageSize, 0x8000_0000_0000_0001, 0x0123_4567_89AB_CDEF)
            .At(level).X(Reg.X1, value)
            .Code([.. new Assembler(GuestMemory.Code).Msr("VNCR_EL2", Reg.X1).Isb().Mrs(Reg.X2, "VNCR_EL2").Words()]);
        const ulong Mask = ~0xFFFUL;
        MaskedValue[] readings = [.. new[] { value, Extended(value, 48), Extended(value, 52), Extended(value, 56) }
            .Distinct().Select(v => new MaskedValue(v, Mask))];
        return says.Completes(Spsr.At(level))
            .SeesAny(FieldNames.General(Reg.X2), readings).SeesAny("VNCR_EL2", readings)
            .Sees(FieldNames.Changed(GuestMemory.Vncr, AccessStory.PageSize), 0)
            .Build();
    }

    private static IEnumerable<(string Label, ulong Value)> Bases(ulong seed)
    {
        yield return ("zero", 0);
        yield return ("low-range", 0x0000_5555_5555_5000);
        yield return ("low-range-top", 0x0000_FFFF_FFFF_F000);
        yield return ("high-range", 0xFFFF_AAAA_AAAA_A000);
        yield return ("high-range-top", 0xFFFF_FFFF_FFFF_F000);
        yield return ("low-bits", 0x0000_0000_4030_0FFF);
        yield return ("not-canonical-63", 0x8000_0000_4030_0000);
        yield return ("not-canonical-57", 0x0200_0000_4030_0000);
        yield return ("not-canonical-53", 0x0020_0000_4030_0000);
        yield return ("not-canonical-49", 0x0002_0000_4030_0000);
        var dice = new Dice(seed, "nv2/registers/vncr");
        for (int i = 0; i < 4; i++)
        {
            yield return ($"any-{i}", (ulong)((long)(dice.Next() << 16) >> 16) & ~0xFFFUL);
        }
    }

    /// <summary>Bits above <paramref name="top"/> become copies of it.</summary>
    private static ulong Extended(ulong value, int top) => (ulong)((long)(value << (63 - top)) >> (63 - top));
}
