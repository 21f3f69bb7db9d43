using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Advanced SIMD table lookup: TBL and TBX.</summary>
/// <remarks>Source: DDI 0487, C7.2, TBL, TBX. The registers of the table wrap from V31 to V0.</remarks>
internal static unsafe class TableLookup
{
    internal static readonly InsnRow[] Rows =
    [
        new("TBL_asimdtbl_L1_1", "0 Q:1 001110 00 0 Rm:5 0 00 0 00 Rn:5 Rd:5", &Lookup<Zero>, &Shape.ImpliedBytes),
        new("TBL_asimdtbl_L2_2", "0 Q:1 001110 00 0 Rm:5 0 01 0 00 Rn:5 Rd:5", &Lookup<Zero>, &Shape.ImpliedBytes),
        new("TBL_asimdtbl_L3_3", "0 Q:1 001110 00 0 Rm:5 0 10 0 00 Rn:5 Rd:5", &Lookup<Zero>, &Shape.ImpliedBytes),
        new("TBL_asimdtbl_L4_4", "0 Q:1 001110 00 0 Rm:5 0 11 0 00 Rn:5 Rd:5", &Lookup<Zero>, &Shape.ImpliedBytes),
        new("TBX_asimdtbl_L1_1", "0 Q:1 001110 00 0 Rm:5 0 00 1 00 Rn:5 Rd:5", &Lookup<Keep>, &Shape.ImpliedBytes),
        new("TBX_asimdtbl_L2_2", "0 Q:1 001110 00 0 Rm:5 0 01 1 00 Rn:5 Rd:5", &Lookup<Keep>, &Shape.ImpliedBytes),
        new("TBX_asimdtbl_L3_3", "0 Q:1 001110 00 0 Rm:5 0 10 1 00 Rn:5 Rd:5", &Lookup<Keep>, &Shape.ImpliedBytes),
        new("TBX_asimdtbl_L4_4", "0 Q:1 001110 00 0 Rm:5 0 11 1 00 Rn:5 Rd:5", &Lookup<Keep>, &Shape.ImpliedBytes),
    ];

    private interface IOutside
    {
        static abstract ulong Of(ulong old);
    }

    /// <typeparam name="T">What a byte becomes whose index is outside the table.</typeparam>
    /// <param name="core">The PE.</param>
    /// <param name="op">len is the number of registers less 1.</param>
    private static void Lookup<T>(Core core, in Operation op)
        where T : struct, IOutside
    {
        if (!FpAccess.Check(core))
        {
            return;
        }

        ulong bytes = 16 * (op.Bits(13, 2) + 1);
        VectorValue old = VectorElements.Read(core, op.Rd);
        VectorValue indices = VectorElements.Read(core, op.Rm);
        var result = default(VectorValue);
        for (int i = 0; i < op.Elements; i++)
        {
            ulong index = indices.Get(i, 0);
            result.Set(i, 0, index < bytes
                ? VectorElements.Get(core, (op.Rn + ((int)index >> 4)) & 31, (int)index & 15, 0)
                : T.Of(old.Get(i, 0)));
        }

        VectorElements.Write(core, op.Rd, result);
    }

    private readonly struct Zero : IOutside
    {
        public static ulong Of(ulong old) => 0;
    }

    private readonly struct Keep : IOutside
    {
        public static ulong Of(ulong old) => old;
    }
}
