using Conformance.Cpu.SystemRegisters;
using Conformance.Cpu.Translation;
using static Conformance.Cpu.Tests.Translation.PagedMachine;
using static Conformance.Cpu.Tests.Translation.PageTables;

namespace Conformance.Cpu.Tests.Translation;

/// <summary>What is kept of translations, and when it goes (section 13 of the rules).</summary>
public sealed class TlbRuleTests
{
    private const ulong Va = 0x1234_5000;
    private const ulong Other = Data + 0x1000;
    private const uint Load = 0xf940_0020;             // ldr x0, [x1]

    [Theory] // TR-148 to TR-152
    [InlineData("VAE1", 1)]
    [InlineData("VAAE1", 1)]
    [InlineData("VALE1IS", 1)]
    [InlineData("VAALE1OS", 1)]
    [InlineData("ASIDE1", 1)]
    [InlineData("VMALLE1", 1)]
    [InlineData("RVAE1", 1)]
    [InlineData("ALLE1", 2)]
    [InlineData("VMALLS12E1IS", 2)]
    [InlineData("ALLE1OS", 2)]
    public void An_instruction_that_names_a_page_makes_a_new_descriptor_seen(string name, int level)
    {
        (PagedMachine m, ulong leaf) = Mapped();
        m.Write(leaf, Other | AccessFlag | 3);
        m.Run(Load, Va).Core.GetX(0).ShouldBe(1UL, "the model keeps what it has translated");

        ulong operand = name[0] == 'R' ? (Va >> 12) | (1UL << 46) : Va >> 12;
        m.Level(level).Run(TestMachine.Msr($"TLBI {name}", 2), 0, operand);

        m.Level(1).Run(Load, Va).Core.GetX(0).ShouldBe(2UL);
    }

    [Theory] // TR-148: any address of a block
    [InlineData(0UL)]
    [InlineData(0x1f_f000UL)]
    public void A_block_goes_as_a_whole(ulong offset)
    {
        var m = new PagedMachine();
        ulong leaf = m.Stage1().Map(Va, Base, AccessFlag, level: 2);
        ulong within = (Data & 0x1f_ffff) | (Va & ~0x1f_ffffUL);
        m.Write(Data, 1);
        m.Level(1).Run(Load, within).Core.GetX(0).ShouldBe(1UL);
        m.Write(leaf, 0);

        m.Run(TestMachine.Msr("TLBI VAE1", 2), 0, (within & ~0x1f_ffffUL | offset) >> 12);

        m.Level(1).Run(Load, within).Status(1).ShouldBe(0x06);
    }

    [Fact] // TR-145
    public void A_fault_is_never_kept()
    {
        var m = new PagedMachine();
        PageTables tables = m.Stage1();
        m.Level(1).Run(Load, Va).Status(1).ShouldBe(0x05);
        tables.Map(Va, Data, AccessFlag);
        m.Level(1).Run(Load, Va).Core.ExceptionCount.ShouldBe(0UL);
    }

    [Fact] // TR-147
    public void Contexts_with_other_tables_do_not_meet()
    {
        (PagedMachine m, _) = Mapped();
        PageTables second = new(m, 12, 39, 1);
        second.Map(Va, Other, AccessFlag);
        ulong ttbr = m["TTBR0_EL1"];

        m.Set("TTBR0_EL1", second.Root | (7UL << 48)).Level(1).Run(Load, Va).Core.GetX(0).ShouldBe(2UL);
        m.Set("TTBR0_EL1", ttbr).Level(1).Run(Load, Va).Core.GetX(0).ShouldBe(1UL);
    }

    [Fact] // TR-147: an excursion to EL2 and back drops nothing
    public void A_change_of_level_keeps_translations()
    {
        (PagedMachine m, ulong leaf) = Mapped();
        m.Write(leaf, 0);
        m.Level(2).Run(Load, Data).Core.GetX(0).ShouldBe(1UL);
        m.Level(1).Run(Load, Va).Core.GetX(0).ShouldBe(1UL);
        m.Core.ExceptionCount.ShouldBe(0UL);
    }

    [Fact]
    public void Tags_that_are_used_up_are_given_again()
    {
        (PagedMachine m, _) = Mapped();
        for (int i = 0; i < 1000; i++)
        {
            m.Level(1).Run(TestMachine.Msr("TLBI VMALLE1", 2), 0);
            m.Level(1).Run(Load, Va).Core.GetX(0).ShouldBe(1UL);
            m.Run(0xf900_0022, Va, 1).Core.ExceptionCount.ShouldBe(0UL);
        }
    }

    [Fact]
    public void A_store_to_a_page_that_becomes_code_is_seen_by_the_fetch()
    {
        (PagedMachine m, _) = Mapped();
        m.Level(1).Run(0xf900_0022, Va, 0xd503_201f_d503_201f);             // nop, twice
        m.Stage1().Map(Va, Data, AccessFlag);
        m.Level(1).Run(0xf900_0022, Va, 0xd503_201f_d280_0540);             // mov x0, #42
        m.Fetch(Va).Core.GetX(0).ShouldBe(42UL);
        m.Run(0xf900_0022, Va, 0xd503_201f_d280_0560);                      // mov x0, #43
        m.Fetch(Va).Core.GetX(0).ShouldBe(43UL);
    }

    [Fact]
    public void Large_mappings_widen_the_region_that_goes_together()
    {
        var tlb = new Tlb();
        var m = new PagedMachine();
        AccessContext context = m.Core.Mmu.Controls(RegimeKind.EL10).Privileged;
        unsafe
        {
            tlb.Fill(tlb.Reads, m.Core.Ram, context, 0x20_0000, new Translated { Address = Base, SizeBits = 21 });
            tlb.Fill(tlb.Reads, m.Core.Ram, context, 0x100_0000, new Translated { Address = Base, SizeBits = 16 });
        }

        tlb.TryDropPage(0x20_1000).ShouldBeFalse();
        tlb.TryDropPage(0x100_f000).ShouldBeFalse();
        tlb.TryDropPage(0x4000_0000).ShouldBeTrue();
    }

    private static (PagedMachine Machine, ulong Leaf) Mapped()
    {
        var m = new PagedMachine();
        ulong leaf = m.Stage1().Map(Va, Data, AccessFlag);
        m.Write(Data, 1);
        m.Write(Other, 2);
        m.Level(1).Run(Load, Va).Core.GetX(0).ShouldBe(1UL);
        return (m, leaf);
    }

    [Theory]
    [InlineData(Code)]          // holds predecoded code
    [InlineData(0x0900_0000UL)] // a device
    public void Big_endian_data_goes_the_long_way_in_every_kind_of_page(ulong page)
    {
        var m = new PagedMachine();
        m.Or("SCTLR_EL1", Sctlr.EE);
        m.Level(1).Core.Pc = Code;
        m.Write(Code, 0xf900_0022_f900_0022);                            // str x2, [x1], twice
        m.Core.SetX(1, page == Code ? Code + 0x100 : page);
        m.Core.SetX(2, 0x0102_0304_0506_0708);

        _ = m.Machine.Run(2);

        m.Core.ExceptionCount.ShouldBe(0UL);
        if (page == Code)
        {
            m.Read(Code + 0x100).ShouldBe(0x0807_0605_0403_0201UL);
        }
    }
}
