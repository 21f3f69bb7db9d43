using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Exceptions.Rules;

/// <summary>Pointer authentication: enables, traps (EX-179, EX-180), and the key registers (EX-181).</summary>
internal static class PointerAuthentication
{
    internal static readonly IReadOnlyList<Instruction> All =
    [
        Row("PACIA X3, X4", Instruction.Encode(a => a.Pacia(3, 4)), Sctlr.EnIA, hint: false),
        Row("PACIB X3, X4", Instruction.Encode(a => a.Pacib(3, 4)), Sctlr.EnIB, hint: false),
        Row("PACDA X3, X4", Instruction.Encode(a => a.Pacda(3, 4)), Sctlr.EnDA, hint: false),
        Row("PACDB X3, X4", Instruction.Encode(a => a.Pacdb(3, 4)), Sctlr.EnDB, hint: false),
        Row("PACIASP", Instruction.Encode(a => a.Paciasp()), Sctlr.EnIA, hint: true),
        Row("PACIBZ", Instruction.Encode(a => a.Pacibz()), Sctlr.EnIB, hint: true),
        Row("PACGA X3, X4, X5", Instruction.Encode(a => a.Pacga(3, 4, 5)), 0, hint: false),
        Instruction.Of("XPACI X3", Instruction.Encode(a => a.Xpaci(3)), s =>
            s.Has("FEAT_PAuth") ? Answer.Completes(s.Next(), "EX-180") : Instruction.Undefined(s, "EX-151")),
        Instruction.Of("XPACLRI", Instruction.Encode(a => a.Xpaclri()), s => Answer.Completes(s.Next(), "EX-180")),
    ];

    /// <summary>PACIA Xd, Xn on a known address, so that ERETAA can authenticate it.</summary>
    internal static Instruction Sign(int xd, int xn, bool keyB) =>
        Instruction.Of($"PACI{(keyB ? 'B' : 'A')} X{xd}, X{xn}", Instruction.Encode(a => keyB ? a.Pacib(xd, xn) : a.Pacia(xd, xn)),
            s => Check(s, keyB ? Sctlr.EnIB : Sctlr.EnIA) ?? Answer.Completes(s.Next()));

    /// <summary>The trap of an instruction with a key enable (0: it has none), or null.</summary>
    internal static Answer? Check(Situation s, ulong enable)
    {
        if (enable != 0 && !s.Sctlr(enable))
        {
            return null; // EX-179
        }

        if (s.Level <= 1 && !(s.Level == 0 && s.Host0) && !s.Hcr(Hcr.API))
        {
            return Answer.Takes(2, 0x09, 0, "EX-180", "EX-216", "EX-118", "EX-083");
        }

        return s.Level <= 2 && s.HaveEl3 && !s.Scr(Scr.API)
            ? Answer.Takes(3, 0x09, 0, "EX-180", "EX-216", "EX-118", "EX-083")
            : null;
    }

    /// <summary>Forms in the hint space are NOPs without the feature, the others UNDEFINED.</summary>
    private static Instruction Row(string name, uint word, ulong enable, bool hint) => Instruction.Of(name, word, s =>
        !s.Has("FEAT_PAuth")
            ? hint ? Answer.Completes(s.Next(), "EX-179") : Instruction.Undefined(s, "EX-151")
            : Check(s, enable) ?? Answer.Completes(s.Next(), enable == 0 ? "EX-180" : "EX-179"));
}
