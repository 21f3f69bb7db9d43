using Conformance.Harness.Spec;
using Conformance.Suites.Access;
using Conformance.Suites.Registers;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Suites.GuestHypervisor.Switches;

/// <summary>All places of a hypervisor: those it shares with its guest, and those of EL2 alone.</summary>
/// <remarks>
/// Which registers there are, by which names each side reaches them and which bits hold comes from the register facts and the
/// access facts. The tables here say only what would act on the code of a story.
/// </remarks>
internal static class Places
{
    private const ulong All = ulong.MaxValue;

    /// <summary>Bits of a guest's registers that would change what its own code does.</summary>
    private static readonly Dictionary<string, ulong> s_acting = new(StringComparer.Ordinal)
    {
        ["SCTLR_EL1"] = 1UL << 25 | 1,       // EE, M
        ["MDSCR_EL1"] = 1,                   // SS
        ["OSDLR_EL1"] = All,                 // a locked PE may do without debug registers
        ["CNTP_CTL_EL0"] = 2,                // IMASK: a timer that nobody waits for
        ["CNTV_CTL_EL0"] = 2,
        ["CNTHP_CTL_EL2"] = 2,
        ["CNTHV_CTL_EL2"] = 2,
        ["CNTFRQ_EL0"] = All,
        ["ICC_IGRPEN0_EL1"] = All,
        ["FPCR"] = 0x0000_9F07,              // traps of exceptions
    };

    /// <summary>The same where a story uses FP registers too: FPEN, ZEN, SMEN.</summary>
    private const ulong TogetherCpacr = 0x0F33_0000;

    /// <summary>Registers of EL2 that hold EL2's own code up, or that an exception writes.</summary>
    private static readonly string[] s_own = ["VBAR_EL2", "ELR_EL2", "SPSR_EL2", "ESR_EL2", "FAR_EL2", "HPFAR_EL2"];

    /// <summary>Controls that would trap what a story of many registers does.</summary>
    private static readonly string[] s_controls =
        ["HCR_EL2", "HCRX_EL2", "CPTR_EL2", "MDCR_EL2", "HSTR_EL2", "CNTHCTL_EL2", "SCTLR_EL2", "ICH_HCR_EL2", "CNTVOFF_EL2"];

    /// <summary>Registers of the guest that a pair of behaviours names apart.</summary>
    private static readonly string[] s_exceptionRegisters = ["VBAR_EL1", "ELR_EL1", "SPSR_EL1", "SP_EL1"];

    /// <summary>True for a register of EL2 that traps or moves something of a guest.</summary>
    internal static bool IsControl(string register) =>
        s_controls.Contains(register) || register.StartsWith("HFG", StringComparison.Ordinal) || register.StartsWith("HDFG", StringComparison.Ordinal);

    /// <summary>The registers that both sides write and read.</summary>
    /// <param name="h">The hypervisor.</param>
    /// <param name="together">A story uses many of them, FP registers among them.</param>
    internal static IReadOnlyList<Place> Shared(Hypervisor h, bool together)
    {
        List<Place> places = [];
        foreach (string register in h.Reached.Where(r => !IsOfEl2(r)).Order(StringComparer.Ordinal))
        {
            if (h.GuestsName(register) is { } guests && Bits(h, register) is { Held: not 0 } bits
                && (bits.Held & ~s_acting.GetValueOrDefault(register) & ~(together && register == "CPACR_EL1" ? TogetherCpacr : 0)) is not 0 and var vary)
            {
                string own = h.For(register);
                places.Add(new Place(register, Rules(register), bits, vary)
                {
                    Puts = (a, n) => a.Msr(own, n),
                    Gets = (a, n) => a.Mrs(n, own),
                    GuestPuts = (a, n) => a.Msr(guests, n),
                    GuestGets = (a, n) => a.Mrs(n, guests),
                });
            }
        }

        places.Add(new Place("SP_EL1", Rules("SP_EL1"), new HeldBits(0x4033_1000, All, 0, 0), All)
        {
            Puts = (a, n) => a.Msr("SP_EL1", n),
            Gets = (a, n) => a.Mrs(n, "SP_EL1"),
            GuestPuts = (a, n) => a.MovSp(SP, n),
            GuestGets = (a, n) => a.MovSp(n, SP),
        });
        return places;
    }

    /// <summary>FP registers, of which the low half is looked at.</summary>
    internal static IEnumerable<Place> Vectors(int count) => Enumerable.Range(0, count).Select(v =>
        new Place($"V{v}", ["F014", "F046"], new HeldBits(0, All, 0, 0), All)
        {
            Puts = (a, n) => a.FmovDX(v, n),
            Gets = (a, n) => a.FmovXD(n, v),
            GuestPuts = (a, n) => a.FmovDX(v, n),
            GuestGets = (a, n) => a.FmovXD(n, v),
        });

    /// <summary>The registers of EL2 that hold a value while the guest runs.</summary>
    internal static IReadOnlyList<Place> OfEl2(Hypervisor h)
    {
        List<Place> places = [];
        foreach (string register in h.Reached.Where(r => IsOfEl2(r) && !s_own.Contains(r)).Order(StringComparer.Ordinal))
        {
            if ((h.Target.HighestLevel == 2 && SafeBits.IsExecutives(register, 2) && register != "HCR_EL2") || Bits(h, register) is not { } bits)
            {
                continue;
            }

            ulong vary = bits.Held & SafeBits.Of(register).Vary & ~s_acting.GetValueOrDefault(register);
            if (vary != 0)
            {
                foreach (string name in h.Names(register))
                {
                    places.Add(new Place(register, ["F003"], register == "HCR_EL2" ? bits with { Neutral = h.Hcr } : bits, vary)
                    {
                        Puts = (a, n) => a.Msr(name, n),
                        Gets = (a, n) => a.Mrs(n, name),
                    });
                }
            }
        }

        return places;
    }

    /// <summary>Registers of EL2 whose value a guest reads under another name.</summary>
    internal static IEnumerable<(Place Place, string Seen)> SeenByGuest(Hypervisor h) =>
        from pair in ((string Register, string Seen)[])[("VPIDR_EL2", "MIDR_EL1"), ("VMPIDR_EL2", "MPIDR_EL1")]
        let place = OfEl2(h).FirstOrDefault(p => p.Name == pair.Register)
        where place is not null
        select (place, pair.Seen);

    private static bool IsOfEl2(string register) => register.EndsWith("_EL2", StringComparison.Ordinal);

    /// <summary>What holds; null for views of PSTATE, and for an element that another register selects (PMXEVCNTR_EL0).</summary>
    private static HeldBits? Bits(Hypervisor h, string register) =>
        LayoutCases.IsStored(register) && Encodings.TryRegister(register, out _) && RegisterFacts.Find(register) is not null
            ? HeldBits.Of(register, h.State)
            : null;

    private static IReadOnlyList<string> Rules(string register) =>
        s_exceptionRegisters.Contains(register) ? ["F007", "F008"] : ["F007"];
}
