namespace Conformance.Harness.Lockstep;

/// <summary>Random register values: mostly those at which instructions do something particular.</summary>
public static class RandomState
{
    private static readonly ulong[] s_integers =
    [
        0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x1_0000_0000,
        0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, ulong.MaxValue, 0xffff_ffff_8000_0000, 0x5555_5555_5555_5555,
    ];

    // Zeros, ones, infinities, NaNs of both kinds, the largest, the smallest normal and subnormal numbers, and near neighbours.
    private static readonly ulong[] s_half =
        [0x0000, 0x8000, 0x3c00, 0xbc00, 0x7c00, 0xfc00, 0x7e00, 0xfe01, 0x7c01, 0xfd55, 0x7bff, 0xfbff, 0x0400, 0x03ff, 0x8001, 0x0001, 0x3800, 0x4248];

    private static readonly ulong[] s_single =
    [
        0x0000_0000, 0x8000_0000, 0x3f80_0000, 0xbf80_0000, 0x7f80_0000, 0xff80_0000, 0x7fc0_0000, 0xffc0_1234, 0x7f80_0001, 0xffa0_0000,
        0x7f7f_ffff, 0xff7f_ffff, 0x0080_0000, 0x807f_ffff, 0x0000_0001, 0x8000_0001, 0x3f00_0000, 0x4049_0fdb, 0x4f00_0000, 0xcf00_0000,
        0x4eff_ffff, 0x477f_e000, 0x477f_f000, 0x3380_0000, 0x3880_0000, 0x387f_c000, 0x5f00_0000, 0x0100_0000, 0x3f7f_ffff,
    ];

    private static readonly ulong[] s_double =
    [
        0, 0x8000_0000_0000_0000, 0x3ff0_0000_0000_0000, 0xbff0_0000_0000_0000, 0x7ff0_0000_0000_0000, 0xfff0_0000_0000_0000,
        0x7ff8_0000_0000_0000, 0xfff8_0000_0000_1234, 0x7ff0_0000_0000_0001, 0xfff4_0000_0000_0000, 0x7fef_ffff_ffff_ffff,
        0xffef_ffff_ffff_ffff, 0x0010_0000_0000_0000, 0x800f_ffff_ffff_ffff, 1, 0x8000_0000_0000_0001, 0x3fe0_0000_0000_0000,
        0x4009_21fb_5444_2d18, 0x41e0_0000_0000_0000, 0xc1e0_0000_0000_0000, 0x43e0_0000_0000_0000, 0xc3e0_0000_0000_0000,
        0x47ef_ffff_e000_0000, 0x47ef_ffff_f000_0000, 0x3810_0000_0000_0000, 0x36a0_0000_0000_0000, 0x380f_ffff_f000_0000,
        0x41df_ffff_ffc0_0000, 0x3fef_ffff_ffff_ffff,
    ];

    /// <summary>A general register.</summary>
    public static ulong General(SplitMix random) => random.Below(8) switch
    {
        0 or 1 => random.Pick(s_integers),
        2 => random.Pick(s_integers) ^ (1ul << random.Below(64)),
        3 => (ulong)(long)(sbyte)random.Next(),
        4 => random.Next() >> random.Below(64),
        5 => ~(random.Next() >> random.Below(64)),
        6 => random.Next() & random.Next() & random.Next(),
        _ => random.Next(),
    };

    /// <summary>64 bits of a vector: elements of one size, or anything.</summary>
    public static ulong Vector(SplitMix random) => random.Below(8) switch
    {
        0 or 1 => Elements(random, s_half, 16),
        2 or 3 => Elements(random, s_single, 32),
        4 or 5 => Elements(random, s_double, 64),
        6 => General(random),
        _ => random.Next(),
    };

    /// <summary>FPCR: every rounding mode, FZ, FZ16, DN and AHP.</summary>
    public static ulong Fpcr(SplitMix random)
    {
        ulong mode = (ulong)random.Below(4) << 22;
        return mode | (random.Percent(25) ? 1ul << 24 : 0) | (random.Percent(25) ? 1ul << 25 : 0)
            | (random.Percent(25) ? 1ul << 26 : 0) | (random.Percent(25) ? 1ul << 19 : 0);
    }

    private static ulong Elements(SplitMix random, ulong[] special, int bits)
    {
        ulong mask = bits == 64 ? ulong.MaxValue : (1ul << bits) - 1;
        ulong value = 0;
        for (int at = 0; at < 64; at += bits)
        {
            ulong element = random.Below(4) switch
            {
                0 => random.Next(),
                1 => Moderate(random, bits),
                2 => random.Pick(special) ^ (random.Percent(20) ? 1ul << random.Below(bits) : 0),
                _ => random.Pick(special),
            };
            value |= (element & mask) << at;
        }

        return value;
    }

    /// <summary>A number whose exponent is near that of 1, so that sums and products of such stay finite.</summary>
    private static ulong Moderate(SplitMix random, int bits)
    {
        (int fraction, int bias) = bits switch
        {
            16 => (10, 15),
            32 => (23, 127),
            _ => (52, 1023),
        };
        ulong exponent = (ulong)(bias + random.Below(13) - 6);
        ulong low = random.Next() & ((1ul << fraction) - 1);
        return (random.Next() & 1) << (bits - 1) | exponent << fraction | (random.Percent(30) ? low & ~(ulong)0 << random.Below(fraction) : low);
    }
}
