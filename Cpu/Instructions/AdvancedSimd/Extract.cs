using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Advanced SIMD extract: EXT.</summary>
/// <remarks>Source: DDI 0487, C7.2, EXT.</remarks>
internal static unsafe class Extract
{
    internal static readonly InsnRow[] Rows =
    [
        new("EXT_asimdext_only", "0 Q:1 10 111 0 00 0 Rm:5 0 imm4:4 0 Rn:5 Rd:5", &Ext, &Position),
    ];

    /// <summary>Imm: the lowest byte of Vm:Vn that is taken.</summary>
    private static void Position(ref Operation op)
    {
        Shape.ImpliedBytes(ref op);
        op.Imm = op.Bits(11, 4);
        if ((int)op.Imm >= op.Elements)
        {
            op.MakeUndefined();
        }
    }

    private static void Ext(Core core, in Operation op)
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
            int source = i + (int)op.Imm;
            result.Set(i, 0, source < op.Elements ? n.Get(source, 0) : m.Get(source - op.Elements, 0));
        }

        VectorElements.Write(core, op.Rd, result);
    }
}
