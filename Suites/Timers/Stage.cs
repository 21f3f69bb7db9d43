using Conformance.Harness.Cases;
using Conformance.Suites.Exceptions;

namespace Conformance.Suites.Timers;

/// <summary>A state of the controls that a timer rule reads, to build cases on.</summary>
/// <param name="Name">For ids.</param>
/// <param name="Level">The level of the access.</param>
/// <param name="Hcr">HCR_EL2 on top of the baseline.</param>
/// <param name="Scr">SCR_EL3, whole.</param>
/// <param name="Cnthctl">CNTHCTL_EL2, whole.</param>
/// <param name="Cntkctl">CNTKCTL_EL1, whole.</param>
/// <param name="VirtualOffset">CNTVOFF_EL2.</param>
/// <param name="PhysicalOffset">CNTPOFF_EL2, where there is one.</param>
internal sealed record Stage(string Name, int Level, ulong Hcr, ulong Scr, ulong Cnthctl, ulong Cntkctl, ulong VirtualOffset, ulong PhysicalOffset)
{
    /// <summary>Every enable of both layouts: nothing of the EL0 and guest controls traps.</summary>
    internal const ulong AllOpen = ControlBits.Cnthctl.EL0PCTEN | ControlBits.Cnthctl.EL0VCTEN | ControlBits.Cnthctl.EL0VTEN | ControlBits.Cnthctl.EL0PTEN
        | ControlBits.Cnthctl.EL1PCTEN | ControlBits.Cnthctl.EL1PTEN;

    /// <summary>The same of CNTKCTL_EL1.</summary>
    internal const ulong AllOpenBelow = ControlBits.Cntkctl.EL0PCTEN | ControlBits.Cntkctl.EL0VCTEN | ControlBits.Cntkctl.EL0VTEN | ControlBits.Cntkctl.EL0PTEN;

    private static readonly (string Name, ulong Bits)[] s_hosts =
        [("", 0), ("-tge", ControlBits.Hcr.TGE), ("-e2h", ControlBits.Hcr.E2H), ("-host", ControlBits.Hcr.TGE | ControlBits.Hcr.E2H)];

    /// <summary>{E2H, TGE} as far as the target has them.</summary>
    internal static IEnumerable<(string Name, ulong Bits)> Hosts(SuiteTarget target) =>
        s_hosts.Where(h => (h.Bits & ControlBits.Hcr.E2H) != 0 ? target.Features.Has("FEAT_VHE") : target.Features.Has("FEAT_E2H0") || !target.Features.Has("FEAT_VHE"));

    /// <summary>The registers of the state, in the order of writing.</summary>
    internal IReadOnlyList<RegisterValue> Registers(SuiteTarget target)
    {
        List<RegisterValue> all = [new("CNTVOFF_EL2", VirtualOffset), new("CNTHCTL_EL2", Cnthctl), new("CNTKCTL_EL1", Cntkctl)];
        if (target.Features.Has("FEAT_ECV_POFF"))
        {
            all.Add(new("CNTPOFF_EL2", PhysicalOffset));
        }

        if (target.HighestLevel == 3)
        {
            all.Add(new("SCR_EL3", Scr));
        }

        all.Add(new("HCR_EL2", Baseline.Of("HCR_EL2") | Hcr));
        return all;
    }

    /// <summary>The state as the oracle reads it; null if it does not exist.</summary>
    internal Situation? Start(SuiteTarget target)
    {
        Situation s = new(target, Spsr.At(Level), GuestMemory.Code, Registers(target), new Dictionary<int, ulong>());
        return Level <= target.HighestLevel && Story.IsLegal(s) ? s : null;
    }

    /// <summary>Sets the registers in the step being said.</summary>
    internal CaseBuilder In(CaseBuilder says, SuiteTarget target)
    {
        foreach (RegisterValue register in Registers(target))
        {
            says.Set(register.Name, register.Value);
        }

        return says.At(Level);
    }
}
