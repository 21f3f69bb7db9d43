using Conformance.Cpu.SystemRegisters;
using static Conformance.Cpu.Tests.Translation.PagedMachine;
using static Conformance.Cpu.Tests.Translation.PageTables;

namespace Conformance.Cpu.Tests.Translation;

/// <summary>What FEAT_NV and FEAT_NV2 change (sections 10 and 11 of the rules).</summary>
public sealed class NestedRuleTests
{
    private const ulong Va = 0x1234_5000;
    private const uint Load = 0xf940_0020;             // ldr x0, [x1]
    private const uint LoadUnprivileged = 0xf840_0820; // ldtr x0, [x1]

    [Theory] // TR-111, TR-112, TR-114
    [InlineData(Load, User, true)]
    [InlineData(LoadUnprivileged, 0UL, true)]
    [InlineData(LoadUnprivileged, User, true)]
    public void Under_NV1_there_is_no_EL0_in_the_tables(uint word, ulong attributes, bool good)
    {
        var m = new PagedMachine();
        m.Stage1().Map(Va, Data, AccessFlag | attributes);
        m.Or("HCR_EL2", Hcr.NV | Hcr.NV1).Level(1).Core.Pstate.PAN = true;
        m.Run(word, Va).Status(1).ShouldBe(good ? null : 0x0f);
        (m.At("S1E0R", Va) & 1).ShouldBe(1UL);
    }

    [Theory] // TR-111, TR-113
    [InlineData(Pxn, 0UL, true, true)]
    [InlineData(Uxn, 0UL, false, true)]
    [InlineData(User, 0UL, true, true)]
    [InlineData(0UL, 1UL << 59, true, true)]
    [InlineData(0UL, 1UL << 60, false, true)]
    public void Under_NV1_bit_54_is_PXN(ulong attributes, ulong table, bool el1, bool el0)
    {
        foreach ((int level, bool good) in new[] { (1, el1), (0, el0) })
        {
            var m = new PagedMachine();
            m.Stage1().Map(Va, Code, AccessFlag | attributes, tableAttributes: table);
            m.Write(Code, 0xd503_201f_d503_201f);
            m.Or("HCR_EL2", Hcr.NV | Hcr.NV1).Level(level).Fetch(Va).Status(1).ShouldBe(good ? null : 0x0f, $"EL{level}");
        }
    }

    [Theory] // TR-116
    [InlineData(Hcr.NV, "S1E0R", true)]
    [InlineData(Hcr.NV | Hcr.NV1, "S1E0R", false)]
    public void NV_alone_changes_nothing(ulong hcr, string at, bool good)
    {
        var m = new PagedMachine();
        m.Stage1().Map(Va, Data, AccessFlag | User);
        m.Or("HCR_EL2", hcr);
        (m.At(at, Va) & 1).ShouldBe(good ? 0UL : 1);
    }

    [Theory] // TR-121 to TR-124
    [InlineData(AccessFlag, false, null)]
    [InlineData(AccessFlag, true, null)]
    [InlineData(AccessFlag | ReadOnly, true, 0x4fUL)]
    [InlineData(AccessFlag | ReadOnly, false, null)]
    [InlineData(0UL, false, 0x0bUL)]
    [InlineData(0UL, true, 0x4bUL)]
    public void A_register_page_is_translated_by_EL2(ulong attributes, bool write, ulong? iss)
    {
        var m = new PagedMachine();
        var tables = new PageTables(m, 12, 39, 1);
        m.Set("TCR_EL2", 25 | (5UL << 16)).Set("TTBR0_EL2", tables.Root).Or("SCTLR_EL2", Sctlr.M);
        tables.Map(Va, Data, attributes);
        m.Set("VNCR_EL2", Va).Or("HCR_EL2", Hcr.NV | Hcr.NV1 | Hcr.NV2).Level(1);
        m.Write(Data + 0x110, 0x1234);

        uint word = write ? TestMachine.Msr("SCTLR_EL1", 2) : TestMachine.Mrs("SCTLR_EL1", 0);
        m.Run(word, 0, 0x77);

        if (iss is { } expected)
        {
            m["ESR_EL2"].ShouldBe((0x25UL << 26) | (1UL << 25) | (1UL << 13) | expected);
            m["FAR_EL2"].ShouldBe(Va + 0x110);
            m.Core.LastVectorOffset.ShouldBe(0x400);
        }
        else
        {
            m.Core.ExceptionCount.ShouldBe(0UL);
            (write ? m.Read(Data + 0x110) : m.Core.GetX(0)).ShouldBe(write ? 0x77UL : 0x1234);
        }
    }
}
