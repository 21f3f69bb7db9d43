namespace Conformance.Suites.Access;

/// <summary>A small generator of reproducible random numbers: the same seed and name give the same numbers everywhere.</summary>
/// <remarks>SplitMix64 over a seed mixed with FNV-1a of the name; a case does not depend on which others are generated.</remarks>
internal sealed class Dice
{
    private ulong _state;

    internal Dice(ulong seed, string name)
    {
        _state = seed ^ 0xCBF2_9CE4_8422_2325;
        foreach (char c in name)
        {
            _state = (_state ^ c) * 0x100_0000_01B3;
        }
    }

    internal ulong Next()
    {
        ulong z = _state += 0x9E37_79B9_7F4A_7C15;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number below <paramref name="limit"/>.</summary>
    internal int Below(int limit) => (int)(Next() % (ulong)limit);

    internal bool Coin() => (Next() & 1) != 0;
}
