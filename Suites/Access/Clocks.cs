using Conformance.Harness.Spec;

namespace Conformance.Suites.Access;

/// <summary>What a case gives to counts, which nobody can foretell, so that what was done with them can be seen.</summary>
/// <remarks>
/// A count runs for years before its highest byte changes. So offsets differ in that byte, and it tells which offset was taken
/// off; a compare value of all ones has lost it after a write through the timer value view.
/// </remarks>
internal static class Clocks
{
    /// <summary>The byte that only an offset can change.</summary>
    internal const ulong Top = 0xFF00_0000_0000_0000;

    private static readonly string[] s_offsets = ["CNTVOFF_EL2", "CNTPOFF_EL2"];

    /// <summary>The registers that a leaf needs to be told from its neighbours, and their values.</summary>
    internal static IEnumerable<(string Register, ulong Value)> For(Leaf leaf, AccessTarget target, Dice dice)
    {
        if (leaf is not (Leaf.ReadCounter or Leaf.WriteTimerValue))
        {
            yield break;
        }

        int first = 1 + dice.Below(120);
        foreach (string offset in s_offsets.Where(o => target.Home.CanSet(o, target.Baseline)))
        {
            yield return (offset, (ulong)first << 56);
            first += 1 + dice.Below(120);
        }

        if (leaf is Leaf.WriteTimerValue write && target.Home.CanSet(write.Compare, target.Baseline))
        {
            yield return (write.Compare, ulong.MaxValue);
        }
    }
}
