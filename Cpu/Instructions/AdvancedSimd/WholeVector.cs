using System.Runtime.Intrinsics;
using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Executes the operations that need neither wider intermediate values nor saturation.</summary>
internal static class WholeVector
{
    internal static void Same<TOperation>(Core core, in Operation op)
        where TOperation : struct, IVectorOperation
    {
        if (FpAccess.Check(core))
        {
            Run<TOperation>(core, op, VectorElements.Read(core, op.Rm));
        }
    }

    /// <summary>By the one element of Vm that Imm names.</summary>
    internal static void ByElement<TOperation>(Core core, in Operation op)
        where TOperation : struct, IVectorOperation
    {
        if (FpAccess.Check(core))
        {
            ulong element = VectorElements.Get(core, op.Rm, (int)op.Imm, op.Size);
            Run<TOperation>(core, op, VectorValue.Replicate(element, op.Size));
        }
    }

    private static void Run<TOperation>(Core core, in Operation op, VectorValue second)
        where TOperation : struct, IVectorOperation
    {
        Vector128<ulong> d = Vector128.Create(core.V[2 * op.Rd], core.V[2 * op.Rd + 1]);
        Vector128<ulong> n = Vector128.Create(core.V[2 * op.Rn], core.V[2 * op.Rn + 1]);
        Vector128<ulong> m = Vector128.Create(second.Low, second.High);
        Vector128<ulong> result = (TOperation.IsUnsigned(op.U), op.Size) switch
        {
            (true, 0) => TOperation.Of(d.AsByte(), n.AsByte(), m.AsByte()).AsUInt64(),
            (true, 1) => TOperation.Of(d.AsUInt16(), n.AsUInt16(), m.AsUInt16()).AsUInt64(),
            (true, 2) => TOperation.Of(d.AsUInt32(), n.AsUInt32(), m.AsUInt32()).AsUInt64(),
            (true, _) => TOperation.Of(d, n, m),
            (false, 0) => TOperation.Of(d.AsSByte(), n.AsSByte(), m.AsSByte()).AsUInt64(),
            (false, 1) => TOperation.Of(d.AsInt16(), n.AsInt16(), m.AsInt16()).AsUInt64(),
            (false, 2) => TOperation.Of(d.AsInt32(), n.AsInt32(), m.AsInt32()).AsUInt64(),
            (false, _) => TOperation.Of(d.AsInt64(), n.AsInt64(), m.AsInt64()).AsUInt64(),
        };

        core.V[2 * op.Rd] = result.GetElement(0);
        core.V[2 * op.Rd + 1] = op.Elements << op.Size == 16 ? result.GetElement(1) : 0;
    }
}
