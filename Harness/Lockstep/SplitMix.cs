namespace Conformance.Harness.Lockstep;

/// <summary>Random numbers that depend on the seed alone (SplitMix64).</summary>
public sealed class SplitMix(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        ulong z = _state += 0x9e37_79b9_7f4a_7c15;
        z = (z ^ (z >> 30)) * 0xbf58_476d_1ce4_e5b9;
        z = (z ^ (z >> 27)) * 0x94d0_49bb_1331_11eb;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 up to, and not with, <paramref name="end"/>.</summary>
    public int Below(int end) => (int)((Next() >> 32) * (ulong)end >> 32);

    public bool Percent(int chance) => Below(100) < chance;

    public T Pick<T>(IReadOnlyList<T> of) => of[Below(of.Count)];
}
