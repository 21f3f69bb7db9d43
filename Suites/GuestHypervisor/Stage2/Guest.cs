using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Suites.GuestHypervisor.Stage2;

/// <summary>Turns of a guest under one stage 2, said one by one: what the hypervisor changes, what the guest does, what is seen.</summary>
internal sealed class Guest(Hypervisor h, CaseBuilder says, Space space)
{
    private const ulong VmBit = 1;
    private const int Called = 0x53;
    private bool _first = true;

    /// <summary>Bits of VTCR_EL2 beyond those of the space.</summary>
    internal ulong MoreVtcr { get; init; }

    /// <summary>Syndrome of a stage 2 Data Abort with a valid ISS: a load or store of one register.</summary>
    /// <param name="status">Fault status.</param>
    /// <param name="size">log2 of the bytes.</param>
    /// <param name="rt">The register.</param>
    /// <param name="wide">It is an X register.</param>
    /// <param name="store">A store.</param>
    /// <param name="signed">The load extends the sign.</param>
    internal static ulong Abort(ulong status, int size, int rt, bool wide, bool store, bool signed = false) =>
        0x24UL << 26 | 1UL << 25 | 1UL << 24 | (ulong)size << 22 | (signed ? 1UL << 21 : 0) | (ulong)rt << 16 | (wide ? 1UL << 15 : 0) | (store ? 1UL << 6 : 0) | status;

    /// <summary>A turn. The outcome is said behind it; the guest's last act is HVC #0x53.</summary>
    /// <param name="hypervisor">What is done before the guest runs; stage 2 is on by then.</param>
    /// <param name="guest">Its code.</param>
    /// <returns>The address of the guest's first instruction, and the address behind its HVC.</returns>
    internal (ulong At, ulong Behind) Turn(Action<Assembler> hypervisor, Action<Assembler> guest)
    {
        if (!_first)
        {
            says.NextStep();
        }

        bool first = _first;
        ulong at = 0;
        (uint[] code, ulong behind) = Turns.Code(
            a =>
            {
                a.MovImm(X0, space.Vtcr | MoreVtcr).Msr("VTCR_EL2", X0).MovImm(X0, space.Vttbr).Msr("VTTBR_EL2", X0).MovImm(X0, h.Hcr | VmBit).Msr("HCR_EL2", X0).Isb();
                if (first)
                {
                    a.Dsb().Tlbi("ALLE1").Dsb().Ic("IALLU").Dsb().Isb();
                }

                hypervisor(a);
            },
            Spsr.At(1),
            a =>
            {
                at = a.Here;
                guest(a);
                a.Hvc(Called);
            });
        _first = false;
        says.At(2).Code(code);
        return (at, behind);
    }

    /// <summary>The guest came to its call.</summary>
    internal CaseBuilder Calls(ulong behind) => says.Takes(2, vector: 0x400, esr: Turns.Called(Called), elr: behind);

    /// <summary>A word of the tables is written.</summary>
    internal static void Write(Assembler a, ulong address, ulong word) => a.MovImm(X0, address).MovImm(X1, word).Str(X1, X0).Dsb().Isb();

    /// <summary>The last step: stage 2 is off.</summary>
    internal CaseBuilder End() => says.NextStep().Alone(a => a.MovImm(X0, h.Hcr).Msr("HCR_EL2", X0).Isb());
}
