namespace Conformance.Cpu.Translation;

/// <summary>What an address is translated for: it decides which permissions are looked at and how a fault is reported.</summary>
internal enum AccessPurpose
{
    Read,
    Write,

    /// <summary>A read-modify-write, which needs both permissions (TR-052).</summary>
    ReadWrite,

    Fetch,

    /// <summary>AT, by its direction: checks, but makes no access and changes no dirty state (TR-131, TR-137).</summary>
    ProbeRead,
    ProbeWrite,

    /// <summary>DC by VA that cleans, IC by VA: only EL0 needs a permission.</summary>
    Maintain,

    /// <summary>DC IVAC, which may lose data and therefore needs write permission.</summary>
    Invalidate,

    /// <summary>DC ZVA: a write that no kind of Device memory takes.</summary>
    Zero,

    /// <summary>Stage 2 of the read of a stage 1 descriptor.</summary>
    WalkRead,

    /// <summary>Stage 2 of the update of a stage 1 descriptor (TR-074).</summary>
    WalkUpdate,

    /// <summary>A debugger or semihosting: no permission is needed, nothing is changed.</summary>
    Look,
}

/// <summary>What the purposes have in common.</summary>
internal static class AccessPurposes
{
    internal static bool NeedsRead(this AccessPurpose purpose) => purpose is
        AccessPurpose.Read or AccessPurpose.ReadWrite or AccessPurpose.ProbeRead or AccessPurpose.WalkRead or AccessPurpose.WalkUpdate;

    internal static bool NeedsWrite(this AccessPurpose purpose) => purpose is
        AccessPurpose.Write or AccessPurpose.ReadWrite or AccessPurpose.ProbeWrite or AccessPurpose.Invalidate or AccessPurpose.Zero
        or AccessPurpose.WalkUpdate;

    /// <summary>It writes memory, so that hardware may record dirty state (TR-069).</summary>
    internal static bool Dirties(this AccessPurpose purpose) => purpose is
        AccessPurpose.Write or AccessPurpose.ReadWrite or AccessPurpose.Zero or AccessPurpose.WalkUpdate;

    internal static bool IsWalk(this AccessPurpose purpose) => purpose is AccessPurpose.WalkRead or AccessPurpose.WalkUpdate;

    /// <summary>ISS.CM: address translation and cache maintenance; DC ZVA is neither (TR-104).</summary>
    internal static bool IsMaintenance(this AccessPurpose purpose) => purpose is
        AccessPurpose.ProbeRead or AccessPurpose.ProbeWrite or AccessPurpose.Maintain or AccessPurpose.Invalidate;

    /// <summary>WnR of a fault that does not depend on a permission (TR-104, TR-105).</summary>
    internal static bool ReportsWrite(this AccessPurpose purpose) =>
        purpose is AccessPurpose.Write or AccessPurpose.Zero || purpose.IsMaintenance();
}
