using Conformance.Harness.Cases;
using Conformance.Harness.Spec;
using Conformance.Suites.Access;

namespace Conformance.Suites.GuestHypervisor;

/// <summary>A hypervisor at EL2 in one of its two forms: with HCR_EL2.E2H = 0, or with E2H = 1 and names of its own for EL1's registers.</summary>
internal sealed class Hypervisor
{
    private readonly AccessTarget _access;
    private readonly ILookup<string, string> _own;
    private readonly ILookup<string, string> _guests;

    private Hypervisor(SuiteTarget target, bool e2h)
    {
        _access = AccessTarget.Of(target);
        E2h = e2h;
        State = _access.Baseline.Clone();
        State["HCR_EL2.E2H"] = e2h ? 1UL : 0;
        _own = RegisterAccess.Names(2, State);
        _guests = RegisterAccess.Names(1, State);
    }

    internal SuiteTarget Target => _access.Target;

    /// <summary>HCR_EL2.E2H.</summary>
    internal bool E2h { get; }

    /// <summary>For ids.</summary>
    internal string Name => E2h ? "e2h" : "no-e2h";

    /// <summary>For titles.</summary>
    internal string Described => E2h ? "a hypervisor with E2H = 1" : "a hypervisor with E2H = 0";

    /// <summary>The contract's baseline in this form, as fields.</summary>
    internal ArchState State { get; }

    /// <summary>HCR_EL2 while nothing is trapped and nothing routed.</summary>
    internal ulong Hcr => (Baseline.Of("HCR_EL2", Target.Features) & ~ControlBits.Hcr.E2H) | (E2h ? ControlBits.Hcr.E2H : 0);

    /// <summary>The registers that have another value than the contract's in this form before a case.</summary>
    internal IEnumerable<RegisterValue> Registers
    {
        get
        {
            foreach (string register in (string[])["CPTR_EL2", "CNTHCTL_EL2"])
            {
                yield return new RegisterValue(register, Backgrounds.Of(register, State));
            }

            yield return new RegisterValue("HCR_EL2", Hcr);
        }
    }

    /// <summary>The forms that a target has; none without EL2.</summary>
    internal static IEnumerable<Hypervisor> Of(SuiteTarget target)
    {
        if (target.HighestLevel < 2)
        {
            yield break;
        }

        if (target.Features.Has("FEAT_E2H0") || !target.Features.Has("FEAT_VHE"))
        {
            yield return new Hypervisor(target, false);
        }

        if (target.Features.Has("FEAT_VHE"))
        {
            yield return new Hypervisor(target, true);
        }
    }

    /// <summary>Begins a case of this hypervisor.</summary>
    internal CaseBuilder That(string group, string name, string title, params IReadOnlyList<string> rules)
    {
        CaseBuilder says = CaseBuilder.Case($"guest-hypervisor/{group}/{Name}/{name}", $"{title} ({(E2h ? "E2H = 1" : "E2H = 0")})").Rules(rules);
        if (E2h)
        {
            says.Needs("FEAT_VHE").Rules("F041");
        }
        else if (Target.Features.Has("FEAT_VHE"))
        {
            says.Needs("FEAT_E2H0");
        }

        foreach (RegisterValue register in Registers)
        {
            if (register.Value != Baseline.Of(register.Name, Target.Features))
            {
                says.Set(register.Name, register.Value);
            }
        }

        return says;
    }

    /// <summary>Every register that code at EL2 can write and read.</summary>
    internal IEnumerable<string> Reached => _own.Select(n => n.Key);

    /// <summary>The names by which code at EL2 reaches a register, the register's own first; none if it cannot.</summary>
    internal IReadOnlyList<string> Names(string register) => [.. _own[register].OrderBy(n => n == register ? 0 : 1)];

    /// <summary>The name by which code at EL2 reaches a register: SCTLR_EL12 for SCTLR_EL1 where E2H is 1.</summary>
    internal string For(string register) => Names(register) is [var first, ..]
        ? first
        : throw new InvalidOperationException($"EL2 has no name for {register}: a bug in the suite.");

    /// <summary>The name by which the guest's EL1 reaches a register, or null.</summary>
    internal string? GuestsName(string register) => _guests[register].FirstOrDefault();
}
