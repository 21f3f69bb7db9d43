using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.Registers.Say;

namespace Conformance.Suites.Registers;

/// <summary>The hint forms of pointer authentication use the register, the modifier and the key that their names say.</summary>
/// <remarks>
/// Source: DDI 0602, PACIA, PACIB, AUTIA, AUTIB. The algorithm is the implementation's choice: each hint is compared with the
/// general form, and a pointer that was signed with one key has to come back with that key.
/// </remarks>
internal static class KeyCases
{
    private const ulong Pointer = 0x0000_0000_4030_1230;
    private const ulong Modifier = 0x1357_9BDF_0246_8ACE;

    internal static IEnumerable<CaseBuilder> All()
    {
        (string Name, int Register, string Modifier, Func<Assembler, Assembler> Sign, Func<Assembler, int, int, Assembler> Like, Func<Assembler, Assembler> Back)[] forms =
        [
            ("ia1716", X17, "X16", a => a.Pacia1716(), (a, d, n) => a.Pacia(d, n), a => a.Autia1716()),
            ("ib1716", X17, "X16", a => a.Pacib1716(), (a, d, n) => a.Pacib(d, n), a => a.Autib1716()),
            ("iaz", X30, "zero", a => a.Paciaz(), (a, d, n) => a.Pacia(d, n), a => a.Autiaz()),
            ("ibz", X30, "zero", a => a.Pacibz(), (a, d, n) => a.Pacib(d, n), a => a.Autibz()),
            ("iasp", X30, "SP", a => a.Paciasp(), (a, d, n) => a.Pacia(d, n), a => a.Autiasp()),
            ("ibsp", X30, "SP", a => a.Pacibsp(), (a, d, n) => a.Pacib(d, n), a => a.Autibsp()),
        ];
        foreach ((string name, int register, string from, Func<Assembler, Assembler> sign, Func<Assembler, int, int, Assembler> like, Func<Assembler, Assembler> back) in forms)
        {
            yield return That($"keys/{name}", $"PAC{name.ToUpperInvariant()} is the general form on X{register}, and AUT{name.ToUpperInvariant()} gives the pointer back", "REG APIAKeyLo_EL1", "REG APIBKeyLo_EL1")
                .Needs("FEAT_PAuth").Change("SCTLR_EL1", 0xC000_0000)
                .Set("APIAKeyLo_EL1", 0x0123_4567_89AB_CDEF).Set("APIAKeyHi_EL1", 0x1122_3344_5566_7788)
                .Set("APIBKeyLo_EL1", 0xFEDC_BA98_7654_3210).Set("APIBKeyHi_EL1", 0x8877_6655_4433_2211)
                .X(16, Modifier).X(17, Pointer).X(30, Pointer).X(1, Pointer).X(2, Modifier).At(1)
                .Code(a => back(Compared(sign(Moved(a, from)), like, register)).Sub(X7, register, X0).Nop())
                .Completes().SeesX(4, 0).SeesX(7, 0).SeesX(5, 1);
        }
    }

    /// <summary>X2 becomes the modifier, X0 the pointer that shall come back.</summary>
    private static Assembler Moved(Assembler a, string from) => (from switch
    {
        "SP" => a.MovSp(X2, SP),
        "zero" => a.Sub(X2, X2, X2),
        _ => a,
    }).AddImm(X0, X1, 0);

    /// <summary>X4: how the hint's result differs from the general form's; X5: 1 when it is signed at all.</summary>
    private static Assembler Compared(Assembler a, Func<Assembler, int, int, Assembler> like, int register) =>
        like(a, X1, X2).Sub(X4, X1, register).Cmp(X1, X0).Cset(X5, Cond.Ne);
}
