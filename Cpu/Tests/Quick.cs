using FsCheck;
using FsCheck.Fluent;

namespace Conformance.Cpu.Tests;

/// <summary>Properties with a fixed seed, so that a run is the same everywhere.</summary>
internal static class Quick
{
    private static readonly ulong[] s_edges =
    [
        0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x1_0000_0000,
        0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0xffff_ffff_8000_0000, ulong.MaxValue,
    ];

    /// <summary>Register values: edges, and any.</summary>
    internal static readonly Gen<ulong> Register =
        Gen.OneOf(Gen.Elements(s_edges), ArbMap.Default.GeneratorFor<ulong>(), Random64());

    /// <summary>Four register values and NZCV.</summary>
    internal static readonly Arbitrary<Operands> AnyOperands = Arb.From(
        from x1 in Register
        from x2 in Register
        from x3 in Register
        from x4 in Register
        from nzcv in Gen.Choose(0, 15)
        select new Operands(x1, x2, x3, x4, (byte)nzcv));

    internal static void Check(Property property) =>
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20_250_301, 77));

    private static Gen<ulong> Random64() =>
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        select (ulong)(uint)high << 32 | (uint)low;
}

/// <summary>Values of X1 to X4 and NZCV before an instruction; X3 is the destination.</summary>
internal sealed record Operands(ulong X1, ulong X2, ulong X3, ulong X4, byte Nzcv)
{
    public uint W1 => (uint)X1;

    public uint W2 => (uint)X2;

    public uint W4 => (uint)X4;

    public bool C => (Nzcv & 2) != 0;

    public void Put(Core core)
    {
        core.SetX(1, X1);
        core.SetX(2, X2);
        core.SetX(3, X3);
        core.SetX(4, X4);
        core.Pstate.Nzcv = Nzcv;
    }
}
