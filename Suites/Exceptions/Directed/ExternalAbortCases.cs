using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Exceptions.Directed.Say;

namespace Conformance.Suites.Exceptions.Directed;

/// <summary>Synchronous External aborts: who takes them, and by which vector (EX-025, EX-104, EX-113, EX-130, EX-167).</summary>
/// <remarks>
/// The address is one behind which nothing is. Whether that gives an abort is a matter of the system, so the first step of a case
/// is a load from there: if it went through (X5 = 1), the access of the second step may go through as well.
/// </remarks>
internal static class ExternalAbortCases
{
    private const ulong Kept = 0x5A5A_1234_9876_A5A5; // what no board reads where nothing is
    private const ulong External = 0x10;
    private const ulong Write = 1 << 6;
    private const ulong Vncr = 1 << 13;
    private const ulong FnV = 1 << 10;
    private const ulong Left = (1 << 9) | (3 << 11); // EA and SET say what the system knows of the error

    internal static IEnumerable<CaseBuilder> All() => [.. Data(), .. Page(), .. Size()];

    private static IEnumerable<CaseBuilder> Data()
    {
        foreach ((string name, int level, ulong hcr, ulong scr, int target, uint vector, ulong ec) in ((string, int, ulong, ulong, int, uint, ulong)[])
        [
            ("el0", 0, 0, 0, 1, 0x400, 0x24), ("el1", 1, 0, 0, 1, 0x200, 0x25), ("el2", 2, 0, 0, 2, 0x200, 0x25), ("el3", 3, 0, 0, 3, 0x200, 0x25),
            ("el0-tge", 0, Hcr.TGE, 0, 2, 0x400, 0x24), ("el0-tea", 0, Hcr.TEA, 0, 2, 0x400, 0x24), ("el1-tea", 1, Hcr.TEA, 0, 2, 0x400, 0x24),
            ("el2-tea", 2, Hcr.TEA, 0, 2, 0x200, 0x25), ("el3-tea", 3, Hcr.TEA, 0, 3, 0x200, 0x25),
            ("el0-ea", 0, 0, Scr.EA, 3, 0x400, 0x24), ("el1-ea", 1, 0, Scr.EA, 3, 0x400, 0x24), ("el2-ea", 2, 0, Scr.EA, 3, 0x400, 0x24),
            ("el3-ea", 3, 0, Scr.EA, 3, 0x200, 0x25), ("el1-ea-tea", 1, Hcr.TEA, Scr.EA, 3, 0x400, 0x24),
            ("el1-ease", 1, 0, Scr.EASE, 1, 0x200, 0x25), ("el2-ea-ease", 2, 0, Scr.EA | Scr.EASE, 3, 0x580, 0x24),
            ("el3-ea-ease", 3, 0, Scr.EA | Scr.EASE, 3, 0x380, 0x25), ("el3-ease", 3, 0, Scr.EASE, 3, 0x380, 0x25),
        ])
        {
            foreach (bool write in (bool[])[false, true])
            {
                CaseBuilder sentence = That(
                    $"external/{name}-{(write ? "store" : "load")}", $"An External abort of EL{level} is taken to EL{target} by vector 0x{vector:x}",
                    ["EX-167", "EX-104", .. (scr & Scr.EASE) != 0 ? (string[])["EX-025"] : []])
                    .Needs("FEAT_AA64EL3", (scr & Scr.EASE) != 0 ? "FEAT_DoubleFault" : "FEAT_AA64EL2", (hcr & Hcr.TEA) != 0 ? "FEAT_RAS" : "FEAT_AA64EL2")
                    .Change("HCR_EL2", hcr).Change("SCR_EL3", scr, Scr.EA | (scr & Scr.EASE));
                Asks(sentence).At(level).Code(a => Answer(a, x => write ? x.Str(X3, X1) : x.Ldr(X3, X1)));
                yield return Aborts(sentence, target, vector, (ec << 26) | 0x0200_0000 | External | (write ? Write : 0), Spsr.At(level), GuestMemory.Nothing)
                    .Or("no abort").Completes().Sees("X5", 1);
            }
        }
    }

    /// <summary>A register access that becomes one of the VNCR page, and nothing is there.</summary>
    private static IEnumerable<CaseBuilder> Page()
    {
        foreach ((string name, ulong scr, int target, uint vector, ulong ec) in ((string, ulong, int, uint, ulong)[])
            [("vncr", 0, 2, 0x400, 0x25), ("vncr-ea", Scr.EA, 3, 0x400, 0x24), ("vncr-ea-ease", Scr.EA | Scr.EASE, 3, 0x580, 0x24), ("vncr-ease", Scr.EASE, 2, 0x400, 0x25)])
        {
            foreach (bool write in (bool[])[false, true])
            {
                CaseBuilder sentence = That(
                    $"external/{name}-{(write ? "msr" : "mrs")}", $"An External abort of the VNCR page is taken to EL{target}", "EX-167", "EX-113", "EX-130", "EX-101")
                    .Needs("FEAT_AA64EL3", "FEAT_NV2", (scr & Scr.EASE) != 0 ? "FEAT_DoubleFault" : "FEAT_NV2")
                    .Change("HCR_EL2", Hcr.NV | Hcr.NV2).Change("SCR_EL3", scr, Scr.EA | (scr & Scr.EASE)).Set("VNCR_EL2", GuestMemory.Nothing);
                Asks(sentence).At(1).Code(a => Answer(a, x => write ? x.Msr("VTCR_EL2", X3) : x.Mrs(X3, "VTCR_EL2")));
                yield return Aborts(sentence, target, vector, (ec << 26) | 0x0200_0000 | External | Vncr | (write ? Write : 0), El1, GuestMemory.Nothing + 0x40)
                    .Or("no abort").Completes().Sees("X5", 1);
            }
        }
    }

    /// <summary>A fault of the VNCR page that is no External abort goes to EL2 whatever SCR_EL3.EA says: here an Address size fault.</summary>
    private static IEnumerable<CaseBuilder> Size()
    {
        const ulong outside = 0xFFF0_0000_0000_0000; // beyond every physical address size, and properly sign-extended
        foreach ((string name, ulong scr) in ((string, ulong)[])[("plain", 0), ("ea", Scr.EA)])
        {
            foreach (bool write in (bool[])[false, true])
            {
                yield return That($"external/vncr-size-{name}-{(write ? "msr" : "mrs")}", "An Address size fault of the VNCR page is taken to EL2, External aborts or not", "EX-130", "EX-101")
                    .Needs("FEAT_AA64EL3", "FEAT_NV2").Change("HCR_EL2", Hcr.NV | Hcr.NV2).Change("SCR_EL3", scr, Scr.EA).Set("VNCR_EL2", outside).X(3, Kept).At(1)
                    .Code(a => write ? a.Msr("VTCR_EL2", X3) : a.Mrs(X3, "VTCR_EL2"))
                    .Takes(2, 0x400, (0x25UL << 26) | 0x0200_0000 | Vncr | (write ? Write : 0), Code, El1, outside + 0x40).Sees("X3", Kept);
            }
        }
    }

    /// <summary>The first step: does a load from there abort? If not, it changes X3.</summary>
    private static CaseBuilder Asks(CaseBuilder sentence) => sentence.X(1, GuestMemory.Nothing).X(3, Kept).X(4, Kept).At(2)
        .Code(a => a.Ldr(X3, X1)).SeesAny(FieldNames.Target, 0, 1, 2, 3).NextStep();

    /// <summary>The second step: the answer into X5, without flags, then the access.</summary>
    private static Assembler Answer(Assembler a, Func<Assembler, Assembler> access) =>
        access(a.Sub(X6, X3, X4).Neg(X7, X6).Orr(X6, X6, X7).Lsr(X5, X6, 63).AddImm(X3, X4, 0));

    /// <summary>FAR holds the address, unless FnV says that it does not.</summary>
    private static CaseBuilder Aborts(CaseBuilder sentence, int target, uint vector, ulong esr, ulong spsr, ulong address) => sentence
        .Outcome("abort").Takes(target, vector, elr: Code + 20, spsr: spsr, far: address).Sees(FieldNames.Esr, esr, ~Left).Sees("X3", Kept)
        .Or("abort, address not known").Takes(target, vector, elr: Code + 20, spsr: spsr).Sees(FieldNames.Esr, esr | FnV, ~Left).Sees("X3", Kept);
}
