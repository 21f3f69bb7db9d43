using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Advanced SIMD permute: UZP, TRN and ZIP.</summary>
/// <remarks>Source: DDI 0487, C7.2, the pages of these.</remarks>
internal static unsafe class Permute
{
    internal static readonly InsnRow[] Rows =
    [
        new("UZP1_asimdperm_only", "0 Q:1 00 111 0 size:2 0 Rm:5 0 0 01 10 Rn:5 Rd:5", &Permuted<Unzip>,     &Part),
        new("UZP2_asimdperm_only", "0 Q:1 00 111 0 size:2 0 Rm:5 0 1 01 10 Rn:5 Rd:5", &Permuted<Unzip>,     &Part),
        new("TRN1_asimdperm_only", "0 Q:1 00 111 0 size:2 0 Rm:5 0 0 10 10 Rn:5 Rd:5", &Permuted<Transpose>, &Part),
        new("TRN2_asimdperm_only", "0 Q:1 00 111 0 size:2 0 Rm:5 0 1 10 10 Rn:5 Rd:5", &Permuted<Transpose>, &Part),
        new("ZIP1_asimdperm_only", "0 Q:1 00 111 0 size:2 0 Rm:5 0 0 11 10 Rn:5 Rd:5", &Permuted<Zip>,       &Part),
        new("ZIP2_asimdperm_only", "0 Q:1 00 111 0 size:2 0 Rm:5 0 1 11 10 Rn:5 Rd:5", &Permuted<Zip>,       &Part),
    ];

    /// <summary>Imm: 1 for the second instruction of the pair.</summary>
    private static void Part(ref Operation op)
    {
        Shape.Any(ref op);
        op.Imm = op.Bits(14, 1);
    }

    private interface IPermutation
    {
        /// <returns>The index that element <paramref name="i"/> of the result has in Vm:Vn.</returns>
        static abstract int Source(int i, int elements, int part);
    }

    private static void Permuted<T>(Core core, in Operation op)
        where T : struct, IPermutation
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        VectorValue n = VectorElements.Read(core, op.Rn);
        VectorValue m = VectorElements.Read(core, op.Rm);
        var result = default(VectorValue);
        for (int i = 0; i < op.Elements; i++)
        {
            int source = T.Source(i, op.Elements, (int)op.Imm);
            result.Set(i, op.Size, source < op.Elements ? n.Get(source, op.Size) : m.Get(source - op.Elements, op.Size));
        }

        VectorElements.Write(core, op.Rd, result);
    }

    private readonly struct Unzip : IPermutation
    {
        public static int Source(int i, int elements, int part) => 2 * i + part;
    }

    private readonly struct Transpose : IPermutation
    {
        public static int Source(int i, int elements, int part) => (i & ~1) + part + (i & 1) * elements;
    }

    private readonly struct Zip : IPermutation
    {
        public static int Source(int i, int elements, int part) => part * (elements / 2) + (i >> 1) + (i & 1) * elements;
    }
}
