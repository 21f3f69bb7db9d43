namespace Conformance.Suites;

/// <summary>A small deterministic generator (SplitMix64): the same seed and text give the same numbers on every machine.</summary>
public sealed class Dice
{
    private ulong _state;

    public Dice(ulong seed, string text)
    {
        // FNV-1a over the text, so that a case's numbers depend on its own name and not on its neighbours.
        ulong hash = 0xCBF2_9CE4_8422_2325;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ c) * 0x0000_0100_0000_01B3);
        }

        _state = unchecked(hash + (seed * 0x9E37_79B9_7F4A_7C15));
    }

    /// <summary>64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E37_79B9_7F4A_7C15;
            ulong z = _state;
            z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
            z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>A number from 0 to <paramref name="count"/> - 1.</summary>
    public int Below(int count) => (int)(Next() % (ulong)count);

    /// <summary>True once in <paramref name="n"/> times on average.</summary>
    public bool OneIn(int n) => Below(n) == 0;

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];
}
