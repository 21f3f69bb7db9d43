namespace Conformance.Cpu.Translation;

/// <summary>Fault status codes, bits 5:0 of the ISS of an Instruction or Data Abort.</summary>
/// <remarks>Source: DDI 0601, ESR_ELx, "ISS encoding for an exception from a Data Abort".</remarks>
internal static class FaultStatus
{
    internal const int AddressSizeLevel0 = 0x00;
    internal const int ExternalAbort = 0x10;

    // With a level from 0 to 3 added.
    internal const int Translation = 0x04;
    internal const int AccessFlag = 0x08;
    internal const int Permission = 0x0c;
    internal const int ExternalAbortOnWalk = 0x14;

    /// <summary>A synchronous External abort, of the access itself or of its walk.</summary>
    internal static bool IsExternal(int status) => status is ExternalAbort or (>= ExternalAbortOnWalk and < ExternalAbortOnWalk + 4);
    internal const int Alignment = 0x21;
}
