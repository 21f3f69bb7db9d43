using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Oracle;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.ListRegisters.Directed.Say;

namespace Conformance.Suites.ListRegisters.Directed;

/// <summary>ICH registers at EL1: UNDEFINED, trapped, or memory (GV-030 to GV-035).</summary>
internal static class NestedCases
{
    private const ulong Pattern = 0xA5C3_9601_7E18_D2B4;

    internal static IEnumerable<CaseBuilder> All(CaseMaker make, SuiteTarget target)
    {
        (string Register, int? Offset, bool Writes)[] all =
        [
            .. Enumerable.Range(0, 16).Select(n => (string.Create(CultureInfo.InvariantCulture, $"ICH_LR{n}_EL2"), (int?)(0x400 + (8 * n)), true)),
            .. Enumerable.Range(0, 4).Select(n => (string.Create(CultureInfo.InvariantCulture, $"ICH_AP0R{n}_EL2"), (int?)(0x480 + (8 * n)), true)),
            .. Enumerable.Range(0, 4).Select(n => (string.Create(CultureInfo.InvariantCulture, $"ICH_AP1R{n}_EL2"), (int?)(0x4A0 + (8 * n)), true)),
            ("ICH_HCR_EL2", 0x4C0, true), ("ICH_VMCR_EL2", 0x4C8, true), ("ICH_VTR_EL2", null, false), ("ICH_MISR_EL2", null, false),
            ("ICH_EISR_EL2", null, false), ("ICH_ELRSR_EL2", null, false), ("ICC_SRE_EL2", null, true),
        ];
        foreach ((string register, int? offset, bool writes) in all)
        {
            foreach (bool read in writes ? (bool[])[true, false] : [true])
            {
                foreach (CaseBuilder sentence in Of(make, target, register, offset, read, Exists(make.Sizes, register)))
                {
                    yield return sentence;
                }
            }
        }
    }

    private static IEnumerable<CaseBuilder> Of(CaseMaker make, SuiteTarget target, string register, int? offset, bool read, bool exists)
    {
        string name = $"{register[4..].Replace("_EL2", "", StringComparison.Ordinal).ToLowerInvariant()}-{(read ? "read" : "write")}";
        CaseBuilder Begin(string how, string says, params IReadOnlyList<int> rules) => That($"nested/{name}-{how}", $"{register} at EL1 {says}", rules)
            .X(0, Pattern).At(1).Code(a => read ? a.Mrs(X0, register) : a.Msr(register, X0));

        yield return Begin("plain", "is UNDEFINED without NV", 30).Takes(1, 0x200, Undefined);
        if (target.Features.Has("FEAT_NV"))
        {
            CaseBuilder nv = Begin("nv", exists ? "traps to EL2 with NV" : "is UNDEFINED: it does not exist", [31, .. exists ? (int[])[] : [34, Presence(register)]])
                .Needs("FEAT_NV").Change("HCR_EL2", Hcr.NV);
            yield return exists ? nv.Takes(2, 0x400, Trap(register, read, X0)) : nv.Takes(1, 0x200, Undefined);
        }

        if (!target.Features.Has("FEAT_NV2"))
        {
            yield break;
        }

        if (!exists)
        {
            yield return Begin("nv2", "is UNDEFINED with NV2 as well: it does not exist", 34, Presence(register)).Needs("FEAT_NV2").Change("HCR_EL2", Hcr.NV | Hcr.NV2).Takes(1, 0x200, Undefined);
        }
        else if (offset is not { } at)
        {
            yield return Begin("nv2", "traps to EL2 with NV2 as well", 33).Needs("FEAT_NV2").Change("HCR_EL2", Hcr.NV | Hcr.NV2).Takes(2, 0x400, Trap(register, read, X0));
        }
        else
        {
            ulong word = GuestMemory.Vncr + (ulong)at;
            CaseBuilder nv2 = Begin("nv2", "is a word of the VNCR page with NV2", 32, 35).Needs("FEAT_NV2").Change("HCR_EL2", Hcr.NV | Hcr.NV2)
                .With(make, make.Idle with { Hcr = 0 }).Fill(GuestMemory.Vncr, 0x1000, 0x1111_0000, 0x11)
                .Memory(word, ~Pattern).Completes().SeesX(0, read ? ~Pattern : Pattern)
                .Sees(FieldNames.Memory(word), read ? ~Pattern : Pattern).Sees(FieldNames.Changed(GuestMemory.Vncr, 0x1000), 0);
            yield return register == "ICH_VMCR_EL2"
                ? nv2.Sees(register, make.Idle.Vmcr & VirtualInterface.VmcrMask, VirtualInterface.VmcrMask)
                : nv2.Sees(register, 0);
        }
    }

    /// <summary>The rule by which a register may be absent: the number of list registers, or of preemption levels.</summary>
    private static int Presence(string register) => register.StartsWith("ICH_LR", StringComparison.Ordinal) ? 4 : 5;

    private static bool Exists(Sizes sizes, string register) =>
        register.StartsWith("ICH_LR", StringComparison.Ordinal)
            ? int.Parse(register.AsSpan(6, register.Length - 10), CultureInfo.InvariantCulture) < sizes.ListRegisters
            : !register.StartsWith("ICH_AP", StringComparison.Ordinal) || register[8] - '0' < sizes.ActiveRegisters;
}
