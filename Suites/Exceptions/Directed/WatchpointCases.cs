using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Exceptions.Directed.Say;

namespace Conformance.Suites.Exceptions.Directed;

/// <summary>Watchpoint exceptions by address: direction, bytes, mask, level, and where they go (EX-135, EX-163, EX-164).</summary>
/// <remarks>Source: DDI 0601, DBGWCR&lt;n&gt;_EL1 and DBGWVR&lt;n&gt;_EL1. Linked watchpoints are not here.</remarks>
internal static class WatchpointCases
{
    private const ulong At = GuestMemory.Data + 0x100;
    private const ulong Enabled = 1;
    private const ulong AtEl1 = 1UL << 1;
    private const ulong AtEl0 = 2UL << 1;
    private const ulong Loads = 1UL << 3;
    private const ulong Stores = 2UL << 3;
    private const ulong AllBytes = 0xFFUL << 5;
    private const ulong Everything = Enabled | AtEl1 | AtEl0 | Loads | Stores | AllBytes;

    /// <summary>WPT and WPTV: which watchpoint it was may be said (FEAT_Debugv8p2).</summary>
    private const ulong Number = 0x7FUL << 17;

    internal static IEnumerable<CaseBuilder> All()
    {
        foreach ((string name, ulong direction, bool load, bool store) in ((string, ulong, bool, bool)[])
            [("loads", Loads, true, false), ("stores", Stores, false, true), ("both", Loads | Stores, true, true)])
        {
            yield return Hit($"{name}-load", 0, (Everything & ~(Loads | Stores)) | direction, At, a => a.Ldr(X2, X1), load, write: false);
            yield return Hit($"{name}-store", 0, (Everything & ~(Loads | Stores)) | direction, At, a => a.Str(X2, X1), store, write: true);
        }

        foreach ((string name, int level, ulong levels, bool hit) in ((string, int, ulong, bool)[])
            [("el0-by-el0", 0, AtEl0, true), ("el0-by-el1", 0, AtEl1, false), ("el1-by-el1", 1, AtEl1, true), ("el1-by-el0", 1, AtEl0, false)])
        {
            yield return Hit(name, level, (Everything & ~(AtEl0 | AtEl1)) | levels, At, a => a.Ldr(X2, X1), hit, write: false);
        }

        for (int n = 0; n < 8; n++)
        {
            ulong bytes = (Everything & ~AllBytes) | 1UL << (5 + n);
            yield return Hit($"byte-{n}", 0, bytes, At + (ulong)n, a => a.Ldrb(X2, X1), true, write: false);
            yield return Hit($"byte-beside-{n}", 0, bytes, At + (ulong)(n ^ 1), a => a.Ldrb(X2, X1), false, write: false);
        }

        foreach ((string name, ulong mask, ulong offset, bool hit) in ((string, ulong, ulong, bool)[])
            [("none-next", 0, 8, false), ("none-before", 0, ~7UL, false), ("16-inside", 4, 8, true), ("16-next", 4, 16, false), ("256-inside", 8, 0xF8, true), ("256-next", 8, 0x100, false)])
        {
            yield return Hit($"mask-{name}", 0, Everything | mask << 24, unchecked(At + offset), a => a.Ldr(X2, X1), hit, write: false);
        }

        yield return Hit("disabled", 0, Everything & ~Enabled, At, a => a.Ldr(X2, X1), false, write: false);
        yield return Hit("word", 0, (Everything & ~AllBytes) | 0xFUL << 5, At + 4, a => a.LdrW(X2, X1), true, write: false).Set("DBGWVR0_EL1", At + 4);
        yield return Hit("word-before", 0, (Everything & ~AllBytes) | 0xFUL << 5, At, a => a.LdrW(X2, X1), false, write: false).Set("DBGWVR0_EL1", At + 4);
        yield return Watched("no-mde", "MDSCR_EL1.MDE = 0: no watchpoint", 0, Everything, At, a => a.Ldr(X2, X1)).Set("MDSCR_EL1", 0).Completes();
        yield return Watched("locked", "OS Lock: no watchpoint", 0, Everything, At, a => a.Ldr(X2, X1)).Set("OSLAR_EL1", 1).Completes();
        yield return Watched("el1-masked", "PSTATE.D = 1: no watchpoint at EL1", 1, Everything, At, a => a.Ldr(X2, X1)).Pstate(Spsr.At(1)).Completes();
        foreach (int level in (int[])[0, 1])
        {
            yield return Watched($"el{level}-tde", $"TDE: a watchpoint at EL{level} goes to EL2", level, Everything, At, a => a.Str(X2, X1))
                .Needs("FEAT_AA64EL2").Change("MDCR_EL2", MdcrEl2.TDE).Takes(2, 0x400, elr: Code + 4).Sees(FieldNames.Esr, 0xD200_0062, ~Number).Sees(FieldNames.Far, At, ~7UL);
        }
    }

    private static CaseBuilder Hit(string name, int level, ulong control, ulong address, Func<Assembler, Assembler> access, bool hit, bool write)
    {
        CaseBuilder sentence = Watched(name, $"DBGWCR0_EL1 = 0x{control:x}, access at offset 0x{unchecked(address - At):x}: {(hit ? "a" : "no")} watchpoint", level, control, address, access);
        return hit
            ? sentence.Takes(1, level == 1 ? 0x200u : 0x400u, elr: Code + 4)
                .Sees(FieldNames.Esr, (level == 1 ? 0xD600_0022UL : 0xD200_0022) | (write ? 0x40UL : 0), ~Number).Sees(FieldNames.Far, address, ~7UL)
            : sentence.Completes();
    }

    private static CaseBuilder Watched(string name, string title, int level, ulong control, ulong address, Func<Assembler, Assembler> access) =>
        That($"debug/watchpoint/{name}", title, "EX-135", "EX-163", "EX-164")
            .Set("DBGWVR0_EL1", At).Set("DBGWCR0_EL1", control).Set("MDSCR_EL1", Mdscr.MDE | Mdscr.KDE)
            .X(1, address).Pstate(level == 1 ? Spsr.At(1).Without(Spsr.D) : Spsr.At(0)).Code(a => access(a.Nop()).Nop());
}
