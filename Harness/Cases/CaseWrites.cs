using Conformance.Harness.Spec;

namespace Conformance.Harness.Cases;

/// <summary>Whether a case writes a system register: as its state, or by an MSR in its code.</summary>
internal static class CaseWrites
{
    private const uint Msr = 0xD500_0000; // with op0:op1:CRn:CRm:op2 in bits 20:5
    private const uint Rt = 0x1F;

    /// <summary>True when a value that is not 0 may be written, XZR being the one source that is known to be 0.</summary>
    /// <exception cref="ArgumentException">There is no such register.</exception>
    internal static bool To(string register, Case @case)
    {
        uint msr = Msr | (Encodings.Register(register).Bits << 5);
        bool Sets(IReadOnlyList<RegisterValue> registers) => registers.Any(r => r.Name == register && r.Value != 0);

        return Sets(@case.Registers)
            || @case.Steps.Any(s => Sets(s.Registers) || s.Code.Any(word => (word & ~Rt) == msr && (word & Rt) != Rt));
    }
}
