using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Harness.Executive;

/// <summary>The subroutine that gives every baseline register its value before a case, made for one device.</summary>
/// <remarks>
/// It reads first and writes only what differs: on an emulator a system-register write costs far more than a read (it ends a
/// translated block and may flush the TLB), and most registers are as they should be.
/// </remarks>
internal static class BaselineRoutine
{
    internal static byte[] For(HomeProfile home)
    {
        var a = new Assembler(Protocol.BaselineBase);
        foreach (Baseline.Row row in home.BaselineRows)
        {
            string name = home.NameOf(row.Register);
            a.MovImm(X1, row.Register == "HCR_EL2" ? HomeProfile.Hcr(row.Value, home.HostExtensions) : row.Value);
            if (IsWriteOnly(row.Register))
            {
                a.Msr(name, X1);
                continue;
            }

            Label same = a.NewLabel(row.Register);
            a.Mrs(X0, name).Cmp(X0, X1).BCond(Cond.Eq, same).Msr(name, X1).Bind(same);
        }

        return a.Isb().Ret().ToBytes();
    }

    private static bool IsWriteOnly(string register) => register is "OSLAR_EL1";
}
