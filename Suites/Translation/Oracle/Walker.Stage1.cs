namespace Conformance.Suites.Translation.Oracle;

/// <content>Stage 1: TR-005 to TR-028, TR-065 to TR-074, TR-080, TR-081, TR-087, TR-088, TR-091.</content>
public sealed partial class Walker
{
    private const ulong Low48 = (1UL << 48) - 1;

    /// <summary>Stage 1 of a regime.</summary>
    private (Fault? Fault, ulong Address, MemoryAttributes Attributes, MemoryAttributes Descriptor) Stage1(Regime regime, ulong va, MemoryAccess access)
    {
        var controls = Stage1Controls.For(world, regime, va, _choices);
        Cite(1);
        Cite(2);
        return world.Stage1Enabled(regime) ? Stage1On(controls, va, access) : Stage1Off(controls, va, access);
    }

    private (Fault? Fault, ulong Address, MemoryAttributes Attributes, MemoryAttributes Descriptor) Stage1Off(
        in Stage1Controls controls, ulong va, MemoryAccess access)
    {
        Control sctlr = controls.Regime.Sctlr();
        if (controls.Regime == Regime.El10 && world.Bit(sctlr, 0) && world.Bit(Control.HCR_EL2, 27))
        {
            Traits |= Trait.OffByTge;
        }

        MemoryAttributes attributes;
        if (controls.Regime == Regime.El10 && world.DefaultCacheable)
        {
            Cite(7);
            attributes = MemoryAttributes.Default;
        }
        else if (access.IsFetch)
        {
            Cite(6);
            attributes = new MemoryAttributes(world.Bit(sctlr, 12) ? (byte)0xAA : (byte)0x44, 2);
        }
        else
        {
            Cite(6);
            attributes = MemoryAttributes.DeviceNGnRnE;
        }

        Cite(25);
        if (BitsSet(va, controls.TopBit(access.IsFetch), world.Facts.PaBits))
        {
            Cite(5);
            Cite(94);
            return Fail(FaultKind.AddressSize, 0, access);
        }

        if (MisalignedDevice(attributes, access))
        {
            Cite(88);
            Traits |= access.Purpose == Purpose.Zero || (controls.Regime == Regime.El10 && world.Stage2Enabled) ? Trait.MisalignedDevice : Trait.None;
            return Fail(FaultKind.Alignment, 0, access);
        }

        return (null, va & ((1UL << 56) - 1), attributes, attributes);
    }

    private (Fault? Fault, ulong Address, MemoryAttributes Attributes, MemoryAttributes Descriptor) Stage1On(
        Stage1Controls controls, ulong va, MemoryAccess access)
    {
        Facts facts = world.Facts;
        Granule granule = controls.Granule;
        Cite(11);
        int size = controls.Tnsz;
        int legal = Math.Clamp(size, facts.MinTnsz(granule), facts.MaxTnsz(granule));
        if (size != legal)
        {
            Cite(13);
            if ((size < legal && facts.Lva) || !_choices.Takes(Choice.SizeIsClamped))
            {
                return Fail(FaultKind.Translation, 0, access);
            }
        }

        int inputBits = 64 - legal;
        int top = controls.TopBit(access.IsFetch);
        bool ones = controls.Regime.HasUnprivileged() && (va >> 55 & 1) != 0;
        Cite(10);
        Cite(25);
        if (BitsSet(ones ? ~va : va, top, inputBits))
        {
            Cite(12);
            return Fail(FaultKind.Translation, 0, access);
        }

        if (controls.WalkDisabled)
        {
            Cite(17);
            return Fail(FaultKind.Translation, 0, access);
        }

        return Walk1(controls, va & ((1UL << inputBits) - 1), inputBits, access);
    }

    private (Fault? Fault, ulong Address, MemoryAttributes Attributes, MemoryAttributes Descriptor) Walk1(
        in Stage1Controls controls, ulong ia, int inputBits, MemoryAccess access)
    {
        Facts facts = world.Facts;
        Granule granule = controls.Granule;
        int level = granule.StartLevel(inputBits);
        int outputBits = facts.OutputBits(controls.Ps, granule);
        Cite(14);
        Cite(15);
        Cite(18);
        ulong table = BaseOf(controls.Base, controls.Ps, granule, inputBits - granule.Shift(level) + 3);
        ulong at = table | ((ia >> granule.Shift(level)) << 3);
        if (BitsSet(at, 55, outputBits))
        {
            Cite(16);
            return Fail(FaultKind.AddressSize, 0, access);
        }

        TableBits hierarchy = default;
        while (true)
        {
            (Fault? walkFault, ulong physical) = WalkAccess(controls.Regime, at, access);
            if (walkFault is not null)
            {
                Cite(93);
                return (walkFault, 0, default, default);
            }

            Cite(24);
            if (world.Read(physical, controls.BigEndian) is not { } descriptor)
            {
                return Fail(FaultKind.External, level, access);
            }

            Cite(19);
            if ((descriptor & 1) == 0 || ((descriptor & 2) == 0 && !granule.HasBlocks(level, facts.PaBits)))
            {
                Cite(20);
                return Fail(FaultKind.Translation, level, access);
            }

            bool tooHigh = AddressOf(descriptor, granule, controls.Ps, out ulong address);
            if (level < 3 && (descriptor & 2) != 0)
            {
                Cite(21);
                if (tooHigh || BitsSet(address, 55, outputBits))
                {
                    Cite(22);
                    return Fail(FaultKind.AddressSize, level, access);
                }

                if (!controls.HierarchyDisabled)
                {
                    Cite(46);
                    hierarchy = hierarchy.With(descriptor, controls);
                }
                else
                {
                    Cite(47);
                }

                level++;
                at = address | (((ia >> granule.Shift(level)) & ((1UL << granule.Stride()) - 1)) << 3);
                continue;
            }

            Cite(21);
            ulong inside = (1UL << granule.Shift(level)) - 1;
            ulong output = (address & ~inside) | (ia & inside);
            Traits |= granule.Shift(level) > outputBits ? Trait.BlockBeyondOutput : Trait.None;
            if (tooHigh || BitsSet(output, 55, outputBits))
            {
                Cite(22);
                return Fail(FaultKind.AddressSize, level, access);
            }

            return Leaf1(controls, new Leaf(descriptor, level, at, physical, output), hierarchy, access);
        }
    }

    private (Fault? Fault, ulong Address, MemoryAttributes Attributes, MemoryAttributes Descriptor) Leaf1(
        in Stage1Controls controls, Leaf leaf, TableBits hierarchy, MemoryAccess access)
    {
        Cite(27);
        Cite(controls.FlagByHardware ? 66 : 65);
        bool flagMissing = (leaf.Descriptor >> 10 & 1) == 0;
        if (flagMissing && !controls.FlagByHardware && !MaintenanceSkipsFlag(access))
        {
            return Fail(FaultKind.AccessFlag, leaf.Level, access);
        }

        Cite(80);
        Cite(81);
        var attributes = new MemoryAttributes((byte)(controls.Mair >> (8 * (int)(leaf.Descriptor >> 2 & 7))), (byte)(leaf.Descriptor >> 8 & 3));
        Fault? fault = null;
        if (MisalignedDevice(attributes, access))
        {
            Cite(88);
            Cite(91);
            Traits |= Trait.MisalignedDevice;
            fault = Of(FaultKind.Alignment, 0, access);
        }
        else
        {
            (bool read, bool write, bool execute) = Permissions.Stage1(controls, leaf.Descriptor, hierarchy, access, Rules);
            fault = Check(read, write, execute, attributes.IsDevice, leaf.Level, access);
            if (access is { Read: true, Write: true } && fault is { Write: true })
            {
                Cite(92);
                Traits |= Trait.AtomicOfReadOnly;
            }

            Traits |= access.IsFetch && controls.DirtyByHardware && (leaf.Descriptor >> 51 & 1) != 0 && (leaf.Descriptor >> 7 & 1) != 0
                ? Trait.FetchOfCleanPage : Trait.None;
        }

        if (controls.FlagByHardware && Update1(controls, leaf, flagMissing, fault, access) is { } updateFault)
        {
            return (updateFault, 0, default, default);
        }

        if (fault is not null)
        {
            return (fault, 0, default, default);
        }

        Control sctlr = controls.Regime.Sctlr();
        Cite(87);
        MemoryAttributes effective = access.IsFetch
            ? attributes.IsDevice || !world.Bit(sctlr, 12) ? MemoryAttributes.NormalNonCacheable : attributes
            : !world.Bit(sctlr, 2) && !attributes.IsDevice ? MemoryAttributes.NormalNonCacheable : attributes;
        return (null, leaf.Output, effective.Effective, attributes);
    }

    /// <summary>Sets the access flag and dirty state of a stage 1 leaf (TR-067 to TR-074).</summary>
    /// <returns>The stage 2 fault of the update access, if that is what the access ends with.</returns>
    private Fault? Update1(in Stage1Controls controls, Leaf leaf, bool flagMissing, Fault? fault, MemoryAccess access)
    {
        bool clean = access.Write && controls.DirtyByHardware && (leaf.Descriptor >> 51 & 1) != 0 && (leaf.Descriptor >> 7 & 1) != 0;
        bool dirty = clean && !access.TouchesNothing && (fault is null || fault.Kind == FaultKind.Alignment);
        Traits |= clean && access.Purpose == Purpose.AddressTranslation ? Trait.AtOfCleanPage : Trait.None;
        if (!flagMissing && !dirty)
        {
            return null;
        }

        Cite(dirty ? 69 : 67);
        ulong physical = leaf.Physical;
        if (controls.Regime == Regime.El10 && world.Stage2Enabled)
        {
            int mark = _updates.Count;
            (Fault? updateFault, physical, _) = Stage2(leaf.At, new MemoryAccess(Purpose.Update, true, true, access.Level), MemoryAttributes.NormalNonCacheable);
            Cite(74);
            if (updateFault is not null)
            {
                Cite(106);
                if (fault is not null ? !_choices.Takes(Choice.FaultUpdates)
                    : access.TouchesNothing && !_choices.Takes(Choice.AtUpdates))
                {
                    _updates.RemoveRange(mark, _updates.Count - mark);
                    return null;
                }

                return updateFault with { Write = Direction(access), WriteOpen = true };
            }
        }

        _updates.Add(new DescriptorUpdate(physical, flagMissing ? 1UL << 10 : 0, dirty ? 1UL << 7 : 0, Certain: true, controls.BigEndian));
        Cite(68);
        return null;
    }

    /// <summary>The read of a descriptor: an IPA when the regime is EL1&amp;0 (TR-038).</summary>
    private (Fault? Fault, ulong Physical) WalkAccess(Regime regime, ulong at, MemoryAccess access)
    {
        if (regime != Regime.El10 || !world.Stage2Enabled)
        {
            return (null, at);
        }

        Cite(38);
        var walk = new MemoryAccess(Purpose.Walk, true, false, access.Level);
        (Fault? fault, ulong physical, _) = Stage2(at, walk, MemoryAttributes.NormalNonCacheable);
        return fault is null ? (null, physical)
            : (fault with { Write = Direction(access), WriteOpen = access is { Read: true, Write: true } }, 0);
    }

    /// <summary>IMPLEMENTATION DEFINED: cache maintenance may overlook a missing access flag.</summary>
    private bool MaintenanceSkipsFlag(MemoryAccess access) =>
        access.Purpose is Purpose.Clean or Purpose.Invalidate or Purpose.InstructionCache && _choices.Takes(Choice.MaintenanceIgnoresFlag);

    private static bool MisalignedDevice(MemoryAttributes attributes, MemoryAccess access) =>
        attributes.IsDevice && !access.IsFetch && (!access.Aligned || access.Purpose == Purpose.Zero);

    /// <summary>The base of the first table: bits below its size count as 0 (TR-015, TR-032).</summary>
    private ulong BaseOf(ulong ttbr, int ps, Granule granule, int sizeLog2)
    {
        bool wide = granule == Granule.K64 && world.Facts.Lpa && ps == 6;
        ulong address = wide ? (ttbr & Low48) | (ttbr >> 2 & 0xF) << 48 : ttbr & Low48;
        return address & ~((1UL << Math.Max(sizeLog2, wide ? 6 : 1)) - 1);
    }

    /// <summary>The address field of a descriptor (TR-021); true if bits that the size of PS leaves no room for are a fault (TR-023).</summary>
    private bool AddressOf(ulong descriptor, Granule granule, int ps, out ulong address)
    {
        address = descriptor & Low48 & ~((1UL << granule.Bits()) - 1);
        if (granule != Granule.K64 || !world.Facts.Lpa || (descriptor >> 12 & 0xF) == 0)
        {
            return false;
        }

        if (world.Facts.OutputBits(ps, granule) < 52)
        {
            Cite(23);
            return !_choices.Takes(Choice.HighBitsAreZero);
        }

        address |= (descriptor >> 12 & 0xF) << 48;
        return false;
    }

    private static bool BitsSet(ulong value, int top, int bottom) =>
        top >= bottom && ((value >> bottom) & (top - bottom == 63 ? ulong.MaxValue : (1UL << (top - bottom + 1)) - 1)) != 0;

    private Fault Of(FaultKind kind, int level, MemoryAccess access)
    {
        Cite(100);
        Cite(101);
        return new Fault(kind, level, false, false, 0, Direction(access));
    }

    private (Fault? Fault, ulong Address, MemoryAttributes Attributes, MemoryAttributes Descriptor) Fail(FaultKind kind, int level, MemoryAccess access) =>
        (Of(kind, level, access), 0, default, default);

    /// <summary>A leaf descriptor that a walk ended at.</summary>
    /// <param name="Descriptor">Its value as the walk sees it.</param>
    /// <param name="Level">Its level.</param>
    /// <param name="At">Its address as the walk knows it: an IPA in EL1&amp;0 with stage 2.</param>
    /// <param name="Physical">Its physical address.</param>
    /// <param name="Output">The output address.</param>
    private readonly record struct Leaf(ulong Descriptor, int Level, ulong At, ulong Physical, ulong Output);
}
