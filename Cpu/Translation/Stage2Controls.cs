using Conformance.Cpu.Features;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Translation;

/// <summary>VTCR_EL2, VTTBR_EL2 and what HCR_EL2 says of stage 2, taken apart once.</summary>
/// <remarks>Source: DDI 0601, VTCR_EL2; rules TR-030 to TR-035, TR-059, TR-066.</remarks>
internal sealed class Stage2Controls
{
    internal Stage2Controls(CoreFeatures have, ulong hcr, ulong vtcr, ulong vttbr, bool bigEndianTables)
    {
        GranuleBits = (vtcr >> 14 & 3) switch { 1 => 16, 2 => 14, _ => 12 };
        int size = (int)vtcr & 0x3f;
        InputBits = 64 - size;
        OutputBits = TableGeometry.OutputBits(have, (int)(vtcr >> 16) & 7, GranuleBits);
        SetsAccessFlag = (vtcr >> 21 & 1) != 0;
        SetsDirty = SetsAccessFlag && (vtcr >> 22 & 1) != 0;
        ProtectsWalks = (hcr & (Hcr.PTW | Hcr.TGE)) == Hcr.PTW;
        ForcesWriteBack = (hcr & Hcr.FWB) != 0;
        CacheDisabled = (hcr & Hcr.CD) != 0;
        BigEndianTables = bigEndianTables;

        int startField = (int)(vtcr >> 6) & 3;
        StartLevel = GranuleBits == 12 ? (startField == 3 ? 3 : 2 - startField) : 3 - startField;
        bool validStart = startField != 3 || (GranuleBits == 12 && have.TTST);
        int smallest = 64 - (GranuleBits == 16 ? have.PhysicalAddressBits : Math.Min(have.PhysicalAddressBits, 48));
        bool validSize = size >= smallest && size <= TableGeometry.LargestSize(have, GranuleBits);
        if (validStart && validSize)
        {
            int indexBits = TableGeometry.IndexBits(InputBits, GranuleBits, StartLevel);
            IsConsistent = indexBits >= 1 && indexBits <= GranuleBits - 3 + 4;
            TableBase = IsConsistent ? TableGeometry.TableBase(vttbr, indexBits, OutputBits, GranuleBits) : 0;
        }
    }

    /// <summary>T0SZ and SL0 are legal and fit each other (TR-030, TR-031).</summary>
    internal bool IsConsistent { get; }

    internal int InputBits { get; }

    /// <summary>12, 14 or 16.</summary>
    internal int GranuleBits { get; }

    internal int OutputBits { get; }

    internal int StartLevel { get; }

    internal ulong TableBase { get; }

    /// <summary>HA.</summary>
    internal bool SetsAccessFlag { get; }

    /// <summary>HA and HD.</summary>
    internal bool SetsDirty { get; }

    /// <summary>HCR_EL2.PTW as it acts (TR-059).</summary>
    internal bool ProtectsWalks { get; }

    /// <summary>HCR_EL2.FWB.</summary>
    internal bool ForcesWriteBack { get; }

    /// <summary>HCR_EL2.CD.</summary>
    internal bool CacheDisabled { get; }

    /// <summary>SCTLR_EL2.EE (TR-024).</summary>
    internal bool BigEndianTables { get; }
}
