using Conformance.Suites.Translation.Oracle;
using Conformance.Suites.Translation.Tables;

namespace Conformance.Suites.Translation.Generated;

/// <summary>What is made wrong with tables that are otherwise in order.</summary>
internal enum Spoil
{
    None,

    /// <summary>A descriptor on the path has bit 0 clear.</summary>
    Invalid,

    /// <summary>A block where there are none, or bits 1:0 = 01 at level 3.</summary>
    WrongType,

    /// <summary>The address field of a descriptor on the path does not fit PS.</summary>
    TooHigh,

    /// <summary>The leaf has no access flag.</summary>
    NoFlag,

    /// <summary>The base register does not fit PS.</summary>
    BaseTooHigh,

    /// <summary>The size of the input is outside its range.</summary>
    Size,

    /// <summary>The leaf allows nothing.</summary>
    NoPermission,

    /// <summary>A table on the path is where no memory is. Only where it is asked for.</summary>
    External,
}

/// <summary>Makes tables wrong in one way.</summary>
internal static class Spoiling
{
    private static readonly Spoil[] s_ofPath =
        [Spoil.Invalid, Spoil.Invalid, Spoil.WrongType, Spoil.TooHigh, Spoil.TooHigh, Spoil.NoFlag, Spoil.BaseTooHigh, Spoil.Size, Spoil.NoPermission, Spoil.NoPermission];

    internal static Spoil Roll(Dice dice) => dice.Pick(s_ofPath);

    /// <summary>Spoils the path that was mapped last.</summary>
    internal static void Path(this Tree tree, Dice dice, World world, Spoil spoil, Shape shape, bool stage2, int? at = null)
    {
        int last = tree.StartLevel + tree.Path.Count - 1;
        int level = at is { } wanted && wanted >= tree.StartLevel && wanted <= last ? wanted : tree.StartLevel + dice.Below(tree.Path.Count);
        int outputBits = world.Facts.OutputBits(shape.Ps, shape.Granule);
        switch (spoil)
        {
            case Spoil.Invalid:
                tree.Change(level, d => d & ~Descriptor.Valid);
                break;
            case Spoil.WrongType:
                tree.Change(last, d => last == 3 ? d & ~Descriptor.NotBlock : d & ~3UL);
                break;
            case Spoil.TooHigh:
                int top = shape.Granule == Granule.K64 && world.Facts.Lpa && dice.OneIn(3) ? 52 : 48;
                if (outputBits < top)
                {
                    int bit = outputBits + dice.Below(top - outputBits);
                    tree.Change(level, d => d | 1UL << (bit < 48 ? bit : bit - 36));
                }

                break;
            case Spoil.External when level > tree.StartLevel:
                tree.Change(level - 1, d => (d & ~0x0000_FFFF_FFFF_F000UL) | Harness.Cases.GuestMemory.Nothing);
                break;
            case Spoil.NoFlag:
                tree.Change(last, d => d & ~Descriptor.Af);
                break;
            case Spoil.NoPermission:
                tree.Change(last, d => stage2 ? d & ~(Descriptor.S2Read | Descriptor.S2Write) | 2UL << 53 : (d | Descriptor.ReadOnly | Descriptor.Uxn | Descriptor.Pxn) & ~Descriptor.El0);
                break;
        }
    }
}
