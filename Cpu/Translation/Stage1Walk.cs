using Conformance.Cpu.Features;

namespace Conformance.Cpu.Translation;

/// <summary>Stage 1 of address translation, with stage 2 of its table accesses.</summary>
/// <remarks>Source: rules TR-005 to TR-028, TR-038, TR-065 to TR-074, TR-087 to TR-094; PC AArch64.S1Translate.</remarks>
internal static class Stage1Walk
{
    /// <summary>Translates a virtual address to the IPA, or to the PA where there is no stage 2.</summary>
    /// <param name="core">The PE.</param>
    /// <param name="context">Regime and privilege.</param>
    /// <param name="va">The address.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="misaligned">The access is not aligned to its size.</param>
    /// <param name="result">Address and attributes.</param>
    /// <param name="fault">Why not, when the result is false.</param>
    internal static bool TryTranslate(
        Core core, AccessContext context, ulong va, AccessPurpose purpose, bool misaligned, out Translated result, out Fault fault)
    {
        RegimeControls controls = context.Controls;
        AddressRange range = controls.RangeOf(va);
        bool fetch = purpose == AccessPurpose.Fetch;
        fault = new Fault { Write = purpose.ReportsWrite() };
        if (!controls.IsOn)
        {
            return TryFlat(core, controls, range.Untagged(va, fetch), purpose, misaligned, out result, ref fault);
        }

        result = default;
        if (range.NeverTranslates || !range.Holds(va, fetch))
        {
            fault.Status = FaultStatus.Translation;
            return false;
        }

        return TryWalk(core, context, range, va, purpose, misaligned, out result, ref fault);
    }

    /// <summary>Stage 1 is off: the address is its own (TR-005 to TR-007, TR-094).</summary>
    private static bool TryFlat(
        Core core, RegimeControls controls, ulong address, AccessPurpose purpose, bool misaligned, out Translated result, ref Fault fault)
    {
        bool normal = controls.DefaultCacheable || purpose == AccessPurpose.Fetch;
        result = new Translated
        {
            Address = address,
            Attributes = controls.DefaultCacheable ? MemoryAttributes.WriteBack
                : normal ? MemoryAttributes.NonCacheable : MemoryAttributes.DeviceMostStrict,
            Shareability = controls.DefaultCacheable ? (byte)0 : MemoryAttributes.OuterShareable,
            SizeBits = 12,
            NonSecure = !controls.IsSecure,
        };
        if (address >> core.Have.PhysicalAddressBits != 0)
        {
            fault.Status = FaultStatus.AddressSizeLevel0;
            return false;
        }

        if (!normal && (misaligned || purpose == AccessPurpose.Zero))
        {
            fault.Status = FaultStatus.Alignment;
            return false;
        }

        return true;
    }

    private static bool TryWalk(
        Core core, AccessContext context, AddressRange range, ulong va, AccessPurpose purpose, bool misaligned, out Translated result,
        ref Fault fault)
    {
        RegimeControls controls = context.Controls;
        CoreFeatures have = core.Have;
        int granule = range.GranuleBits;
        int level = range.StartLevel;
        int indexBits = TableGeometry.IndexBits(range.InputBits, granule, level);
        ulong table = range.TableBase;
        ulong hierarchy = 0;
        result = default;
        if (table >> range.OutputBits != 0)
        {
            fault.Status = FaultStatus.AddressSizeLevel0;
            return false;
        }

        for (; ; level++, indexBits = granule - 3)
        {
            int shift = TableGeometry.Shift(granule, level);
            ulong entry = table + ((va >> shift & ((1UL << indexBits) - 1)) << 3);
            if (!TryLocate(core, controls, entry, AccessPurpose.WalkRead, context.IsPrivileged, out ulong place, ref fault))
            {
                return false;
            }

            if (!DescriptorMemory.TryRead(core, place, controls.BigEndianTables, out ulong descriptor))
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
                | (isTable ? 0 : va & ((1UL << shift) - 1));
            if (output >> range.OutputBits != 0)
            {
                fault.Status = FaultStatus.AddressSizeLevel0 + level;
                return false;
            }

            if (isTable)
            {
                // HPD masks permissions only; NSTable is no permission.
                hierarchy |= range.HierarchyDisabled ? descriptor & Descriptor.NonSecureTable : descriptor;
                table = output;
                continue;
            }

            result.Address = output;
            result.SizeBits = (byte)shift;
            return TryUse(core, context, (entry, place), descriptor, hierarchy, level, purpose, misaligned, ref result, ref fault);
        }
    }

    /// <summary>The leaf: access flag, alignment by memory type, permission, then the updates of hardware (TR-091).</summary>
    private static bool TryUse(
        Core core, AccessContext context, (ulong Entry, ulong Place) at, ulong descriptor, ulong hierarchy, int level,
        AccessPurpose purpose, bool misaligned, ref Translated result, ref Fault fault)
    {
        RegimeControls controls = context.Controls;
        if ((descriptor & Descriptor.AccessFlag) == 0 && !controls.SetsAccessFlag && purpose != AccessPurpose.Look)
        {
            fault.Status = FaultStatus.AccessFlag + level;
            return false;
        }

        byte attributes = MemoryAttributes.OfMair(controls.Key.Mair, (int)(descriptor >> 2) & 7);
        result.Attributes = controls.CacheDisabled && !MemoryAttributes.IsDevice(attributes) ? MemoryAttributes.NonCacheable : attributes;
        result.Shareability = MemoryAttributes.ShareabilityOf(descriptor);
        result.NonSecure = !controls.IsSecure || (descriptor & Descriptor.NonSecure) != 0 || (hierarchy & Descriptor.NonSecureTable) != 0;
        result.IsGuarded = core.Have.BTI && (descriptor & Descriptor.Guarded) != 0;
        if (result.IsDevice && (misaligned || purpose == AccessPurpose.Zero))
        {
            fault.Status = FaultStatus.Alignment;
            return false;
        }

        if (!Stage1Permissions.Allow(context, descriptor, hierarchy, result, purpose, ref fault))
        {
            fault.Status = FaultStatus.Permission + level;
            return false;
        }

        return purpose == AccessPurpose.Look || TryUpdate(core, context, at, descriptor, level, purpose, ref fault);
    }

    /// <summary>Sets the access flag, and marks a clean page dirty that is being written (TR-067, TR-069, TR-074).</summary>
    private static bool TryUpdate(
        Core core, AccessContext context, (ulong Entry, ulong Place) at, ulong descriptor, int level, AccessPurpose purpose, ref Fault fault)
    {
        RegimeControls controls = context.Controls;
        ulong updated = controls.SetsAccessFlag ? descriptor | Descriptor.AccessFlag : descriptor;
        if (controls.SetsDirty && (descriptor & Descriptor.DirtyModifier) != 0 && purpose.Dirties())
        {
            updated &= ~Descriptor.ReadOnly;
        }

        if (updated == descriptor)
        {
            return true;
        }

        if (!TryLocate(core, controls, at.Entry, AccessPurpose.WalkUpdate, context.IsPrivileged, out ulong place, ref fault))
        {
            return false;
        }

        if (!DescriptorMemory.TryWrite(core, place, controls.BigEndianTables, updated))
        {
            fault.Status = FaultStatus.ExternalAbortOnWalk + level;
            return false;
        }

        return true;
    }

    /// <summary>The PA of a descriptor: its address is an IPA where there is a stage 2 (TR-038).</summary>
    private static bool TryLocate(
        Core core, RegimeControls controls, ulong entry, AccessPurpose purpose, bool privileged, out ulong place, ref Fault fault)
    {
        place = entry;
        if (controls.Stage2 is null)
        {
            return true;
        }

        var walk = new Translated { Address = entry, Attributes = MemoryAttributes.NonCacheable };
        bool write = fault.Write;
        bool done = Stage2Walk.TryTranslate(core, controls.Stage2, ref walk, purpose, privileged, misaligned: false, out Fault second);
        if (!done)
        {
            fault = second with { Write = write };
        }

        place = walk.Address;
        return done;
    }
}
