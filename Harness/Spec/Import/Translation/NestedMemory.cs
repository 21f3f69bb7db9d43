using Conformance.Harness.Spec.Import.Pseudocode;

namespace Conformance.Harness.Spec.Import.Translation;

/// <summary>Accesses redirected to memory by FEAT_NV2: <c>NVMem[0x110]</c>, <c>NVMem[0x400 + (8 * m)]</c>, <c>NVMem[0x200, 128]</c>.</summary>
internal static class NestedMemory
{
    internal static string Leaf(Expr.Index memory)
    {
        string width = memory.Arguments.Count == 2 && memory.Arguments[1] is Expr.Number { Value: not 64 } bits ? $"/{bits.Value}" : "";
        return memory.Arguments[0] switch
        {
            Expr.Number offset => $"N:{offset.Value:x3}{width}",
            Expr.Binary
            {
                Operator: "+",
                Left: Expr.Number offset,
                Right: Expr.Binary { Operator: "*", Left: Expr.Number stride, Right: Expr.Name { Id: "m" } },
            } => $"N:{offset.Value:x3}+{stride.Value}m{width}",
            _ => throw TermTranslator.Unknown(memory),
        };
    }
}
