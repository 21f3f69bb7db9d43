using Conformance.Harness.Cases;
using Conformance.Suites.Exceptions;

namespace Conformance.Suites.Tests.Exceptions;

/// <summary>Devices that are wrong in one way each: the suite has to see every one of them.</summary>
public class MutantTests
{
    private const ulong Nv = 1UL << 42;
    private const ulong Nv2 = 1UL << 45;
    private const ulong Tge = 1UL << 27;
    private const ulong Pan = 1UL << 22;
    private const ulong Mode = 0xF;

    /// <summary>What the real device did, once for all mutants; only cases that it passes.</summary>
    private static readonly Lazy<IReadOnlyList<(Case Case, Observation Seen)>> s_passed = new(Passed);

    private static readonly Dictionary<string, Action<Sight>> s_mutants = new()
    {
        ["SVC has the class of HVC"] = s => s["ESR"] ^= s.Taken(0x15) ? 3UL << 26 : 0,
        ["a trap of a system register is reported as UNDEFINED"] = s => s["ESR"] = s.Taken(0x18) ? 0x0200_0000 : s["ESR"],
        ["ESR.IL is missing"] = s => s["ESR"] &= s.Taken() ? ~(1UL << 25) : ~0UL,
        ["ESR.IL is missing for UNDEFINED only"] = s => s["ESR"] &= s.Taken(0x00) ? ~(1UL << 25) : ~0UL,
        ["the immediate of SVC is cut to 8 bits"] = s => s["ESR"] &= s.Taken(0x15) ? ~0xFF00UL : ~0UL,
        ["the direction of a trapped access is inverted"] = s => s["ESR"] ^= s.Taken(0x18) ? 1UL : 0,
        ["Rt of a trapped access is missing"] = s => s["ESR"] &= s.Taken(0x18) ? ~(0x1FUL << 5) : ~0UL,
        ["op1 and op2 of a trapped access are swapped"] = s =>
        {
            ulong esr = s["ESR"];
            s["ESR"] = s.Taken(0x18) ? (esr & ~(7UL << 14 | 7UL << 17)) | (esr >> 17 & 7) << 14 | (esr >> 14 & 7) << 17 : esr;
        },
        ["an EL12 name is reported as its EL1 name"] = s => s["ESR"] &= s.Taken(0x18) && (s["ESR"] >> 14 & 7) == 5 ? ~(5UL << 14) : ~0UL,
        ["ERETAA is reported as ERET"] = s => s["ESR"] &= s.Taken(0x1A) ? ~3UL : ~0UL,
        ["COND is missing in a WFx trap"] = s => s["ESR"] &= s.Taken(0x01) ? ~(0xFUL << 20) : ~0UL,
        ["a PC alignment fault has the class of SP alignment"] = s => s["ESR"] ^= s.Taken(0x22) ? 4UL << 26 : 0,
        ["TGE is ignored"] = s => s["target"] = s.Step.Level == 0 && (s.Register("HCR_EL2") & Tge) != 0 && s.Target == 2 ? 1 : s["target"],
        ["SMC is trapped whatever TSC says"] = s => s["target"] = s.Taken(0x17) && s.Step.Level == 1 ? 2 : s["target"],
        ["an exception of EL2 goes to EL3"] = s => s["target"] = s.Step.Level == 2 && s.Target == 2 ? 3 : s["target"],
        ["SP_EL0 and SP_ELx have each other's vectors"] = s => s["vector"] ^= s.Has("vector") && s["vector"] < 0x400 ? 0x200UL : 0,
        ["a lower level counts as AArch32"] = s => s["vector"] += s["vector"] == 0x400 ? 0x200UL : 0,
        ["a synchronous exception has the IRQ vector"] = s => s["vector"] += 0x80,
        ["ELR of a call is the call"] = s => s["ELR"] -= s.Taken(0x15, 0x16) ? 4UL : 0,
        ["ELR of a trapped SMC is behind it"] = s => s["ELR"] += s.Taken(0x17) && s.Target == 2 ? 4UL : 0,
        ["ELR of a trap is behind it"] = s => s["ELR"] += s.Taken(0x18) ? 4UL : 0,
        ["ELR of a misaligned PC is rounded"] = s => s["ELR"] &= s.Taken(0x22) ? ~3UL : ~0UL,
        ["FAR of a misaligned PC is not written"] = s => s["FAR"] = s.Taken(0x22) ? 0 : s["FAR"],
        ["SPSR.M is the level under NV"] = s => s["SPSR"] = (s.Register("HCR_EL2") & Nv) != 0 && (s["SPSR"] & 0xC) == 8 && s.Step.Level == 1 ? s["SPSR"] ^ 0xC : s["SPSR"],
        ["SPSR.M is EL2 under NV for exceptions to EL2 as well"] = s => s["SPSR"] = (s.Register("HCR_EL2") & Nv) != 0 && s.Step.Level == 1 && s.Target == 2 ? (s["SPSR"] & ~0xCUL) | 8 : s["SPSR"],
        ["SPSR.M is EL2 with NV2 alone"] = s => s["SPSR"] = (s.Register("HCR_EL2") & (Nv | Nv2)) == Nv2 && s.Step.Level == 1 && s.Target == 1 ? (s["SPSR"] & ~0xCUL) | 8 : s["SPSR"],
        ["SPSR.M[0] is always 1"] = s => s["SPSR"] |= s.Taken() && (s["SPSR"] & 0xC) != 0 ? 1UL : 0,
        ["SPSR.M is the mode of the handler"] = s => s["SPSR"] = s.Taken() ? (s["SPSR"] & ~Mode) | (s["PSTATE"] & Mode) : s["SPSR"],
        ["SPSR.IL is lost"] = s => s["SPSR"] &= ~Spsr.Il,
        ["SPSR holds the new masks"] = s => s["SPSR"] |= Spsr.Daif,
        ["SPSR loses the flags"] = s => s["SPSR"] &= ~Spsr.Nzcv,
        ["SPSR loses PAN"] = s => s["SPSR"] &= ~Pan,
        ["SPSR loses DIT"] = s => s["SPSR"] &= ~Spsr.Dit,
        ["SPSR loses UAO from EL0"] = s => s["SPSR"] &= s.Step.Level == 0 ? ~Spsr.Uao : ~0UL,
        ["PAN is not set at the vector"] = s => s["PSTATE"] &= s.Target > 0 && (s["SPSR"] & Pan) == 0 ? ~Pan : ~0UL,
        ["PAN is set at EL2 without TGE"] = s => s["PSTATE"] |= s.Target == 2 && (s.Register("HCR_EL2") & Tge) == 0 ? Pan : 0,
        ["UAO survives the entry"] = s => s["PSTATE"] |= s.Target > 0 ? s["SPSR"] & Spsr.Uao : 0,
        ["SSBS survives the entry"] = s => s["PSTATE"] = s.Target > 0 ? (s["PSTATE"] & ~Spsr.Ssbs) | (s["SPSR"] & Spsr.Ssbs) : s["PSTATE"],
        ["D is not set at the vector"] = s => s["PSTATE"] &= s.Target > 0 ? ~Spsr.D : ~0UL,
        ["NZCV is cleared by the entry"] = s => s["PSTATE"] &= s.Target > 0 ? ~Spsr.Nzcv : ~0UL,
        ["DIT is cleared by the entry"] = s => s["PSTATE"] &= s.Target > 0 ? ~Spsr.Dit : ~0UL,
        ["the handler runs on SP_EL0"] = s => s["PSTATE"] &= s.Target > 0 ? ~Spsr.Sp : ~0UL,
        ["CurrentEL at EL1 is the real level under NV"] = s => s["CurrentEL"] = s.Target == 1 ? 4 : s["CurrentEL"],
        ["CurrentEL read by the code is the real level under NV"] = s => s["X9"] = s.Step.Level == 1 ? 4 : s["X9"],
        ["an exception to EL2 writes ESR_EL1 too"] = s => s["ESR_EL1"] = s.Target == 2 ? s["ESR"] : s["ESR_EL1"],
        ["an exception to EL1 writes SPSR_EL2 too"] = s => s["SPSR_EL2"] = s.Target == 1 ? s["SPSR"] : s["SPSR_EL2"],
        ["a general register is lost"] = s => s["X17"] = 0,
        ["an exception to EL1 under NV2 writes the VNCR page"] = s => s[FieldNames.Changed(GuestMemory.Vncr, 0x1000)] = 1,
        ["ERET does not restore PAN"] = s => s["SPSR"] &= s.Case.Id.Contains("/eret/", StringComparison.Ordinal) ? ~Pan : ~0UL,
        ["ERET restores bit 26"] = s => s["SPSR"] |= s.Case.Id.Contains("/eret/", StringComparison.Ordinal) ? 1UL << 26 : 0,
        ["an illegal return is taken as legal"] = s => s["ESR"] = s.Taken(0x0E) && s.Case.Id.Contains("/eret/", StringComparison.Ordinal) ? 0x0200_0000 : s["ESR"],
        ["a trap is not taken"] = s => s["target"] = s.Taken(0x18) && s.Target == 2 ? 0 : s["target"],
    };

    public static TheoryData<string> Names => [.. s_mutants.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_device_that_is_wrong_in_one_way_is_seen(string mutant)
    {
        Action<Sight> mutation = s_mutants[mutant];

        s_passed.Value.Any(p => Judge.Of(p.Case, MutantDevice.Mutate(p.Seen, p.Case, mutation)).Verdict == Verdict.Fail).ShouldBeTrue();
    }

    [Fact]
    public void A_device_that_is_not_changed_passes() =>
        s_passed.Value.Where(p => Judge.Of(p.Case, MutantDevice.Mutate(p.Seen, p.Case, _ => { })).Verdict != Verdict.Pass)
            .Select(p => p.Case.Id).ShouldBeEmpty();

    [Fact]
    public void Most_of_what_the_reference_machine_runs_it_passes() => s_passed.Value.Count.ShouldBeGreaterThan(6000);

    private static List<(Case, Observation)> Passed()
    {
        using ModelDevice.Model model = ModelDevice.Model.Direct("nv2");
        var target = new SuiteTarget(model.Info.Features, model.Info.HighestLevel);
        List<Case> cases = [.. new ExceptionsSuite().Generate(target, 1)];
        return [.. cases.Zip(model.Run(cases, CancellationToken.None)).Where(p => Judge.Of(p.First, p.Second).Verdict == Verdict.Pass)];
    }
}
