using Conformance.Harness.Programs;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Exceptions.Rules;

/// <summary>The access check that guards every FP and SIMD instruction: EX-174 to EX-178.</summary>
internal static class FloatingPoint
{
    private const int Fpen = 20;
    private const uint Iss = 1u << 24 | 0xEu << 20; // EX-117

    internal static readonly IReadOnlyList<Instruction> All =
    [
        Row("FMOV D0, X0", Instruction.Encode(a => a.FmovDX(0, 0)), null),
        Row("FADD D0, D1, D2", 0x1E62_2820, null),
        Row("ADD V0.16B, V1.16B, V2.16B", 0x4E22_8420, null),
        Row("LDR D0, [SP]", 0xFD40_03E0, s => StackPointer(s, 8)),
        Row("STR Q0, [SP]", 0x3D80_03E0, s => StackPointer(s, 16)),
        Row("MRS X3, FPCR", Instruction.Encode(a => a.Mrs(Reg.X3, "FPCR")), null),
        Row("MSR FPSR, XZR", Instruction.Encode(a => a.Msr("FPSR", Reg.XZR)), null),
    ];

    private static Instruction Row(string name, uint word, Func<Situation, Answer?>? then) => Instruction.Of(name, word, s =>
        Check(s) ?? then?.Invoke(s) ?? Answer.Completes(s.Next(), "EX-178"));

    /// <summary>With the MMU off memory is Device, where an access that is not aligned to its size faults: not for here.</summary>
    private static Answer? StackPointer(Situation s, ulong size) =>
        Memory.SpAlignment(s, "EX-220") ?? ((s.Sp & (size - 1)) != 0 ? Answer.Unknown("unaligned access to Device memory") : null);

    /// <summary>The trap, or null when the access is open.</summary>
    internal static Answer? Check(Situation s)
    {
        if (!s.Has("FEAT_FP"))
        {
            return Instruction.Undefined(s, "EX-151");
        }

        if (s.Level <= 1 && !s.Host0)
        {
            ulong cpacr = s.Read("CPACR_EL1") >> Fpen & 3;
            if ((cpacr & 1) == 0 || (cpacr == 1 && s.Level == 0))
            {
                return s.Level == 0 && s.Tge
                    ? Answer.Takes(2, 0x00, 0, "EX-174", "EX-138", "EX-114", "EX-083")
                    : Answer.Takes(1, 0x07, Iss, "EX-174", "EX-117", "EX-215", "EX-083");
            }
        }

        if (s.Level <= 2 && s.El2Enabled)
        {
            ulong cptr = s.Read("CPTR_EL2");
            ulong fpen = cptr >> Fpen & 3;
            bool trap = s.E2h
                ? (fpen & 1) == 0 || (fpen == 1 && s.Level == 0 && s.Tge)
                : (cptr & CptrEl2.TFP) != 0;
            if (trap)
            {
                return Answer.Takes(2, 0x07, Iss, s.E2h ? "EX-176" : "EX-175", "EX-117", "EX-215", "EX-083");
            }
        }

        return s.HaveEl3 && (s.Read("CPTR_EL3") & CptrEl3.TFP) != 0
            ? Answer.Takes(3, 0x07, Iss, "EX-177", "EX-117", "EX-083")
            : null;
    }
}
