using Conformance.Suites.Translation.Oracle;
using Conformance.Suites.Translation.Tables;

namespace Conformance.Suites.Translation.Generated;

/// <summary>Random tables for one address: every granule, start level, leaf level, size, permission and attribute, with and without a fault in them.</summary>
internal sealed class RandomTables(Facts facts, Dice dice)
{
    /// <summary>Where stage 2 may have the tables of stage 1, less where they are: there, low, above 4 GiB.</summary>
    private static readonly ulong[] s_offsets = [0, 0, unchecked(0UL - 0x4000_0000), 0x1_0000_0000, 0x7_8000_0000];

    internal Scene Scene { get; } = new(facts);

    internal ulong Va { get; private set; }

    /// <summary>False when table memory has run out.</summary>
    internal bool Complete { get; private set; } = true;

    /// <summary>Makes tables for a regime.</summary>
    /// <param name="regime">The regime.</param>
    /// <param name="stage1">Stage 1 is on.</param>
    /// <param name="stage2">Stage 2 is on.</param>
    internal void Make(Regime regime, bool stage1, bool stage2)
    {
        World world = Scene.World;
        bool forced = stage2 && facts.Fwb && dice.OneIn(3);
        world.Set(Control.HCR_EL2, 46, forced);
        Granule granule2 = dice.Pick(facts.Stage2Granules);
        int ipaBits = Form.InputBits(dice, granule2, 64 - facts.MaxTnsz(granule2), 64 - facts.MinStage2Tnsz(granule2));
        Spoil spoil1 = dice.OneIn(3) ? Spoiling.Roll(dice) : Spoil.None;
        Spoil spoil2 = stage2 && dice.OneIn(3) ? Spoiling.Roll(dice) : Spoil.None;
        bool spoilWalk = stage1 && spoil2 != Spoil.None && dice.OneIn(2);
        ulong ipa = Form.Bits(dice, Math.Min(ipaBits, 48));
        List<ulong> descriptors = [];
        if (stage1)
        {
            // Stage 1 tables below the size of an IPA, when stage 2 has to map them.
            ipaBits = stage2 ? Math.Max(ipaBits, 24) : ipaBits;
            ipa = Stage1(regime, stage2 ? ipaBits : 0, spoilWalk ? granule2.Bits() : 0, spoil1, descriptors);
        }
        else
        {
            Va = Tagged(ipa, regime);
            Vary(regime);
        }

        if (stage2 && Complete)
        {
            Stage2(granule2, ipaBits, ipa, forced, descriptors, spoil2, spoilWalk);
        }
    }

    /// <summary>Stage 1 tables for <see cref="Va"/>.</summary>
    /// <returns>The output address that they mean.</returns>
    private ulong Stage1(Regime regime, int ipaBits, int isolation, Spoil spoil, List<ulong> descriptors)
    {
        World world = Scene.World;
        Granule granule = dice.Pick(facts.Granules);
        int inputBits = Form.InputBits(dice, granule, 64 - facts.MaxTnsz(granule), 48);
        int ps = dice.Below(facts.PaBits >= 52 ? 7 : 6);
        ulong offset = ipaBits == 0 ? 0 : dice.Pick(s_offsets);
        int outputBits = facts.OutputBits(ps, granule);
        if (ipaBits != 0 && ((Harness.Cases.GuestMemory.Tables + offset + 0xF_FFFF) >> Math.Min(ipaBits, outputBits)) != 0)
        {
            offset = s_offsets[2];
        }

        bool upper = regime.HasUnprivileged() && dice.OneIn(2);
        Vary(regime);
        TableOffset = offset;
        var shape = new Shape(granule, inputBits, ps, isolation, offset);
        Tree tree = Scene.Stage1(regime, upper, shape);
        Scene.Disable(regime, !upper);
        Va = Tagged(Form.Bits(dice, inputBits) | (upper ? ~((1UL << inputBits) - 1) : 0), regime);

        int start = tree.StartLevel;
        int leafLevel = Math.Max(start, 3 - dice.Below(3));
        while (leafLevel < 3 && !granule.HasBlocks(leafLevel, facts.PaBits))
        {
            leafLevel++;
        }

        int bits = ipaBits == 0 ? outputBits : Math.Min(ipaBits, outputBits);
        ulong output = Form.Bits(dice, Math.Min(bits, granule == Granule.K64 && facts.Lpa ? 52 : 48));
        ulong leaf = Form.Leaf1(dice) | Descriptor.Output(output, granule, leafLevel) | Descriptor.Type(leafLevel);
        tree.Map(Va, leafLevel, leaf, _ => Form.TableBits(dice));
        if (!tree.Complete)
        {
            Complete = false;
            return 0;
        }

        descriptors.AddRange(tree.Path);
        Scene.Watch(tree.Path[^1], regime);
        tree.Path(dice, world, spoil, shape, stage2: false);
        SpoilRegisters(regime, upper, spoil, outputBits);
        if (regime.HasUnprivileged() && dice.OneIn(40))
        {
            world.Set(regime.Tcr(), upper ? 23 : 7, true); // EPD of its own half
        }

        ulong inside = (1UL << granule.Shift(leafLevel)) - 1;
        return (output & ~inside) | (Va & inside);
    }

    private void SpoilRegisters(Regime regime, bool upper, Spoil spoil, int outputBits)
    {
        World world = Scene.World;
        Control tcr = regime.Tcr();
        if (spoil == Spoil.Size)
        {
            int tnsz = dice.Pick<int>([15, 8, 0, 49, 50, 63]);
            world.Set(tcr, upper ? 21 : 5, upper ? 16 : 0, (ulong)tnsz);
        }
        else if (spoil == Spoil.BaseTooHigh && outputBits < 48)
        {
            world[regime.Ttbr(upper)] |= 1UL << (outputBits + dice.Below(48 - outputBits));
        }
    }

    /// <summary>Controls of a regime that change the answer without changing the tables.</summary>
    private void Vary(Regime regime)
    {
        World world = Scene.World;
        bool two = regime.HasUnprivileged();
        Control tcr = regime.Tcr();
        Control sctlr = regime.Sctlr();
        world.Set(sctlr, 19, dice.OneIn(4)); // WXN
        world.Set(sctlr, 25, dice.OneIn(6)); // EE
        if (facts.FlagByHardware && dice.OneIn(3))
        {
            world.Set(tcr, two ? 39 : 21, true);
            world.Set(tcr, two ? 40 : 22, dice.OneIn(2));
        }
        else if (facts.FlagByHardware)
        {
            world.Set(tcr, two ? 40 : 22, dice.OneIn(4)); // HD without HA does nothing
        }

        for (int half = 0; half < (two ? 2 : 1); half++)
        {
            world.Set(tcr, two ? 37 + half : 20, dice.OneIn(2));                // TBI
            world.Set(tcr, two ? 41 + half : 24, facts.Hpd && dice.OneIn(4));   // HPD
            if (facts.PointerAuthentication)
            {
                world.Set(tcr, two ? 51 + half : 29, dice.OneIn(3));            // TBID
            }
        }
    }

    /// <summary>Sometimes a tag, and sometimes an address that is not canonical.</summary>
    private ulong Tagged(ulong va, Regime regime)
    {
        ulong tagged = dice.OneIn(4) ? (va & ((1UL << 56) - 1)) | dice.Next() << 56 : va;
        return dice.OneIn(40) ? tagged ^ 1UL << (40 + dice.Below(16)) : dice.OneIn(60) && regime.HasUnprivileged() ? tagged ^ 1UL << 55 : tagged;
    }

    private void Stage2(Granule granule, int ipaBits, ulong ipa, bool forced, List<ulong> descriptors, Spoil spoil, bool spoilWalk)
    {
        World world = Scene.World;
        int ps = dice.Below(facts.PaBits >= 52 ? 7 : 6);
        int[] starts = [.. Scene.StartLevels2(granule, ipaBits)];
        var shape = new Shape(granule, ipaBits, ps);
        world.Set(Control.SCTLR_EL2, 25, dice.OneIn(6)); // EE, of stage 2 tables
        Tree tree = Scene.Stage2(shape, starts.Length == 0 ? 3 : dice.Pick(starts));
        if (facts.FlagByHardware && dice.OneIn(3))
        {
            world.Set(Control.VTCR_EL2, 21, true);
            world.Set(Control.VTCR_EL2, 22, dice.OneIn(2));
        }

        world.Set(Control.HCR_EL2, 2, dice.OneIn(4)); // PTW
        int leafLevel = Math.Max(tree.StartLevel, 3 - dice.Below(3));
        while (leafLevel < 3 && !granule.HasBlocks(leafLevel, facts.PaBits))
        {
            leafLevel++;
        }

        int outputBits = facts.OutputBits(ps, granule);
        ulong output = Form.Bits(dice, outputBits);
        tree.Map(ipa, leafLevel, Form.Leaf2(dice, forced) | Descriptor.Output(output, granule, leafLevel) | Descriptor.Type(leafLevel), _ => Form.TableBits(dice));
        if (!tree.Complete)
        {
            Complete = false;
            return;
        }

        Scene.Watch(tree.Path[^1], null);
        if (!spoilWalk)
        {
            tree.Path(dice, world, spoil, shape, stage2: true);
        }

        // What the walk of stage 1 needs, page by page, with what is allowed to walks mostly.
        int spoiled = spoilWalk && descriptors.Count > 0 ? dice.Below(descriptors.Count) : -1;
        for (int i = 0; i < descriptors.Count && tree.Complete; i++)
        {
            ulong at = descriptors[i] + TableOffset;
            ulong leaf = Form.Leaf2(dice, forced);
            leaf |= dice.OneIn(12) ? 0 : Descriptor.Af | Descriptor.S2Read;
            leaf = dice.OneIn(6) ? leaf : (leaf & ~(0xFUL << 2)) | (forced ? 6UL << 2 : Scene.Stage2WriteBack);
            tree.Map(at, 3, leaf | Descriptor.Output(descriptors[i], granule, 3) | Descriptor.Type(3));
            if (tree.Complete && (i == descriptors.Count - 1 || i == spoiled))
            {
                Scene.Watch(tree.Path[^1], null);
            }

            if (tree.Complete && i == spoiled)
            {
                tree.Path(dice, world, spoil, shape, stage2: true);
            }
        }

        Complete &= tree.Complete;
        if (spoil == Spoil.Size)
        {
            if (dice.OneIn(2))
            {
                world.Set(Control.VTCR_EL2, 5, 0, (ulong)dice.Pick<int>([15, 11, 0, 49, 63]));
            }
            else
            {
                world.Set(Control.VTCR_EL2, 7, 6, (ulong)dice.Below(4));
            }
        }
        else if (spoil == Spoil.BaseTooHigh && outputBits < 48)
        {
            world[Control.VTTBR_EL2] |= 1UL << (outputBits + dice.Below(48 - outputBits));
        }
    }

    private ulong TableOffset { get; set; }
}
