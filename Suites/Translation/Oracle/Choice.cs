namespace Conformance.Suites.Translation.Oracle;

/// <summary>Where the documents leave a choice that changes what is seen. A clear bit is the first alternative.</summary>
[Flags]
public enum Choice
{
    None = 0,

    /// <summary>TnSZ outside its range: Translation fault, or the nearest legal value (TR-013).</summary>
    SizeIsClamped = 1 << 0,

    /// <summary>The same for VTCR_EL2.T0SZ.</summary>
    Stage2SizeIsClamped = 1 << 1,

    /// <summary>A reserved granule code: two bits that choose 4K, 16K or 64K (TR-011).</summary>
    ReservedGranuleIs16K = 1 << 2,
    ReservedGranuleIs64K = 1 << 3,

    /// <summary>64K granule, PS below 6, descriptor bits 15:12 not zero: Address size fault, or the bits count as 0 (TR-023).</summary>
    HighBitsAreZero = 1 << 4,

    /// <summary>Fetch from Device memory: Permission fault, or as from Normal Non-cacheable memory (TR-053).</summary>
    DeviceIsFetched = 1 << 5,

    /// <summary>AT sets no access flag, or does (TR-137). Asked only where the update itself would fault.</summary>
    AtUpdates = 1 << 6,

    /// <summary>After a Permission or Alignment fault no access flag is set, or it is (TR-068). Asked as above.</summary>
    FaultUpdates = 1 << 7,

    /// <summary>{NV1, NV} = {1, 0}: the EL1 format of descriptors changes, or does not (F065).</summary>
    Nv1AloneHasNoEffect = 1 << 8,

    /// <summary>Cache maintenance finds AF = 0: Access flag fault, or none (shared pseudocode, S1Walk).</summary>
    MaintenanceIgnoresFlag = 1 << 9,

    /// <summary>IC IVAU at EL0 without read permission: Permission fault, or none (shared pseudocode, S1CheckPermissions).</summary>
    IvauIgnoresPermission = 1 << 10,
}

/// <summary>One way to make the choices, and which of them were met on the way.</summary>
public sealed class Choices
{
    private Choice _made;

    /// <summary>Those that were asked for.</summary>
    public Choice Asked { get; private set; }

    /// <summary>True if the second alternative is taken.</summary>
    public bool Takes(Choice choice)
    {
        Asked |= choice;
        return (_made & choice) != 0;
    }

    internal void Begin(Choice made)
    {
        _made = made;
        Asked = Choice.None;
    }
}
