using static Conformance.Harness.Programs.Reg;
using static Conformance.Suites.Registers.Say;

namespace Conformance.Suites.Registers;

/// <summary>The stack pointers: SP of a level is what the level above writes under its name.</summary>
/// <remarks>Source: DDI 0487, "The stack pointer registers"; EX-289.</remarks>
internal static class StackCases
{
    internal static IEnumerable<CaseBuilder> All()
    {
        foreach (int level in (int[])[1, 2])
        {
            yield return That($"stack/sp-el{level}", $"SP at EL{level} is SP_EL{level}, and no other stack pointer is", Rule($"SP_EL{level}"))
                .Needs(level == 2 ? "FEAT_AA64EL3" : "FEAT_AA64EL2").X(1, 0x4033_7770).X(2, 0x4033_6660).At(level + 1)
                .Code(a => a.MovSp(X3, SP).Msr($"SP_EL{level}", X1).Msr("SP_EL0", X2).MovSp(X4, SP).Sub(X5, X4, X3).Mrs(X6, $"SP_EL{level}").Mrs(X7, "SP_EL0"))
                .Completes().SeesX(5, 0).SeesX(6, 0x4033_7770).SeesX(7, 0x4033_6660)
                .NextStep().At(level).Code(a => a.MovSp(X3, SP).MsrImm("SPSel", 0).MovSp(X4, SP)).Completes().SeesX(3, 0x4033_7770).SeesX(4, 0x4033_6660);
        }
    }
}
