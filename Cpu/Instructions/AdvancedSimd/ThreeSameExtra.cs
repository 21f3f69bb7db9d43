using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Advanced SIMD three-register extension: SQRDMLAH, SQRDMLSH, SDOT and UDOT.</summary>
/// <remarks>Source: DDI 0487, C7.2, the pages of these.</remarks>
internal static unsafe class ThreeSameExtra
{
    internal static readonly InsnRow[] Rows =
    [
        new("SQRDMLAH_asimdsame2_only", "0 Q:1 1 0 111 0 size:2 0 Rm:5 1 000 0 1 Rn:5 Rd:5", &ElementWise.Same<DoublingMultiplyAddHigh>,      &Shape.HalfwordsAndWords) { Feature = "FEAT_RDM" },
        new("SQRDMLSH_asimdsame2_only", "0 Q:1 1 0 111 0 size:2 0 Rm:5 1 000 1 1 Rn:5 Rd:5", &ElementWise.Same<DoublingMultiplySubtractHigh>, &Shape.HalfwordsAndWords) { Feature = "FEAT_RDM" },
        new("SDOT_asimdsame2_D",        "0 Q:1 0 0 111 0 size:2 0 Rm:5 1 0010 1 Rn:5 Rd:5",  &DotProduct,                                     &Shape.Words) { Feature = "FEAT_DotProd" },
        new("UDOT_asimdsame2_D",        "0 Q:1 1 0 111 0 size:2 0 Rm:5 1 0010 1 Rn:5 Rd:5",  &DotProduct,                                     &Shape.Words) { Feature = "FEAT_DotProd" },
    ];

    internal readonly struct DoublingMultiplyAddHigh : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => e.SaturateSigned(((d << e.Bits) + 2 * n * m + Element.Half(e.Bits)) >> e.Bits);

        public static bool IsUnsigned(bool u) => false;
    }

    internal readonly struct DoublingMultiplySubtractHigh : IElementOperation
    {
        public static Int128 Of(Int128 d, Int128 n, Int128 m, ref Element e) => e.SaturateSigned(((d << e.Bits) - 2 * n * m + Element.Half(e.Bits)) >> e.Bits);

        public static bool IsUnsigned(bool u) => false;
    }

    internal static void DotProduct(Core core, in Operation op) => DotProduct(core, op, null);

    /// <summary>Adds to each 32-bit element the four products of the bytes in its place, or of the bytes of one element of Vm.</summary>
    internal static void DotProduct(Core core, in Operation op, int? element)
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        VectorValue d = VectorElements.Read(core, op.Rd);
        VectorValue n = VectorElements.Read(core, op.Rn);
        VectorValue m = VectorElements.Read(core, op.Rm);
        var result = default(VectorValue);
        for (int i = 0; i < op.Elements; i++)
        {
            ulong sum = d.Get(i, op.Size);
            for (int b = 0; b < 4; b++)
            {
                int first = 4 * i + b;
                int second = 4 * (element ?? i) + b;
                sum += op.U
                    ? n.Get(first, 0) * m.Get(second, 0)
                    : (ulong)(n.GetSigned(first, 0) * m.GetSigned(second, 0));
            }

            result.Set(i, op.Size, sum);
        }

        VectorElements.Write(core, op.Rd, result);
    }
}
