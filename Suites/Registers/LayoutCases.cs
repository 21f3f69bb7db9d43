using Conformance.Harness.Cases;
using Conformance.Harness.Spec;
using Conformance.Suites.Access;

namespace Conformance.Suites.Registers;

/// <summary>Each register that the highest level can write and read: which bits keep what is written.</summary>
/// <remarks>
/// Four instructions: keep the old value, write a pattern, read it, put the old value back. A RES0 bit is written as 0 and a
/// RES1 bit as 1, as software has to, so that both a hardwired and a writable reserved bit read as they should. It runs
/// at the highest level, where no control of a lower one acts; the few bits that act there are left as they are.
/// </remarks>
internal static class LayoutCases
{
    private const int Old = 0;
    private const int Written = 1;
    private const int Read = 2;

    /// <summary>Bits that would act on the case's own code.</summary>
    private static readonly Dictionary<string, ulong> s_left = new(StringComparer.Ordinal)
    {
        ["SCTLR_EL3"] = 1,              // M: there are no tables
        ["SCTLR_EL2"] = 1,
        ["SCTLR_EL1"] = 1,
        ["SCR_EL3"] = 1UL << 54 | 1UL << 62, // SRMASKEn, for which the facts lack FEAT_SRMASK; NSE: with NS = 0 a reserved Security state
        ["MDSCR_EL1"] = 1UL << 14,      // HDE: an external debugger could halt the PE
    };

    /// <summary>Registers of which more holds than the access suite can compare at the levels where its cases run.</summary>
    private static readonly Dictionary<string, ulong> s_held = new(StringComparer.Ordinal)
    {
        ["MDSCR_EL1"] = 0x0000_B001,    // MDE, KDE, TDCC, SS
        ["CNTFRQ_EL0"] = 0xFFFF_FFFF,   // the highest level writes it (TM-010)
        ["OSDLR_EL1"] = 1,
        ["TCR_EL1"] = 0x0FFF_FFE0_3FC0_3F80,  // single bits, cacheability and shareability: no field with reserved values
        ["TCR_EL2"] = 0x0FFF_FFE0_3FC0_3F80,
        ["TCR_EL3"] = 0x7F70_3F00,
        ["VTCR_EL2"] = 0x1E60_3F00,
        ["CNTKCTL_EL1"] = 0x0002_03FF,
        ["CNTHCTL_EL2"] = 0x0003_FFFF,
        ["SPSR_EL1"] = 0xFFFF_FFFF,     // EX-292
        ["SPSR_EL2"] = 0xFFFF_FFFF,
        ["SPSR_EL3"] = 0xFFFF_FFFF,
        ["ICH_HCR_EL2"] = 0xF800_7CFE,  // EOIcount, traps and maintenance enables; En stays off
        ["ICH_VMCR_EL2"] = 0xF800_0213, // the five priority bits that are always there, VEOIM, VCBPR, VENG1, VENG0
        ["VBAR_EL3"] = 0x0000_7FFF_FFFF_F800,
        ["VDISR_EL2"] = 0x81FF_FFFF,    // A, IDS, ISS
        ["DISR_EL1"] = 0x81FF_FFFF,
        ["VSESR_EL2"] = 0x01FF_FFFF,    // IDS, ISS
        ["TTBR0_EL3"] = 0x0000_00FF_FFFF_F001,
        ["PMCCFILTR_EL0"] = 0xFC00_0000,
        ["PMEVTYPER0_EL0"] = 0xFC00_0000, // the filters; an event that is not there need not be kept
        ["PMCCNTR_EL0"] = ulong.MaxValue, // nothing counts: PMCR_EL0.E is 0
        ["PMEVCNTR0_EL0"] = 0xFFFF_FFFF,
    };

    private static readonly string[] s_notStored =
        ["SPSel", "DAIF", "NZCV", "PAN", "UAO", "DIT", "SSBS", "TCO", "ALLINT", "SVCR", "GCSPR"];

    internal static IEnumerable<Case> All(SuiteTarget target, ulong seed)
    {
        var access = AccessTarget.Of(target);
        foreach (string register in Readable(target).Where(r => CanSet(r, target)))
        {
            ulong neutral = Backgrounds.Of(register, access.Baseline);
            (ulong plain, ulong zeros, ulong ones) = Masks(register, neutral, access.Baseline);
            ulong left = s_left.GetValueOrDefault(register);
            ulong held = plain & ~left & (s_held.TryGetValue(register, out ulong more) ? more : SafeBits.Of(register).Compare);
            if (held == 0)
            {
                continue;
            }

            foreach ((string name, ulong pattern) in Patterns(register, seed))
            {
                ulong value = (neutral & ~held & ~zeros) | (pattern & held) | ones;
                ulong compare = held | zeros | ones;
                yield return Say.That($"layout/{register.ToLowerInvariant()}-{name}", $"{register} keeps what is written ({name}) in the bits that it has", Say.Rule(register))
                    .At(target.HighestLevel).X(Written, value)
                    .Code(a => a.Mrs(Old, register).Msr(register, Written).Isb().Mrs(Read, register).Msr(register, Old))
                    .Completes().SeesX(Read, value, compare)
                    .Build();
            }
        }
    }

    /// <summary>The registers that the highest level can read under their own names, but for views of PSTATE.</summary>
    internal static IEnumerable<string> Readable(SuiteTarget target)
    {
        var access = AccessTarget.Of(target);
        return Names(target).Where(r => !s_notStored.Contains(r) && access.Home.CanSee(r, access.Baseline));
    }

    /// <summary>True when the executive can give the register a value before a case.</summary>
    internal static bool CanSet(string register, SuiteTarget target)
    {
        var access = AccessTarget.Of(target);
        return !s_notStored.Contains(register) && access.Home.CanSet(register, access.Baseline);
    }

    private static IEnumerable<(string Name, ulong Pattern)> Patterns(string register, ulong seed) =>
        [("ones", ulong.MaxValue), ("zeros", 0), ("pattern", new Dice(seed, register).Next())];

    private static IEnumerable<string> Names(SuiteTarget target) =>
        from info in RegisterFacts.Registers
        let range = info.Indices ?? (0, 0)
        from index in Enumerable.Range(range.Item1, range.Item2 - range.Item1 + 1)
        let name = info.NameAt(index)
        where !name.Contains('<', StringComparison.Ordinal) && Encodings.TryRegister(name, out _) && target.HighestLevel > 0
        select name;

    /// <summary>The bits that hold what is written, the RES0 and the RES1 bits; bits of unclear presence are in none.</summary>
    internal static (ulong Plain, ulong Zeros, ulong Ones) Masks(string register, ulong value, ArchState state)
    {
        ulong plain = RegisterValues.PlainMask(register, value, state);
        ulong zeros = 0;
        ulong ones = 0;
        ulong unclear = 0;
        foreach (RegisterField field in RegisterFacts.Find(register)!.LayoutFor(state, value)!.Fields)
        {
            // What another field of the register decides (PMCR_EL0.IMP whether there is an IDCODE) is the device's own affair.
            bool itself = field.When.Fields.Any(f => f.StartsWith(register + ".", StringComparison.Ordinal));
            unclear |= field.When.IsPlain && !itself ? 0 : field.Mask;
            if (field.When.Holds(state))
            {
                zeros |= field.Kind == FieldKind.Res0 ? field.Mask : 0;
                ones |= field.Kind == FieldKind.Res1 ? field.Mask : 0;
                unclear |= field.Kind == FieldKind.Named ? field.Mask & ~plain : 0;
            }
        }

        return (plain, zeros & ~unclear & ~plain, ones & ~unclear & ~plain);
    }
}
