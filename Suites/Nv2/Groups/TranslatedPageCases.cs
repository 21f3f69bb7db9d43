using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Nv2.Groups;

/// <summary>The address of the page goes through the EL2 translation regime, and its faults are EL2's (F073, EX-101, TR-120 to TR-125).</summary>
internal static class TranslatedPageCases
{
    private static readonly string[] s_sample = ["VTTBR_EL2", "MDSCR_EL1", "SPSR_EL1", "ELR_EL12", "SP_EL1", "SCTLR_EL1", "SCTLR_EL12", "ICH_VMCR_EL2"];

    /// <summary>Where VNCR_EL2 points, and what comes of it.</summary>
    /// <param name="Label">Part of the id.</param>
    /// <param name="Base">VNCR_EL2.</param>
    /// <param name="ReadStatus">DFSC of a load; null when it succeeds.</param>
    /// <param name="WriteStatus">DFSC of a store; null when it succeeds.</param>
    /// <param name="E2h">EL2&amp;0 regime only, EL2 regime only, or both.</param>
    /// <param name="MmuOff">Stage 1 of EL2 is off.</param>
    /// <param name="Rule">What it checks beside the fault itself.</param>
    private sealed record Scenario(
        string Label, ulong Base, uint? ReadStatus, uint? WriteStatus, bool? E2h = null, bool MmuOff = false, string Rule = "TR-121");

    private static readonly Scenario[] s_scenarios =
    [
        new("mapped", El2Tables.Writable, null, null),
        new("read-only", El2Tables.ReadOnly, null, 0x0F),
        new("no-page", El2Tables.NoPage, 0x07, 0x07),
        new("no-level-2-entry", El2Tables.NoLevel2, 0x06, 0x06),
        new("no-level-1-entry", El2Tables.NoLevel1, 0x05, 0x05),
        new("no-access-flag", El2Tables.NoAccessFlag, 0x0B, 0x0B),
        new("user-page-with-pan", El2Tables.User, null, null, E2h: true, Rule: "TR-122"),
        new("upper-range", El2Tables.UpperRange | El2Tables.Writable, null, null, E2h: true, Rule: "TR-120"),
        new("upper-range-no-page", El2Tables.UpperRange | El2Tables.NoPage, 0x07, 0x07, E2h: true, Rule: "TR-120"),
        new("upper-range-without-tables", El2Tables.UpperRange | El2Tables.Writable, 0x04, 0x04, E2h: false, Rule: "TR-120"),
        new("beyond-memory", 0xFFFF_8000_0000_0000, 0x00, 0x00, MmuOff: true, Rule: "TR-120"),
    ];

    internal static IEnumerable<Case> All(SuiteTarget target, ulong seed) => VncrNames.For(target)
        .Where(n => s_sample.Contains(n.Name))
        .SelectMany(_ => Nvx.Transforming, (name, nvx) => (name, nvx))
        .Where(a => NestedOracle.AtEl1(a.name, a.nvx.InForce())[0] is Effect.Memory)
        .SelectMany(a => Nv2Rules.Directions(a.name), (a, write) => (a.name, a.nvx, write))
        .SelectMany(a => Of(target, seed, a.name, a.nvx, a.write));

    private static IEnumerable<Case> Of(SuiteTarget target, ulong seed, NestedName name, Nvx nvx, bool write)
    {
        foreach (bool e2h in Layouts.Of(target))
        {
            foreach (Scenario scenario in s_scenarios.Where(s => (s.E2h ?? e2h) == e2h))
            {
                yield return new Telling(target, seed, name, nvx, write, e2h, scenario).Say();
            }

            yield return new Telling(target, seed, name, nvx, write, e2h, new("not-canonical", El2Tables.Writable | 1UL << 63, null, null)).SayNotCanonical();
            if (AccessTraps.Of(name.Name, write).FirstOrDefault(c => c is { Register: "HCR_EL2", SetBits: not 0 }) is { } control)
            {
                yield return new Telling(target, seed, name, nvx, write, e2h, new("trap-first", El2Tables.NoPage, null, null, Rule: "TR-125")).SayTrapped(control);
            }
        }
    }

    private sealed class Telling(SuiteTarget target, ulong seed, NestedName name, Nvx nvx, bool write, bool e2h, Scenario scenario)
    {
        private const int Rt = Reg.X7;
        private readonly string _id =
            $"nv2/translated/{(write ? "msr" : "mrs")}-{name.Label}-nv{nvx.Label}{(e2h ? "-e2h" : "")}-{scenario.Label}";

        private ulong Value { get; } = new Dice(seed, $"{name.Name} {scenario.Label}").Next();

        private ulong Address => scenario.Base + (ulong)name.Offset;

        private ulong Slot => El2Tables.Behind + (ulong)name.Offset;

        internal Case Say()
        {
            CaseBuilder says = Begin(Title());
            uint? status = write ? scenario.WriteStatus : scenario.ReadStatus;
            if (status is { } dfsc)
            {
                SeesAbort(says, dfsc, ulong.MaxValue, Address);
            }
            else
            {
                SeesAccess(says);
            }

            return says.Build();
        }

        /// <summary>VNCR_EL2.RESS: bits that differ are a Translation fault, or count as copies of the bit below (TR-120, F068).</summary>
        internal Case SayNotCanonical()
        {
            CaseBuilder says = Begin("VNCR_EL2.RESS bits differ: a Translation fault of the EL2 regime, or they count as copies of BADDR's top bit");
            SeesAccess(says.Rules("F068").Or("RESS ignored"));
            SeesAbort(says.Or("Translation fault"), 0x04, ~3UL, null);
            return says.Build();
        }

        internal Case SayTrapped(TrapControl control)
        {
            CaseBuilder says = Begin($"HCR_EL2 ({control.Label}) traps the access before the page is looked up", control.SetBits);
            says.Takes(2, vector: 0x400, elr: GuestMemory.Code)
                .Sees(FieldNames.Esr, 0x18UL << 26, 0x3FUL << 26);
            SeesRest(says);
            return says.Build();
        }

        /// <summary>The first step makes the EL2 regime forget what earlier cases had mapped, at EL2; the second is the access.</summary>
        private CaseBuilder Begin(string title, ulong trap = 0)
        {
            ulong hcr = (Baseline.Of("HCR_EL2") & ~Nvx.Mask) | nvx.Hcr | (e2h ? Hcr.E2H : 0) | trap;
            CaseBuilder says = CaseBuilder.Case(_id, $"{(write ? "MSR" : "MRS")} {name.Name} at EL1, NVx={nvx.Label}: {title}")
                .Rules("F073", "EX-101", "EX-130", "TR-123", scenario.Rule).Needs("FEAT_NV2").Needs(name.Required)
                .Set("HCR_EL2", hcr)
                .Set("VNCR_EL2", scenario.Base);
            if (e2h)
            {
                says.Needs("FEAT_VHE").Set("CPTR_EL2", AccessStory.CptrE2h).Set("CNTHCTL_EL2", AccessStory.CnthctlE2h);
            }

            if (!scenario.MmuOff)
            {
                El2Tables.Install(says, e2h);
            }

            foreach (Opening opening in name.Openings)
            {
                says.Change(opening.Register, opening.Bits);
            }

            says.Fill(GuestMemory.Vncr, AccessStory.PageSize, Value, 0x0303_0303_0303_0303)
                .Fill(El2Tables.Behind, AccessStory.PageSize, ~Value, 0x0505_0505_0505_0505)
                .Memory(Slot, Value);
            says.At(2).Code([.. new Assembler(GuestMemory.Code).Tlbi("ALLE2").Dsb().Isb().Words()]).Completes().NextStep()
                .Set("HCR_EL2", hcr); // an executive at EL2 has put its own value there

            Spsr pstate = Spsr.At(1).With(Spsr.Pan, scenario.Label == "user-page-with-pan" && target.Features.Has("FEAT_PAN"));
            var code = new Assembler(GuestMemory.Code);
            _ = write ? code.Msr(name.Encoding, Rt) : code.Mrs(Rt, name.Encoding);
            return says.Pstate(pstate).X(Rt, write ? ~Value : 0x1234_5678).X(Rt + 1, Value ^ 0x55).Code([.. code.Words()]);
        }

        private void SeesAccess(CaseBuilder says)
        {
            says.Completes().Sees(FieldNames.General(Rt), write ? ~Value : Value)
                .Sees(FieldNames.Memory(Slot), write ? ~Value : Value);
            SeesRest(says);
        }

        /// <summary>EC 0x25 to EL2 by the vector for a lower level; ISS: VNCR (13), WnR (6) and the status, all else 0.</summary>
        private void SeesAbort(CaseBuilder says, uint status, ulong statusMask, ulong? far)
        {
            ulong esr = 0x25UL << 26 | 1UL << 25 | 1UL << 13 | (write ? 1UL << 6 : 0) | status;
            says.Takes(2, vector: 0x400, elr: GuestMemory.Code, far: far, currentEl: 8)
                .Sees(FieldNames.Esr, esr, statusMask & 0xFFFF_FFFF)
                .Sees(FieldNames.General(Rt), write ? ~Value : 0x1234_5678)
                .Sees(FieldNames.Memory(Slot), Value);
            SeesRest(says);
        }

        private void SeesRest(CaseBuilder says) => says
            .Sees(FieldNames.General(Rt + 1), Value ^ 0x55)
            .Sees(FieldNames.Changed(El2Tables.Behind, AccessStory.PageSize), 0)
            .Sees(FieldNames.Changed(GuestMemory.Vncr, AccessStory.PageSize), 0);

        private string Title()
        {
            uint? status = write ? scenario.WriteStatus : scenario.ReadStatus;
            return $"{scenario.Label.Replace('-', ' ')}: {(status is null ? "the page that EL2's tables name" : $"abort to EL2, EC 0x25, DFSC 0x{status:x2}")}";
        }
    }
}
