namespace Conformance.Cpu.Translation;

/// <summary>Fault status codes, bits 5:0 of the ISS of an Instruction or Data Abort.</summary>
/// <remarks>Source: DDI 0601, ESR_ELx, "ISS encoding for an exception from a Data Abort".</remarks>
internal static class FaultStatus
{
    internal const int AddressSizeLevel0 = 0x00;
    internal const int ExternalAbort = 0x10;
    internal const int Alignment = 0x21;
}
