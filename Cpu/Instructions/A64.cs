using Conformance.Cpu.Features;
using Conformance.Cpu.Instructions.AdvancedSimd;
using Conformance.Cpu.Instructions.AdvancedSimdFloatingPoint;
using Conformance.Cpu.Instructions.ScalarFloatingPoint;

namespace Conformance.Cpu.Instructions;

/// <summary>The A64 instruction set: every row of every group, and the way from a word to its row.</summary>
internal static unsafe class A64
{
    /// <summary>Bits 31:21 choose the bucket; a row is in every bucket that one of its words chooses.</summary>
    private const int BucketShift = 21;

    private static readonly InsnRow[][] s_groups =
    [
        // Data processing (immediate)
        PcRelative.Rows,
        AddSubtractImmediate.Rows,
        LogicalImmediate.Rows,
        MoveWide.Rows,
        Bitfield.Rows,
        Extract.Rows,

        // Data processing (register)
        LogicalShiftedRegister.Rows,
        AddSubtractShiftedRegister.Rows,
        AddSubtractExtendedRegister.Rows,
        AddSubtractCarry.Rows,
        FlagManipulation.Rows,
        ConditionalCompare.Rows,
        ConditionalSelect.Rows,
        OneSource.Rows,
        TwoSource.Rows,
        ThreeSource.Rows,

        // Branches
        BranchImmediate.Rows,
        BranchRegister.Rows,

        // Loads and stores
        LoadLiteral.Rows,
        LoadStoreUnsignedOffset.Rows,
        LoadStoreUnscaled.Rows,
        LoadStoreIndexed.Rows,
        LoadStoreRegisterOffset.Rows,
        LoadStorePair.Rows,
        LoadStoreExclusive.Rows,
        LoadStoreOrdered.Rows,
        CompareAndSwap.Rows,
        AtomicMemory.Rows,

        // Advanced SIMD and floating-point
        FloatingPointLoadStore.Rows,
        FloatingPointLoadStorePair.Rows,
        FloatingPointMove.Rows,
        .. AdvancedSimdGroups.Groups,
        FloatingPointImmediate.Rows,
        FloatingPointCompare.Rows,
        FloatingPointOneSource.Rows,
        FloatingPointTwoSource.Rows,
        FloatingPointThreeSource.Rows,
        FloatingPointConversion.Rows,
        .. AdvancedSimdFloatingPointGroups.Groups,

        SemihostingCall.Rows,

        // System, exceptions
        .. SystemGroups.Groups,

        // Allocated, but not here
        AbsentExtensions.Rows,
    ];

    /// <summary>Every row, in the order of declaration.</summary>
    public static InsnRow[] Rows { get; } = [.. s_groups.SelectMany(g => g)];

    /// <summary>The groups whose handlers are all <see cref="Route.Plain"/>.</summary>
    private static readonly HashSet<InsnRow> s_plain =
    [
        .. AddSubtractImmediate.Rows, .. LogicalImmediate.Rows, .. MoveWide.Rows, .. Bitfield.Rows, .. Extract.Rows,
        .. LogicalShiftedRegister.Rows, .. AddSubtractShiftedRegister.Rows, .. AddSubtractExtendedRegister.Rows,
        .. AddSubtractCarry.Rows, .. ConditionalCompare.Rows, .. ConditionalSelect.Rows, .. OneSource.Rows, .. TwoSource.Rows,
        .. ThreeSource.Rows,
    ];

    private static readonly InsnRow[][] s_buckets = Distribute(Rows);

    /// <returns>The row of the word, the special case before the general one; null when the word is UNDEFINED.</returns>
    public static InsnRow? Decode(uint word)
    {
        foreach (InsnRow row in s_buckets[word >> BucketShift])
        {
            if (row.Pattern.Matches(word))
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>Takes a word apart for a PE with the given features.</summary>
    public static void Predecode(uint word, FeatureSet features, out Operation op)
    {
        op = default;
        op.Word = word;
        op.Rd = (byte)(word & 31);
        op.Rn = (byte)((word >> 5) & 31);
        op.Rm = (byte)((word >> 16) & 31);
        op.Ra = (byte)((word >> 10) & 31);

        InsnRow? row = Decode(word);
        if (row is null || Lacks(features, row.Feature) || Lacks(features, row.AlsoNeeds))
        {
            op.MakeUndefined();
            return;
        }

        op.Execute = row.Execute;
        op.Route = RouteOf(row);
        if (row.Prepare != null)
        {
            row.Prepare(ref op);
        }
    }

    private static Route RouteOf(InsnRow row) => row.Route == Route.General && s_plain.Contains(row) ? Route.Plain : row.Route;

    private static bool Lacks(FeatureSet features, string? feature) => feature is not null && !features.Has(feature);

    private static InsnRow[][] Distribute(InsnRow[] rows)
    {
        // More fixed bits first, so that a special case is found before what it is a case of.
        InsnRow[] ordered = [.. rows.OrderByDescending(r => uint.PopCount(r.Pattern.Mask))];
        var buckets = new InsnRow[1 << (32 - BucketShift)][];
        for (uint b = 0; b < buckets.Length; b++)
        {
            uint bits = b << BucketShift;
            buckets[b] = [.. ordered.Where(r => ((bits ^ r.Pattern.Value) & r.Pattern.Mask >> BucketShift << BucketShift) == 0)];
        }

        return buckets;
    }
}
