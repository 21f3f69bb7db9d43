namespace Conformance.Harness.Spec;

/// <summary>Registers whose layout depends on their own value or on AArch32, for which the facts have no plain condition.</summary>
internal static class ValueLayouts
{
    /// <summary>The index of the layout for a value, or null if plain conditions decide.</summary>
    internal static int? Choose(RegisterInfo register, ulong value) => register.Name switch
    {
        // Exception from AArch32 if M[4] is set, else from AArch64.
        "SPSR_EL1" or "SPSR_EL2" or "SPSR_EL3" or "DSPSR_EL0" => (value & 0x10) != 0 ? 0 : 1,

        // The 64-bit form, translation successful (F = 0) or not.
        "PAR_EL1" => (value & 1) == 0 ? 4 : 5,

        // EL1 uses AArch64 in every case of this suite.
        "VSESR_EL2" => 1,
        "VDISR_EL2" => 0,
        _ => null,
    };
}
