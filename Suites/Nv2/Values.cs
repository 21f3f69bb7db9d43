namespace Conformance.Suites.Nv2;

/// <summary>The 64-bit values that go through a slot.</summary>
/// <remarks>A slot is plain memory: it keeps all 64 bits whatever the register's fields are (F071).</remarks>
internal static class Values
{
    internal static IReadOnlyList<(string Label, Func<Dice, ulong> Of)> All { get; } =
    [
        ("ones", _ => ulong.MaxValue),
        ("zeros", _ => 0),
        ("odd-bits", _ => 0xAAAA_AAAA_AAAA_AAAA),
        ("even-bits", _ => 0x5555_5555_5555_5555),
        ("bytes", _ => 0x0123_4567_89AB_CDEF),
        ("low-half", d => d.Next() >> 32 | 1),
        ("high-half", d => d.Next() << 32 | 1UL << 63),
        ("one-bit", d => 1UL << d.Below(64)),
        ("one-hole", d => ~(1UL << d.Below(64))),
        ("any-0", d => d.Next()),
        ("any-1", d => d.Next()),
    ];
}
