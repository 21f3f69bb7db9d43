using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Harness.Executive;

/// <summary>The first instructions of the executive: find the level, say hello, enter the program for it.</summary>
/// <remarks>An EL2 whose HCR_EL2.E2H cannot be 0 has a program of its own, see <see cref="ExecutiveImage"/>.</remarks>
internal static class ExecutiveBoot
{
    private const int E2h0Shift = 24; // ID_AA64MMFR4_EL1.E2H0: 0 where HCR_EL2.E2H can be 0

    internal static void Emit(Assembler a, Label[] runtimes)
    {
        a.MsrImm("DAIFSet", 15).MsrImm("SPSel", 1);
        a.Mrs(X0, "CurrentEL").Lsr(X0, X0, 2);
        a.MovImm(X1, Protocol.MailboxBase);
        a.Str(X0, X1, Protocol.Mailbox.HomeLevel);
        a.MovImm(X2, Protocol.Mailbox.Magic + Protocol.Version).Str(X2, X1, Protocol.Mailbox.Hello);
        Label e2h = a.NewLabel("e2h");
        a.CmpImm(X0, 2).BCond(Cond.Ne, e2h).Mrs(X2, "ID_AA64MMFR4_EL1").Lsr(X2, X2, E2h0Shift).MovImm(X3, 15).And(X2, X2, X3);
        a.Cbz(X2, e2h).B(runtimes[3]).Bind(e2h);
        for (int level = 1; level <= 3; level++)
        {
            Label next = a.NewLabel("next");
            a.CmpImm(X0, level).BCond(Cond.Ne, next).B(runtimes[level - 1]).Bind(next);
        }

        Label stop = a.NewLabel("stop");
        a.Bind(stop).B(stop);
    }
}
