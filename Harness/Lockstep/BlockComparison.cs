using System.Globalization;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Lockstep;

/// <summary>A field in which two devices differ.</summary>
/// <param name="Kind">What it is: X, V, SP, PSTATE, FPCR, FPSR, memory, exceptions, vector, ESR, ELR, SPSR, FAR.</param>
/// <param name="Name">The field, with its number where there are several.</param>
/// <param name="First">Its value on one device.</param>
/// <param name="Second">Its value on the other.</param>
/// <param name="Bits">The bits that differ; all for what is no number of 64 bits.</param>
public readonly record struct Difference(string Kind, string Name, string First, string Second, ulong Bits = ulong.MaxValue);

/// <summary>Compares what two devices made of a block.</summary>
public sealed class BlockComparison
{
    /// <summary>PSTATE bits, in SPSR layout, that exist with a feature only.</summary>
    private static readonly (string Feature, int Bit)[] s_pstate =
    [
        ("FEAT_NMI", 13), ("FEAT_MTE", 25), ("FEAT_SSBS", 12), ("FEAT_PAN", 22), ("FEAT_UAO", 23), ("FEAT_DIT", 24),
        ("FEAT_BTI", 10), ("FEAT_BTI", 11), ("FEAT_EBEP", 32), ("FEAT_SEBEP", 33), ("FEAT_GCS", 34), ("FEAT_PAuth_LR", 35),
        ("FEAT_UINJ", 36),
    ];

    private const int IllegalState = 0x0e;

    private readonly ulong _pstate;
    private readonly IReadOnlyList<LockstepWaiver> _waivers;

    /// <param name="first">Features of the first device.</param>
    /// <param name="second">Features of the second; PSTATE bits that not both have are not compared.</param>
    /// <param name="waivers">Known divergences of the two.</param>
    public BlockComparison(FeatureSet first, FeatureSet second, IReadOnlyList<LockstepWaiver> waivers)
    {
        _waivers = waivers;
        _pstate = s_pstate.Where(p => !(first.Has(p.Feature) && second.Has(p.Feature))).Aggregate(ulong.MaxValue, (mask, p) => mask & ~(1ul << p.Bit));
    }

    /// <summary>All differences that say something: FAR_ELx counts where the exception reports an address (EX-096).</summary>
    /// <param name="block">The block.</param>
    /// <param name="code">Address of its first instruction.</param>
    /// <param name="first">The result of the first device.</param>
    /// <param name="second">The result of the second.</param>
    /// <param name="waived">Told of each syndrome that differs as a waiver says: that changes nothing of what follows.</param>
    public IReadOnlyList<Difference> Of(
        LockstepBlock block, ulong code, BlockResult first, BlockResult second, Action<LockstepWaiver> waived)
    {
        if (first.Words.Span.SequenceEqual(second.Words.Span))
        {
            return [];
        }

        List<Difference> found = [];
        Exceptions(block, code, first, second, found, waived);
        for (int n = 0; n < 31; n++)
        {
            Add(found, "X", $"X{n}", first.General(n), second.General(n));
        }

        for (int n = 0; n < 4; n++)
        {
            Add(found, "SP", $"SP_EL{n}", first.StackPointer(n), second.StackPointer(n));
        }

        Add(found, "PSTATE", "PSTATE", first.Pstate & _pstate, second.Pstate & _pstate);
        Add(found, "FPCR", "FPCR", first.Fpcr, second.Fpcr);
        Add(found, "FPSR", "FPSR", first.Fpsr, second.Fpsr);
        for (int n = 0; n < 32; n++)
        {
            (ulong low, ulong high) = first.Vector(n);
            (ulong otherLow, ulong otherHigh) = second.Vector(n);
            if (low != otherLow || high != otherHigh)
            {
                found.Add(new Difference("V", $"V{n}", Hex128(high, low), Hex128(otherHigh, otherLow)));
            }
        }

        Add(found, "memory", "memory", first.MemoryHash, second.MemoryHash);
        return found;
    }

    private void Exceptions(
        LockstepBlock block, ulong code, BlockResult first, BlockResult second, List<Difference> found, Action<LockstepWaiver> waived)
    {
        int common = Math.Min(first.ExceptionCount, second.ExceptionCount);
        for (int i = 0; i < common; i++)
        {
            SeenException a = first.Exception(i);
            SeenException b = second.Exception(i);
            int before = found.Count;
            Add(found, "vector", $"exception {i} taken to", ((ulong)a.Level << 12) | (uint)a.Vector, ((ulong)b.Level << 12) | (uint)b.Vector);
            Add(found, "ESR", $"exception {i} ESR", a.Esr, b.Esr);
            Add(found, "ELR", $"exception {i} ELR", a.Elr, b.Elr);
            ulong open = Open(a, b);
            Add(found, "SPSR", $"exception {i} SPSR", a.Spsr & _pstate & ~open, b.Spsr & _pstate & ~open);
            if (a.ReportsAddress && b.ReportsAddress)
            {
                Add(found, "FAR", $"exception {i} FAR", a.Far, b.Far);
            }

            if (found.Count == before + 1 && found[before].Kind == "ESR" && StepAt(block, code, a.Elr) is { } step
                && _waivers.FirstOrDefault(w => w.Explains(step, [found[before]])) is { } waiver)
            {
                waived(waiver);
                found.RemoveAt(before);
            }

            if (found.Count > before)
            {
                return; // what follows is a consequence
            }
        }

        if (first.ExceptionCount != second.ExceptionCount)
        {
            found.Add(new Difference("exceptions", "exceptions",
                first.ExceptionCount.ToString(CultureInfo.InvariantCulture), second.ExceptionCount.ToString(CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>
    /// Bits of SPSR that the architecture leaves open: behind an illegal return (EX-267, EX-268), and BTYPE, which is the old value
    /// or 0 for what an instruction brings about (EX-071).
    /// </summary>
    private static ulong Open(SeenException a, SeenException b)
    {
        const ulong Btype = 3 << 10;
        const ulong Unknown = Btype | (1 << 12) | (7 << 22); // SSBS; PAN, UAO, DIT
        bool isZeroed = (a.Spsr & Btype) == 0 || (b.Spsr & Btype) == 0;
        return a.Class == IllegalState && b.Class == IllegalState ? Unknown
            : isZeroed && a.Class is not (0x0d or 0x20 or 0x21 or 0x22 or 0x30 or 0x31 or 0x32 or 0x33 or 0x3c) ? Btype
            : 0;
    }

    private static LockstepStep? StepAt(LockstepBlock block, ulong code, ulong address)
    {
        ulong at = code;
        foreach (LockstepStep step in block.Steps)
        {
            if (address == at + (4 * (ulong)step.Main))
            {
                return step;
            }

            at += 4 * (ulong)step.Words.Length;
        }

        return null;
    }

    private static void Add(List<Difference> to, string kind, string name, ulong first, ulong second)
    {
        if (first != second)
        {
            to.Add(new Difference(kind, name, $"0x{first:x}", $"0x{second:x}", first ^ second));
        }
    }

    private static string Hex128(ulong high, ulong low) => $"0x{high:x16}_{low:x16}";
}
