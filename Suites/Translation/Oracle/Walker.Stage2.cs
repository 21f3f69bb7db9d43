namespace Conformance.Suites.Translation.Oracle;

/// <content>Stage 2: TR-030 to TR-037, TR-055 to TR-060, TR-065 to TR-069, TR-082 to TR-086.</content>
public sealed partial class Walker
{
    private const int ConcatenatedTablesLog2 = 4;

    private (Fault? Fault, ulong Address, MemoryAttributes Attributes) Stage2(ulong ipa, MemoryAccess access, MemoryAttributes stage1)
    {
        Facts facts = world.Facts;
        Granule granule = Stage1Controls.Decode(world.Field(Control.VTCR_EL2, 15, 14), false, _choices);
        int ps = (int)world.Field(Control.VTCR_EL2, 18, 16);
        bool flag = facts.FlagByHardware && world.Bit(Control.VTCR_EL2, 21);
        Cite(4);
        int size = (int)world.Field(Control.VTCR_EL2, 5, 0);
        int legal = Math.Clamp(size, facts.MinStage2Tnsz(granule), facts.MaxTnsz(granule));
        if (size != legal)
        {
            Cite(34);
            if ((size < legal && facts.Lpa) || !_choices.Takes(Choice.Stage2SizeIsClamped))
            {
                return Fail2(FaultKind.Translation, 0, ipa, access);
            }
        }

        int inputBits = 64 - legal;
        Cite(30);
        Cite(31);
        if (StartLevel2(granule) is not { } level
            || inputBits < granule.Shift(level) + 1 || inputBits > granule.Shift(level) + granule.Stride() + ConcatenatedTablesLog2)
        {
            Cite(34);
            return Fail2(FaultKind.Translation, 0, ipa, access);
        }

        if (BitsSet(ipa, 55, inputBits))
        {
            Cite(33);
            return Fail2(FaultKind.Translation, 0, ipa, access);
        }

        int outputBits = facts.OutputBits(ps, granule);
        Cite(32);
        Cite(35);
        ulong at = BaseOf(world[Control.VTTBR_EL2], ps, granule, inputBits - granule.Shift(level) + 3) | ((ipa >> granule.Shift(level)) << 3);
        if (BitsSet(at, 55, outputBits))
        {
            Cite(34);
            return Fail2(FaultKind.AddressSize, 0, ipa, access);
        }

        while (true)
        {
            if (world.Read(at, world.Bit(Control.SCTLR_EL2, 25)) is not { } descriptor)
            {
                return Fail2(FaultKind.External, level, ipa, access);
            }

            if ((descriptor & 1) == 0 || ((descriptor & 2) == 0 && !granule.HasBlocks(level, facts.PaBits)))
            {
                Cite(19);
                Cite(20);
                return Fail2(FaultKind.Translation, level, ipa, access);
            }

            bool tooHigh = AddressOf(descriptor, granule, ps, out ulong address);
            bool table = level < 3 && (descriptor & 2) != 0;
            ulong inside = table ? 0 : (1UL << granule.Shift(level)) - 1;
            ulong output = (address & ~inside) | (ipa & inside);
            Traits |= !table && granule.Shift(level) > outputBits ? Trait.BlockBeyondOutput : Trait.None;
            if (tooHigh || BitsSet(table ? address : output, 55, outputBits))
            {
                Cite(22);
                return Fail2(FaultKind.AddressSize, level, ipa, access);
            }

            if (table)
            {
                Cite(36);
                level++;
                at = address | (((ipa >> granule.Shift(level)) & ((1UL << granule.Stride()) - 1)) << 3);
                continue;
            }

            return Leaf2(descriptor, level, at, output, flag, ipa, access, stage1);
        }
    }

    private (Fault? Fault, ulong Address, MemoryAttributes Attributes) Leaf2(
        ulong descriptor, int level, ulong at, ulong output, bool flag, ulong ipa, MemoryAccess access, MemoryAttributes stage1)
    {
        Cite(37);
        Cite(flag ? 66 : 65);
        bool flagMissing = (descriptor >> 10 & 1) == 0;
        if (flagMissing && !flag && !MaintenanceSkipsFlag(access))
        {
            return Fail2(FaultKind.AccessFlag, level, ipa, access);
        }

        // With FWB the descriptor's type comes from two bits, and stage 1 has its say (TR-086).
        bool forced = world.Facts.Fwb && world.Bit(Control.HCR_EL2, 46);
        uint memAttr = (uint)(descriptor >> 2) & 0xF;
        byte sh = (byte)(descriptor >> 8 & 3);
        MemoryAttributes combined = forced ? stage1.CombineForced(memAttr, sh) : stage1.Combine(memAttr, sh);
        bool device = forced ? combined.IsDevice : (memAttr & 0xC) == 0;
        Traits |= forced && stage1.IsDevice && device && !access.IsOfWalk ? Trait.ForcedDevice : Trait.None;
        Traits |= !forced && stage1.IsDevice != device ? Trait.DeviceMeetsNormal : Trait.None;
        bool dirty = flag && world.Bit(Control.VTCR_EL2, 22) && (descriptor >> 51 & 1) != 0;

        bool WouldDirty(bool performed) => dirty && (descriptor >> 7 & 1) == 0 && access.Write && access.TouchesNothing != performed;
        Traits |= WouldDirty(false) && access.Purpose == Purpose.AddressTranslation ? Trait.AtOfCleanPage : Trait.None;
        Fault? fault;
        if (!access.IsOfWalk && device && !access.IsFetch && (!access.Aligned || access.Purpose == Purpose.Zero))
        {
            Cite(88);
            Traits |= Trait.MisalignedDevice;
            fault = new Fault(FaultKind.Alignment, 0, true, false, ipa, Direction(access));
        }
        else
        {
            bool read = (descriptor >> 6 & 1) != 0;
            bool write = (descriptor >> 7 & 1) != 0 || dirty;
            Cite(access.IsOfWalk ? 58 : access.IsFetch ? 57 : 55);
            Fault? refused = access.IsOfWalk && device && world.Bit(Control.HCR_EL2, 2) && !world.Bit(Control.HCR_EL2, 27)
                ? Of(FaultKind.Permission, level, access)
                : Check(read, write, Permissions.Stage2Execute(descriptor, access.Level, world.Facts.Xnx, Rules), device, level, access);
            Traits |= refused is not null && !access.IsOfWalk ? Trait.RefusedAtStage2 : Trait.None;
            if (device && access.IsOfWalk)
            {
                Traits |= world.Bit(Control.HCR_EL2, 2) ? Trait.WalkOfDevice : Trait.None;
                Cite(59);
            }

            fault = refused is null ? null : refused with { Stage2 = true, OnWalk = access.IsOfWalk, Ipa = ipa };
        }

        bool makesDirty = WouldDirty(true) && (fault is null || fault.Kind == FaultKind.Alignment);
        if (flag && (flagMissing || makesDirty) && (fault is null || fault.Kind is FaultKind.Permission or FaultKind.Alignment))
        {
            Cite(makesDirty ? 69 : 67);
            _updates.Add(new DescriptorUpdate(
                at, (flagMissing ? 1UL << 10 : 0) | (makesDirty ? 1UL << 7 : 0), 0, Certain: true, world.Bit(Control.SCTLR_EL2, 25)));
        }

        if (fault is not null)
        {
            Cite(access.IsOfWalk ? 103 : 101);
            return (fault, 0, default);
        }

        Cite(forced ? 86 : 82);
        Cite(forced ? 86 : 83);
        Cite(forced ? 86 : 84);
        Cite(85);
        if (!access.IsOfWalk)
        {
            _descriptor = forced ? _descriptor.CombineForced(memAttr, sh) : _descriptor.Combine(memAttr, sh);
        }

        return (null, output, Stage2Cacheability(combined, access));
    }

    /// <summary>HCR_EL2.CD and ID take the cacheability of EL1&amp;0 away (TR-087); a fetch never sees Device memory (TR-053).</summary>
    private MemoryAttributes Stage2Cacheability(MemoryAttributes combined, MemoryAccess access)
    {
        bool off = access.IsFetch
            ? combined.IsDevice || world.Bit(Control.HCR_EL2, 33)
            : !combined.IsDevice && world.Bit(Control.HCR_EL2, 32);
        return off ? MemoryAttributes.NormalNonCacheable : combined;
    }

    /// <summary>The start level by SL0; null for a reserved code (TR-030).</summary>
    private int? StartLevel2(Granule granule)
    {
        int sl0 = (int)world.Field(Control.VTCR_EL2, 7, 6);
        int pa = world.Facts.PaBits;
        return granule switch
        {
            Granule.K4 => sl0 switch { 0 => 2, 1 => 1, 2 => pa < 44 ? null : 0, _ => world.Facts.Ttst ? 3 : null },
            Granule.K16 => sl0 switch { 0 => 3, 1 => 2, 2 => pa < 42 ? null : 1, _ => null },
            _ => sl0 switch { 0 => 3, 1 => 2, 2 => pa < 44 ? null : 1, _ => null },
        };
    }

    private (Fault? Fault, ulong Address, MemoryAttributes Attributes) Fail2(FaultKind kind, int level, ulong ipa, MemoryAccess access)
    {
        Cite(100);
        Cite(access.IsOfWalk ? 103 : 101);
        Cite(109);
        return (new Fault(kind, level, true, access.IsOfWalk, ipa, Direction(access)), 0, default);
    }
}
