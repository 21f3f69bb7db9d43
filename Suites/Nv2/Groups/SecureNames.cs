namespace Conformance.Suites.Nv2.Groups;

/// <summary>Registers that exist only in Secure state: EL1 names them in vain in Non-secure state, NV or not.</summary>
/// <remarks>Source: access pseudocode of VSTTBR_EL2 and VSTCR_EL2: UNDEFINED outside Secure state, before NV is asked.</remarks>
internal static class SecureNames
{
    internal static bool OnlySecure(NestedName name) => name.Register is "VSTTBR_EL2" or "VSTCR_EL2";
}
