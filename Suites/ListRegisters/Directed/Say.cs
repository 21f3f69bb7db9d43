using Conformance.Harness.Cases;
using Conformance.Harness.Spec;
using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Oracle;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.ListRegisters.Directed;

/// <summary>Words of the sentences in this folder.</summary>
internal static class Say
{
    internal const ulong Undefined = 1UL << 25;

    internal static CaseBuilder That(string name, string title, params IReadOnlyList<int> rules) =>
        CaseBuilder.Case($"{CaseMaker.Suite}/{name}", title).Rules([.. rules.Select(RuleSet.Name)]);

    /// <summary>A general register as a field, under a mask.</summary>
    internal static CaseBuilder SeesX(this CaseBuilder sentence, int n, ulong value, ulong mask = ulong.MaxValue) =>
        sentence.Sees(FieldNames.General(n), value & mask, mask);

    /// <summary>HCR_EL2 of a virtual machine, with more bits.</summary>
    internal static CaseBuilder Virtual(this CaseBuilder sentence, ulong more = 0) => sentence.Change("HCR_EL2", Hcr.IMO | Hcr.FMO | more);

    /// <summary>The state of the virtual interface.</summary>
    internal static CaseBuilder With(this CaseBuilder sentence, CaseMaker make, VirtualState state)
    {
        foreach (RegisterValue register in make.Registers(state).Where(r => r.Name != "HCR_EL2"))
        {
            sentence.Set(register.Name, register.Value);
        }

        return sentence;
    }

    /// <summary>ESR of a trapped MSR or MRS (EC 0x18).</summary>
    internal static ulong Trap(string register, bool read, int rt)
    {
        SystemEncoding e = Encodings.Register(register);
        return 0x18UL << 26 | 1UL << 25 | (ulong)e.Op0 << 20 | (ulong)e.Op2 << 17 | (ulong)e.Op1 << 14 | (ulong)e.CRn << 10
            | (ulong)rt << 5 | (ulong)e.CRm << 1 | (read ? 1UL : 0);
    }
}
