using Conformance.Harness.Cases;

namespace Conformance.Harness.Executive;

/// <summary>What a case put into memory before its first step.</summary>
internal static class InitialMemory
{
    /// <summary>The last value the case's set-up gives the word; 0 when it gives none.</summary>
    internal static ulong Word(Case c, ulong address)
    {
        for (int i = c.Memory.Count - 1; i >= 0; i--)
        {
            if (c.Memory[i].Address == address)
            {
                return c.Memory[i].Value;
            }
        }

        for (int i = c.Fills.Count - 1; i >= 0; i--)
        {
            MemoryFill fill = c.Fills[i];
            if (address >= fill.Address && address < fill.Address + fill.Length)
            {
                return unchecked(fill.First + ((address - fill.Address) / 8 * fill.Stride));
            }
        }

        return 0;
    }
}
