using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Oracle;
using Conformance.Suites.Translation.Tables;

namespace Conformance.Suites.Translation.Directed;

/// <summary>The simplest tables: 4 KiB pages, 39-bit addresses, one page at <see cref="Va"/> and a block for the code and the vectors.</summary>
internal sealed class Plain
{
    /// <summary>The page, in the lower half.</summary>
    internal const ulong Va = 0x12_3456_7000;

    /// <summary>The page as stage 1 output, when stage 2 is on.</summary>
    internal const ulong Ipa = 0x8_7654_3000;

    /// <summary>What it maps in the end.</summary>
    internal const ulong Target = GuestMemory.Data + 0x3000;

    internal const ulong Ordinary = Descriptor.Af | 3UL << 8 | (ulong)Scene.WriteBack << 2;

    internal Plain(Facts facts) => Scene = new Scene(facts);

    internal Scene Scene { get; }

    /// <summary>The block for the code and the vectors can be written as well.</summary>
    internal bool WritableRam { get; init; }

    /// <summary>Stage 1 tables; the leaf is as given, but for type and address.</summary>
    internal Plain Stage1(Regime regime, ulong leaf, ulong tableBits = 0, bool stage2 = false)
    {
        Tree tree = Scene.Stage1(regime, false, new Shape(Granule.K4, 39, 5));
        Scene.Disable(regime, true);
        tree.Map(GuestMemory.RamBase, 1, GuestMemory.RamBase | Descriptor.Type(1) | Ordinary | (WritableRam ? 0 : Descriptor.ReadOnly));
        tree.Map(Va, 3, leaf | (stage2 ? Ipa : Target) | Descriptor.Type(3), level => level == 1 ? tableBits : 0);
        Scene.Watch(tree.Path[^1], regime);
        return this;
    }

    /// <summary>Stage 2 tables for the output of stage 1, or for the address itself when stage 1 is off.</summary>
    internal Plain Stage2(ulong leaf, bool forced = false)
    {
        Scene.World.Set(Control.HCR_EL2, 46, forced);
        Tree tree = Scene.Stage2(new Shape(Granule.K4, 39, 5), 1);
        ulong whole = Descriptor.Af | Descriptor.S2Read | Descriptor.S2Write | 3UL << 8 | (forced ? 6UL << 2 : Scene.Stage2WriteBack);
        tree.Map(GuestMemory.RamBase, 1, GuestMemory.RamBase | Descriptor.Type(1) | whole);
        tree.Map(Ipa, 3, leaf | Target | Descriptor.Type(3));
        Scene.Watch(tree.Path[^1], null);
        return this;
    }

    /// <summary>NV and NV1.</summary>
    internal Plain Nested(int nv)
    {
        Scene.World.Set(Control.HCR_EL2, 42, (nv & 1) != 0);
        Scene.World.Set(Control.HCR_EL2, 43, (nv & 2) != 0);
        return this;
    }

    /// <summary>HCR_EL2.E2H and TGE.</summary>
    internal Plain Host(bool e2h, bool tge)
    {
        Scene.World.Set(Control.HCR_EL2, 34, e2h);
        Scene.World.Set(Control.HCR_EL2, 27, tge);
        return this;
    }
}
