using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Harness.Executive;

/// <summary>The first instructions of the executive: find the level, say hello, enter the program for it.</summary>
internal static class ExecutiveBoot
{
    internal static void Emit(Assembler a, Label[] runtimes)
    {
        a.MsrImm("DAIFSet", 15).MsrImm("SPSel", 1);
        a.Mrs(X0, "CurrentEL").Lsr(X0, X0, 2);
        a.MovImm(X1, Protocol.MailboxBase);
        a.Str(X0, X1, Protocol.Mailbox.HomeLevel);
        a.MovImm(X2, Protocol.Mailbox.Magic + Protocol.Version).Str(X2, X1, Protocol.Mailbox.Hello);
        for (int level = 1; level <= 3; level++)
        {
            Label next = a.NewLabel("next");
            a.CmpImm(X0, level).BCond(Cond.Ne, next).B(runtimes[level - 1]).Bind(next);
        }

        Label stop = a.NewLabel("stop");
        a.Bind(stop).B(stop);
    }
}
