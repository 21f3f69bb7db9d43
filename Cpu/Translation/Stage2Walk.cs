using Conformance.Cpu.Features;

namespace Conformance.Cpu.Translation;

/// <summary>Stage 2 of address translation.</summary>
/// <remarks>
/// Source: rules TR-030 to TR-037, TR-055 to TR-060, TR-065 to TR-069, TR-082 to TR-088; PC AArch64.S2Translate,
/// AArch64.S2CheckPermissions.
/// </remarks>
internal static class Stage2Walk
{
    /// <summary>Translates an IPA to the PA.</summary>
    /// <param name="core">The PE.</param>
    /// <param name="controls">Of stage 2.</param>
    /// <param name="address">The IPA with the attributes of stage 1; becomes the PA with those of both.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="privileged">The access is made with the privilege of EL1.</param>
    /// <param name="misaligned">The access is not aligned to its size.</param>
    /// <param name="fault">Why not, when the result is false.</param>
    internal static bool TryTranslate(
        Core core, Stage2Controls controls, ref Translated address, AccessPurpose purpose, bool privileged, bool misaligned,
        out Fault fault)
    {
        ulong ipa = address.Address;
        fault = new Fault { SecondStage = true, OnWalk = purpose.IsWalk(), Ipa = ipa, Write = purpose.ReportsWrite() };
        if (!controls.IsConsistent || ipa >> controls.InputBits != 0)
        {
            fault.Status = FaultStatus.Translation;
            return false;
        }

        ulong table = controls.TableBase;
        if (table >> controls.OutputBits != 0)
        {
            fault.Status = FaultStatus.AddressSizeLevel0;
            return false;
        }

        CoreFeatures have = core.Have;
        int granule = controls.GranuleBits;
        int level = controls.StartLevel;
        int indexBits = TableGeometry.IndexBits(controls.InputBits, granule, level);
        for (; ; level++, indexBits = granule - 3)
        {
            int shift = TableGeometry.Shift(granule, level);
            ulong entry = table + ((ipa >> shift & ((1UL << indexBits) - 1)) << 3);
            if (!DescriptorMemory.TryRead(core, entry, controls.BigEndianTables, out ulong descriptor))
            {
                fault.Status = FaultStatus.ExternalAbortOnWalk + level;
                return false;
            }

            bool isTable = level < TableGeometry.LastLevel && (descriptor & Descriptor.TableOrPage) != 0;
            if (!Descriptor.IsValid(have, granule, level, descriptor))
            {
                fault.Status = FaultStatus.Translation + level;
                return false;
            }

            // The size is that of the whole output address, which for a block includes bits of the input (TR-022).
            ulong output = TableGeometry.OutputAddress(have, granule, descriptor, isTable ? granule : shift)
                | (isTable ? 0 : ipa & ((1UL << shift) - 1));
            if (output >> controls.OutputBits != 0)
            {
                fault.Status = FaultStatus.AddressSizeLevel0 + level;
                return false;
            }

            if (isTable)
            {
                table = output;
                continue;
            }

            address.Address = output;
            return TryUse(core, controls, entry, descriptor, level, ref address, purpose, privileged, misaligned, ref fault);
        }
    }

    /// <summary>The leaf: access flag, alignment by memory type, permission, then the updates of hardware (TR-091).</summary>
    private static bool TryUse(
        Core core, Stage2Controls controls, ulong entry, ulong descriptor, int level, ref Translated address, AccessPurpose purpose,
        bool privileged, bool misaligned, ref Fault fault)
    {
        if ((descriptor & Descriptor.AccessFlag) == 0 && !controls.SetsAccessFlag && purpose != AccessPurpose.Look)
        {
            fault.Status = FaultStatus.AccessFlag + level;
            return false;
        }

        // Which stage made it Device decides about alignment and fetches: without FWB that is stage 2's own type (TR-088).
        int code = (int)(descriptor >> 2) & 15;
        byte combined = controls.ForcesWriteBack
            ? MemoryAttributes.CombineForced(address.Attributes, code, controls.CacheDisabled)
            : MemoryAttributes.Combine(address.Attributes, code, controls.CacheDisabled);
        bool device = controls.ForcesWriteBack ? MemoryAttributes.IsDevice(combined) : code >> 2 == 0;
        if (device && (misaligned || purpose == AccessPurpose.Zero))
        {
            fault.Status = FaultStatus.Alignment;
            return false;
        }

        bool clean = controls.SetsDirty && (descriptor & Descriptor.DirtyModifier) != 0;
        if (!Allows(core, controls, descriptor, clean, device, purpose, privileged, ref fault))
        {
            fault.Status = FaultStatus.Permission + level;
            return false;
        }

        address.Shareability = MemoryAttributes.Wider(address.Shareability, MemoryAttributes.ShareabilityOf(descriptor));
        address.Attributes = combined;
        return purpose == AccessPurpose.Look || TryUpdate(core, controls, entry, descriptor, clean, level, purpose, ref fault);
    }

    private static bool Allows(
        Core core, Stage2Controls controls, ulong descriptor, bool clean, bool device, AccessPurpose purpose, bool privileged, ref Fault fault)
    {
        bool read = (descriptor & Descriptor.Readable) != 0;
        bool write = (descriptor & Descriptor.Writable) != 0 || clean;
        switch (purpose)
        {
            case AccessPurpose.Look:
                return true;
            case AccessPurpose.Fetch:
                return !device && Executable(core, descriptor, privileged);
            case AccessPurpose.Maintain:
                return privileged || read;
            case AccessPurpose.Invalidate:
                return write;
            case AccessPurpose.WalkRead or AccessPurpose.WalkUpdate when device && controls.ProtectsWalks:
                return false; // TR-059
        }

        if (purpose.NeedsRead() && !read)
        {
            fault.Write = purpose.IsMaintenance();
            return false;
        }

        if (purpose.NeedsWrite() && !write)
        {
            fault.Write = true;
            return false;
        }

        return true;
    }

    /// <summary>XN[1:0] with FEAT_XNX, XN[1] without (TR-056).</summary>
    private static bool Executable(Core core, ulong descriptor, bool privileged)
    {
        bool never = (descriptor & Descriptor.Bit54) != 0;
        bool turned = core.Have.XNX && (descriptor & Descriptor.Bit53) != 0;
        return turned ? never == privileged : !never;
    }

    /// <summary>Sets the access flag, and marks a clean page dirty that is being written (TR-067, TR-069).</summary>
    private static bool TryUpdate(
        Core core, Stage2Controls controls, ulong entry, ulong descriptor, bool clean, int level, AccessPurpose purpose, ref Fault fault)
    {
        ulong updated = controls.SetsAccessFlag ? descriptor | Descriptor.AccessFlag : descriptor;
        if (clean && purpose.Dirties())
        {
            updated |= Descriptor.Writable;
        }

        if (updated != descriptor && !DescriptorMemory.TryWrite(core, entry, controls.BigEndianTables, updated))
        {
            fault.Status = FaultStatus.ExternalAbortOnWalk + level;
            return false;
        }

        return true;
    }
}
