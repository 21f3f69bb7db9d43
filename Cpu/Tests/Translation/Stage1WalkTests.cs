using Conformance.Cpu.SystemRegisters;
using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Tests.Translation;

/// <summary>Stage 1 of EL2: 4K granule, 39 bits, one page behind three tables in RAM.</summary>
public class Stage1WalkTests
{
    private const ulong Ram = TestMachine.RamBase;
    private const ulong Level1 = Ram + 0x1000;
    private const ulong Level2 = Ram + 0x2000;
    private const ulong Level3 = Ram + 0x3000;
    private const ulong Page = Ram;
    private const ulong Table = 3;
    private const ulong AccessFlag = 1UL << 10;
    private const ulong ReadOnly = 1UL << 7;
    private const ulong Dirty = 1UL << 51;
    private const ulong Va = 0x8020_3018; // entry 2 of level 1, 1 of level 2, 3 of level 3

    private static TestMachine Machine(ulong leaf = Page | AccessFlag | 3, ulong tcr = 25)
    {
        TestMachine m = new TestMachine().Set("SCTLR_EL2", Sctlr.M).Set("TCR_EL2", tcr).Set("TTBR0_EL2", Level1 | 1);
        m.TryWrite(Level1 + (2 * 8), 8, Level2 | Table);
        m.TryWrite(Level2 + (1 * 8), 8, Level3 | Table);
        m.TryWrite(Level3 + (3 * 8), 8, leaf);
        return m;
    }

    private static (bool Done, ulong Pa, int Status) Translate(TestMachine m, ulong va, bool write = false)
    {
        AccessContext context = m.Core.Mmu.Controls(m.Core.Mmu.RegimeOfLevel(2)).Privileged;
        AccessPurpose purpose = write ? AccessPurpose.Write : AccessPurpose.Read;
        bool done = Stage1Walk.TryTranslate(m.Core, context, va, purpose, misaligned: false, out Translated place, out Fault fault);
        return (done, done ? place.Address : 0, done ? 0 : fault.Status);
    }

    [Fact]
    public void A_page_is_found_through_three_tables() => Translate(Machine(), Va).ShouldBe((true, Page + 0x18, 0));

    [Fact]
    public void With_the_mmu_off_the_address_is_its_own() =>
        Translate(Machine().Set("SCTLR_EL2", 0), Va).ShouldBe((true, Va, 0));

    [Theory]
    [InlineData(0xc000_0000UL, 0x05)]           // level 1 entry invalid
    [InlineData(0x8040_0000UL, 0x06)]
    [InlineData(0x8020_4000UL, 0x07)]
    [InlineData(0x0000_0080_0000_0000UL, 0x04)] // beyond 39 bits
    [InlineData(0xffff_ffff_8020_3018UL, 0x04)]
    public void A_missing_entry_is_a_translation_fault_of_its_level(ulong va, int status) =>
        Translate(Machine(), va).ShouldBe((false, 0UL, status));

    [Theory]
    [InlineData(Page | 3, false, 0x0b)]                                // no access flag
    [InlineData(Page | AccessFlag | ReadOnly | 3, true, 0x0f)]
    [InlineData(Page | AccessFlag | 1, false, 0x07)]                   // a block at level 3 is invalid
    [InlineData(0x0001_0000_0000_0000UL, false, 0x07)]
    [InlineData(0x0000_0f00_0000_0000UL | AccessFlag | 3, false, 0x03)] // beyond TCR_EL2.PS, 32 bits
    public void A_leaf_is_checked_in_the_order_of_the_architecture(ulong leaf, bool write, int status) =>
        Translate(Machine(leaf), Va, write).ShouldBe((false, 0UL, status));

    [Fact]
    public void A_read_only_page_can_be_read() =>
        Translate(Machine(Page | AccessFlag | ReadOnly | 3), Va).Done.ShouldBeTrue();

    [Fact]
    public void The_table_can_take_write_permission_away_unless_hierarchy_is_disabled()
    {
        TestMachine m = Machine();
        m.TryWrite(Level2 + 8, 8, Level3 | Table | 1UL << 62);

        Translate(m, Va, write: true).Status.ShouldBe(0x0f);
        Translate(m.Set("TCR_EL2", 25 | 1UL << 24), Va, write: true).Done.ShouldBeTrue();
    }

    [Fact]
    public void Hardware_sets_the_access_flag_and_the_dirty_state()
    {
        TestMachine m = Machine(Page | Dirty | ReadOnly | 3, 25 | 1UL << 21 | 1UL << 22);

        Translate(m, Va, write: true).Done.ShouldBeTrue();

        m.TryRead(Level3 + 24, 8, out ulong leaf).ShouldBeTrue();
        leaf.ShouldBe(Page | Dirty | AccessFlag | 3);
    }

    [Fact]
    public void A_table_outside_memory_is_an_external_abort_of_its_level()
    {
        TestMachine m = Machine();
        m.TryWrite(Level1 + 16, 8, 0x7000_0000 | Table);

        Translate(m, Va).Status.ShouldBe(0x16);
    }

    [Fact]
    public void A_host_has_an_upper_range_with_its_own_granule_code()
    {
        const ulong upper = 0xffff_ff80_0000_0000;
        TestMachine m = Machine().Or("HCR_EL2", Hcr.E2H).Set("TTBR1_EL2", Level1).Set("TCR_EL2", 25 | 25UL << 16 | 2UL << 30);

        Translate(m, upper | Va).ShouldBe((true, Page + 0x18, 0));
        Translate(m.Or("TCR_EL2", 1UL << 23), upper | Va).Status.ShouldBe(0x04, "EPD1");
    }

    [Fact]
    public void Big_endian_tables_are_read_as_such()
    {
        TestMachine m = Machine().Or("SCTLR_EL2", Sctlr.EE);

        Translate(m, Va).Status.ShouldBe(0x05);
        foreach (ulong entry in new[] { Level1 + 16, Level2 + 8, Level3 + 24 })
        {
            m.TryRead(entry, 8, out ulong value);
            m.TryWrite(entry, 8, System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value));
        }

        Translate(m, Va).Done.ShouldBeTrue();
    }

    [Theory]
    [InlineData(1, 22, 29, 0x2000_0000UL)] // 64K granule, 42 bits: level 2 first, blocks of 512 MB
    [InlineData(2, 28, 25, 0x0200_0000UL)] // 16K granule, 36 bits: level 2 first, blocks of 32 MB
    public void Other_granules_have_other_blocks(int granule, int size, int blockBits, ulong va)
    {
        // Bits of TTBR below the size of the table do not matter (TR-015): the table is at the start of RAM.
        TestMachine m = Machine(tcr: (ulong)(uint)size | (ulong)(uint)granule << 14).Set("TTBR0_EL2", Ram + 0x1000);
        m.TryWrite(Ram + (va >> blockBits << 3), 8, Ram >> blockBits << blockBits | AccessFlag | 1);

        Translate(m, va + 0x1234).ShouldBe((true, (Ram >> blockBits << blockBits) + 0x1234, 0));
    }

    [Theory]
    [InlineData(15, 0x04)]
    [InlineData(49, 0x04)]
    public void A_size_outside_the_legal_range_faults(int size, int status) =>
        Translate(Machine(tcr: (ulong)size), 0x1000).Status.ShouldBe(status);
}
