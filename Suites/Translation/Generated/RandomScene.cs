using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Oracle;
using Conformance.Suites.Translation.Tables;

namespace Conformance.Suites.Translation.Generated;

/// <summary>Random tables for one real access, with a block that maps the code and the vectors where they are.</summary>
/// <remarks>
/// Stage 1: the block stands in the lower half; the address in the upper half, with tables of its own, or in the lower one.
/// Stage 2: the block at 0x4000_0000, the tables of stage 1 there or above 4 GiB, the output of stage 1 elsewhere.
/// </remarks>
internal sealed class RandomScene(Facts facts, Dice dice)
{
    /// <summary>Stage 2 has the tables of stage 1 above 4 GiB, or above 512 GiB, where level 0 has another entry.</summary>
    private static readonly ulong[] s_moved = [0x1_0000_0000, 0x1_0000_0000, 0x80_0000_0000];

    private const ulong RamBase = GuestMemory.RamBase;

    private Tree? _tree;
    private bool _upper;

    internal Scene Scene { get; } = new(facts);

    /// <summary>The address of the access.</summary>
    internal ulong Va { get; private set; }

    /// <summary>The physical address that the tables mean.</summary>
    internal ulong Target { get; private set; }

    internal bool Complete { get; private set; } = true;

    /// <summary>No tag, and no bit that makes the address not canonical.</summary>
    internal bool Canonical { get; init; }

    /// <summary>What is made wrong, instead of a roll.</summary>
    internal Spoil? Wanted { get; init; }

    /// <summary>At which level, if the tables have it.</summary>
    internal int? WantedLevel { get; init; }

    /// <summary>Where it is made wrong: stage 2 instead of stage 1.</summary>
    internal bool WantedAtStage2 { get; init; }

    /// <summary>And there, for an access of the walk.</summary>
    internal bool WantedOnWalk { get; init; }

    /// <summary>Chance of something wrong in the tables: one in so many.</summary>
    internal int SpoilOneIn { get; init; } = 2;

    /// <summary>Makes the tables.</summary>
    /// <param name="regime">Regime of the access.</param>
    /// <param name="stage1">Stage 1 is on.</param>
    /// <param name="stage2">Stage 2 is on; EL1&amp;0 only.</param>
    /// <param name="offset">Bits 11:0 of the address.</param>
    internal void Make(Regime regime, bool stage1, bool stage2, ulong offset)
    {
        World world = Scene.World;
        bool forced = stage2 && facts.Fwb && dice.OneIn(4);
        world.Set(Control.HCR_EL2, 46, forced);
        Target = GuestMemory.Data + ((ulong)dice.Below(16) << 12) + offset;
        bool spoilStage2 = Wanted is null ? stage2 && (!stage1 || dice.OneIn(2)) : WantedAtStage2;
        Spoil spoil = Wanted ?? (dice.OneIn(SpoilOneIn) ? Spoiling.Roll(dice) : Spoil.None);
        Spoil spoil1 = spoilStage2 ? Spoil.None : spoil;
        Spoil spoil2 = spoilStage2 ? spoil : Spoil.None;
        bool spoilWalk = Wanted is null ? stage1 && spoil2 != Spoil.None && dice.OneIn(2) : WantedOnWalk;

        Granule granule2 = dice.Pick(facts.Stage2Granules);
        int ipaBits = 36 + dice.Below(Math.Min(64 - facts.MinStage2Tnsz(granule2), 48) - 36 + 1);
        int leaf2 = 3 - dice.Below(granule2 == Granule.K4 ? 3 : 2);
        ulong inside2 = (1UL << granule2.Shift(leaf2)) - 1;
        ulong ipa = stage2 ? (0x8_0000_0000 & ~inside2) | (Form.Bits(dice, 35) & ~inside2) | (Target & inside2) : Target;
        if (stage2 && ipaBits > 40 && dice.OneIn(2))
        {
            ipa |= Form.Bits(dice, ipaBits) >> 39 << 39;
        }

        if (stage2 && ipa >> ipaBits != 0)
        {
            ipa &= (1UL << ipaBits) - 1;
        }

        List<ulong> descriptors = [];
        ulong tableOffset = stage2 && (spoilWalk || dice.OneIn(3)) ? dice.Pick(s_moved) : 0;
        if (stage1)
        {
            Stage1(regime, ipa, stage2, spoilWalk ? granule2.Bits() : 0, tableOffset, spoil1, descriptors);
        }
        else
        {
            Va = ipa;
        }

        if (stage2 && Complete)
        {
            if (spoil2 == Spoil.Size)
            {
                Beyond(regime, ipaBits, spoilWalk);
            }

            Stage2(granule2, ipaBits, leaf2, ipa, forced, tableOffset, descriptors, spoil2, spoilWalk);
        }
    }

    private void Stage1(Regime regime, ulong ipa, bool stage2, int isolation, ulong tableOffset, Spoil spoil, List<ulong> descriptors)
    {
        World world = Scene.World;
        bool two = regime.HasUnprivileged();
        Vary(regime);
        Granule granule = dice.Pick(facts.Granules);
        bool upper = two && dice.OneIn(2);
        int ps = stage2 || dice.OneIn(2) ? 1 + dice.Below(5) : 0;
        int leafLevel = 3 - dice.Below(granule == Granule.K4 ? 3 : 2);
        ulong inside = (1UL << granule.Shift(leafLevel)) - 1;
        int smallest = upper ? Math.Max(64 - facts.MaxTnsz(granule), granule.Shift(leafLevel) + 1) : 33;
        int inputBits = upper ? Form.InputBits(dice, granule, smallest, 48) : smallest + dice.Below(48 - smallest + 1);
        leafLevel = Math.Max(leafLevel, granule.StartLevel(inputBits));
        inside = (1UL << granule.Shift(leafLevel)) - 1;
        var shape = new Shape(granule, inputBits, ps, isolation, tableOffset);
        Tree tree = Scene.Stage1(regime, upper, shape);
        Tree lower = tree;
        if (upper)
        {
            lower = Scene.Stage1(regime, false, new Shape(Granule.K4, 39, ps, 0, 0));
        }
        else
        {
            Scene.Disable(regime, true);
        }

        // Code and vectors: executable at every level, writable at none, so that neither WXN nor PAN gets in the way.
        int block = lower.Granule == Granule.K4 ? 1 : 2;
        lower.Map(RamBase, block, RamBase | Descriptor.Type(block) | Descriptor.Af | Descriptor.ReadOnly | Descriptor.Sh(3) | Descriptor.Index(Scene.WriteBack));
        List<ulong> ofBlock = [.. lower.Path];

        ulong high = Form.Bits(dice, inputBits) | (upper ? ~((1UL << inputBits) - 1) : 0);
        Va = (high & ~inside) | (ipa & inside);
        ulong descriptor = Form.Leaf1(dice) | Descriptor.Output(ipa & ~inside, granule, leafLevel) | Descriptor.Type(leafLevel);
        tree.Map(Va, leafLevel, descriptor, _ => Form.TableBits(dice));
        Complete = tree.Complete && lower.Complete;
        if (!Complete)
        {
            return;
        }

        (_tree, _upper) = (tree, upper);
        Scene.Watch(tree.Path[^1], regime);
        descriptors.AddRange(tree.Path);
        tree.Path(dice, world, spoil, shape, stage2: false, WantedLevel);
        if (upper && spoil == Spoil.Size)
        {
            world.Set(regime.Tcr(), 21, 16, (ulong)dice.Pick<int>([15, 10, 0, 49, 63]));
        }
        else if (upper && spoil == Spoil.External && dice.OneIn(tree.Path.Count))
        {
            world[regime.Ttbr(true)] = GuestMemory.Nothing;
        }
        else if (upper && spoil == Spoil.BaseTooHigh && facts.OutputBits(ps, granule) is var bits and < 48)
        {
            world[regime.Ttbr(true)] |= 1UL << (bits + dice.Below(48 - bits));
        }

        if (lower != tree || tableOffset != 0)
        {
            descriptors.AddRange(ofBlock.Where(d => !descriptors.Contains(d)).Select(d => d));
        }

        if (Canonical)
        {
            return;
        }

        if (dice.OneIn(20))
        {
            Va ^= 1UL << (48 + dice.Below(8));
        }

        Va = dice.OneIn(4) ? (Va & ((1UL << 56) - 1)) | dice.Next() << 56 : Va;
    }

    /// <summary>Lets stage 1 ask for what is outside the input range of stage 2: for its first table, or as its output.</summary>
    private void Beyond(Regime regime, int ipaBits, bool walk)
    {
        if (_tree is not { } tree || ipaBits >= 48)
        {
            return;
        }

        if (!walk)
        {
            tree.Change(tree.StartLevel + tree.Path.Count - 1, d => d | 1UL << ipaBits);
        }
        else if (_upper)
        {
            Scene.World[regime.Ttbr(true)] |= 1UL << ipaBits;
        }
    }

    /// <summary>Controls that change the answer without changing the tables.</summary>
    private void Vary(Regime regime)
    {
        World world = Scene.World;
        bool two = regime.HasUnprivileged();
        Control tcr = regime.Tcr();
        Control sctlr = regime.Sctlr();
        world.Set(sctlr, 19, dice.OneIn(5)); // WXN
        world.Set(sctlr, 25, dice.OneIn(8)); // EE
        world.Set(sctlr, 1, dice.OneIn(8));  // A
        if (two)
        {
            world.Set(sctlr, 24, dice.OneIn(8)); // E0E
        }

        if (facts.FlagByHardware && dice.OneIn(2))
        {
            world.Set(tcr, two ? 39 : 21, true);
            world.Set(tcr, two ? 40 : 22, dice.OneIn(2));
        }

        for (int half = 0; half < (two ? 2 : 1); half++)
        {
            world.Set(tcr, two ? 37 + half : 20, dice.OneIn(2));
            world.Set(tcr, two ? 41 + half : 24, facts.Hpd && dice.OneIn(5));
            if (facts.PointerAuthentication)
            {
                world.Set(tcr, two ? 51 + half : 29, dice.OneIn(3));
            }
        }
    }

    private void Stage2(
        Granule granule, int ipaBits, int leafLevel, ulong ipa, bool forced, ulong tableOffset, List<ulong> descriptors, Spoil spoil, bool spoilWalk)
    {
        World world = Scene.World;
        int ps = dice.OneIn(2) ? 5 : dice.Below(6);
        var shape = new Shape(granule, ipaBits, ps);
        int[] starts = [.. Scene.StartLevels2(granule, ipaBits).Where(l => l <= leafLevel && l <= (granule == Granule.K4 ? 1 : 2))];
        if (starts.Length == 0)
        {
            Complete = false;
            return;
        }

        Tree tree = Scene.Stage2(shape, dice.Pick(starts));
        if (facts.FlagByHardware && dice.OneIn(2))
        {
            world.Set(Control.VTCR_EL2, 21, true);
            world.Set(Control.VTCR_EL2, 22, dice.OneIn(2));
        }

        world.Set(Control.HCR_EL2, 2, dice.OneIn(4)); // PTW
        ulong ordinary = forced ? 6UL << 2 : Scene.Stage2WriteBack;
        int block = granule == Granule.K4 ? 1 : 2;
        ulong whole = Descriptor.Af | Descriptor.S2Read | Descriptor.S2Write | Descriptor.Sh(3) | ordinary;
        tree.Map(RamBase, block, RamBase | Descriptor.Type(block) | whole);

        ulong inside = (1UL << granule.Shift(leafLevel)) - 1;
        tree.Map(ipa, leafLevel, Form.Leaf2(dice, forced) | Descriptor.Output(Target & ~inside, granule, leafLevel) | Descriptor.Type(leafLevel), _ => Form.TableBits(dice));
        if (!(Complete = tree.Complete))
        {
            return;
        }

        Scene.Watch(tree.Path[^1], null);
        if (!spoilWalk)
        {
            tree.Path(dice, world, spoil, shape, stage2: true, WantedLevel);
        }

        if (tableOffset == 0)
        {
            return;
        }

        if (WantedOnWalk && dice.OneIn(2))
        {
            // One block for all tables of stage 1, so that a walk can fault at the level of a block.
            ulong whereTables = descriptors[0] & ~((1UL << granule.Shift(block)) - 1);
            int coarse = granule == Granule.K4 ? 1 + dice.Below(2) : 2;
            ulong piece = descriptors[0] & ~((1UL << granule.Shift(coarse)) - 1);
            tree.Map((coarse == block ? whereTables : piece) + tableOffset, coarse, whole | (coarse == block ? whereTables : piece) | Descriptor.Type(coarse));
            if (tree.Complete)
            {
                tree.Path(dice, world, spoil, shape, stage2: true, WantedLevel);
            }

            Complete = tree.Complete;
            return;
        }

        int spoiled = spoilWalk ? dice.Below(descriptors.Count) : -1;
        for (int i = 0; i < descriptors.Count && tree.Complete; i++)
        {
            ulong leaf = spoilWalk && i != spoiled ? whole : Form.Leaf2(dice, forced) | (dice.OneIn(8) ? 0 : Descriptor.Af | Descriptor.S2Read);
            leaf = dice.OneIn(4) ? leaf : (leaf & ~(0xFUL << 2)) | ordinary;
            tree.Map(descriptors[i] + tableOffset, 3, leaf | Descriptor.Output(descriptors[i], granule, 3) | Descriptor.Type(3));
            if (tree.Complete && (i == spoiled || i == 0))
            {
                Scene.Watch(tree.Path[^1], null);
            }

            if (tree.Complete && i == spoiled)
            {
                tree.Path(dice, world, spoil, shape, stage2: true, WantedLevel);
            }
        }

        Complete = tree.Complete;
    }
}
