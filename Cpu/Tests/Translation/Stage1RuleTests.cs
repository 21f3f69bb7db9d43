using Conformance.Cpu.SystemRegisters;
using Conformance.Cpu.Translation;
using static Conformance.Cpu.Tests.Translation.PagedMachine;
using static Conformance.Cpu.Tests.Translation.PageTables;

namespace Conformance.Cpu.Tests.Translation;

/// <summary>Walks, permissions and updates of stage 1 of EL1&amp;0, seen through AT and through accesses.</summary>
public sealed class Stage1RuleTests
{
    private const ulong Va = 0x1234_5000;
    private const ulong Page = Data;
    private const ulong PaMask = 0x000f_ffff_ffff_f000;
    private const uint Load = 0xf940_0020;          // ldr x0, [x1]
    private const uint Store = 0xf900_0022;         // str x2, [x1]
    private const uint LoadUnprivileged = 0xf840_0820;
    private const uint LoadAdd = 0xf822_0020;       // ldadd x2, x0, [x1]

    [Theory] // TR-014, TR-020, TR-021
    [InlineData(12, 48, 3)]
    [InlineData(12, 39, 2)]
    [InlineData(12, 30, 3)]
    [InlineData(12, 25, 3)]
    [InlineData(14, 47, 3)]
    [InlineData(14, 48, 2)]
    [InlineData(14, 36, 2)]
    [InlineData(16, 48, 3)]
    [InlineData(16, 42, 2)]
    [InlineData(16, 29, 3)]
    public void Every_granule_and_size_has_its_levels(int granuleBits, int inputBits, int leafLevel)
    {
        var m = new PagedMachine();
        PageTables tables = m.Stage1(granuleBits, inputBits);
        const ulong va = 0x123_5678;
        int leafBits = TableGeometry.Shift(granuleBits, leafLevel);
        ulong output = 0x5555_5555_5555UL >> leafBits << leafBits;
        tables.Map(va, output, AccessFlag, leafLevel);

        (m.At("S1E1R", va) & (PaMask | 1)).ShouldBe((output | (va & ((1UL << leafBits) - 1))) & PaMask);
    }

    [Theory] // TR-019, TR-022, TR-100
    [InlineData(1, 0UL, 0x05)]
    [InlineData(2, 0UL, 0x06)]
    [InlineData(3, 0UL, 0x07)]
    [InlineData(3, 1UL, 0x07)]                            // a block at level 3
    [InlineData(3, 3UL, 0x0b)]                            // no access flag
    [InlineData(2, 1UL, 0x0a)]
    [InlineData(1, 1UL, 0x09)]
    [InlineData(1, 0x0001_0000_0000_0003UL, 0x06)]        // bit 48 is no address bit with 4K: the table is at 0, and empty
    [InlineData(2, 0x0000_0000_1000_0003UL, 0x17)]        // a table where nothing answers
    public void A_descriptor_faults_with_its_level(int level, ulong descriptor, int status)
    {
        var m = new PagedMachine();
        PageTables tables = m.Stage1();
        m.Write(tables.Entry(Va, level), descriptor);

        m.Level(1).Run(Load, Va);

        m.Status(1).ShouldBe(status);
        m["FAR_EL1"].ShouldBe(Va);
        (m["ESR_EL1"] >> 26).ShouldBe(0x25UL);
    }

    [Fact] // TR-018, TR-022: with PS = 32 bits an address of 33 is too large, for tables and for leaves
    public void An_address_beyond_PS_faults_with_the_level_of_its_descriptor()
    {
        var m = new PagedMachine();
        PageTables tables = m.Stage1();
        m.Set("TCR_EL1", m["TCR_EL1"] & ~(7UL << 32));
        m.Write(tables.Entry(Va, 3), 0x1_0000_0403);
        (m.At("S1E1R", Va) & 0x7f).ShouldBe((0x03UL << 1) | 1);

        m.Write(tables.Entry(Va, 2), 0x1_0000_0003);
        (m.At("S1E1R", Va) & 0x7f).ShouldBe((0x02UL << 1) | 1);

        m.Set("TTBR0_EL1", 0x1_0000_0000);
        (m.At("S1E1R", Va) & 0x7f).ShouldBe((0x00UL << 1) | 1);
    }

    [Theory] // TR-012, TR-017, TR-025
    [InlineData(0x0000_0080_1234_5000UL, 0UL, false)]
    [InlineData(0x5a00_0000_1234_5000UL, 0UL, false)]
    [InlineData(0x5a00_0000_1234_5000UL, 1UL << 37, true)]
    [InlineData(0xffff_ffff_ffff_0000UL, 1UL << 23, false)] // EPD1
    [InlineData(0x0000_0000_1234_5000UL, 1UL << 7, false)]  // EPD0
    [InlineData(0x0000_0000_1234_5000UL, 1UL << 23, true)]
    public void The_range_of_an_address_is_checked_first(ulong va, ulong tcr, bool good)
    {
        var m = new PagedMachine();
        m.Stage1(tcr: tcr).Map(Va, Page, AccessFlag);

        ulong par = m.At("S1E1R", va);
        (par & 1).ShouldBe(good ? 0UL : 1);
        if (!good)
        {
            (par >> 1 & 0x3f).ShouldBe(0x04UL);
        }
    }

    [Theory] // TR-013
    [InlineData(15, 0x04)]
    [InlineData(49, 0x04)]
    public void An_illegal_size_is_a_translation_fault_at_level_0(int size, int status)
    {
        var m = new PagedMachine();
        m.Stage1();
        m.Set("TCR_EL1", (m["TCR_EL1"] & ~0x3fUL) | (ulong)(uint)size);
        (m.At("S1E1R", 0) >> 1 & 0x3f).ShouldBe((ulong)(uint)status);
    }

    [Theory] // TR-040, TR-049, TR-131, TR-132: leaf, then what of S1E1R, S1E1W, S1E0R, S1E0W, S1E1RP, S1E1WP passes under PAN
    [InlineData(0UL, "RW--rw")]
    [InlineData(User, "RWrw--")]
    [InlineData(ReadOnly, "R---r-")]
    [InlineData(User | ReadOnly, "R-r---")]
    public void Data_permissions_follow_AP(ulong attributes, string expected)
    {
        var m = new PagedMachine();
        m.Stage1().Map(Va, Page, AccessFlag | attributes);
        m.Core.Pstate.PAN = true;

        string[] names = ["S1E1R", "S1E1W", "S1E0R", "S1E0W", "S1E1RP", "S1E1WP"];
        foreach ((int i, string name) in names.Index())
        {
            bool passes = expected[i] != '-';
            (m.At(name, Va) & 0x7f).ShouldBe(passes ? 0UL : (0x0fUL << 1) | 1, $"{name} {expected}");
        }
    }

    [Theory] // TR-046, TR-047
    [InlineData(1UL << 61, "S1E0R", true)]
    [InlineData(1UL << 61, "S1E1W", false)]
    [InlineData(1UL << 62, "S1E1W", true)]
    [InlineData(1UL << 62, "S1E0R", false)]
    public void Tables_take_permissions_away_unless_HPD_says_not(ulong tableAttributes, string at, bool faults)
    {
        var m = new PagedMachine();
        m.Stage1().Map(Va, Page, AccessFlag | User, tableAttributes: tableAttributes);

        (m.At(at, Va) & 1).ShouldBe(faults ? 1UL : 0);
        m.Or("TCR_EL1", 1UL << 41);
        (m.At(at, Va) & 1).ShouldBe(0UL);
    }

    [Theory] // TR-042, TR-043, TR-045, TR-046
    [InlineData(0UL, 0UL, 0UL, true, true)]
    [InlineData(Uxn, 0UL, 0UL, true, false)]
    [InlineData(Pxn, 0UL, 0UL, false, true)]
    [InlineData(User, 0UL, 0UL, false, true)]            // EL0-writable
    [InlineData(User | ReadOnly, 0UL, 0UL, true, true)]
    [InlineData(0UL, 0UL, Sctlr.WXN, false, true)]
    [InlineData(ReadOnly, 0UL, Sctlr.WXN, true, true)]
    [InlineData(User, 0UL, Sctlr.WXN, false, false)]
    [InlineData(0UL, 1UL << 59, 0UL, false, true)]
    [InlineData(0UL, 1UL << 60, 0UL, true, false)]
    [InlineData(1UL << 2, 0UL, 0UL, false, false)]       // Device (TR-053)
    public void Fetches_follow_the_execute_never_bits(ulong attributes, ulong table, ulong sctlr, bool el1, bool el0)
    {
        foreach ((int level, bool good) in new[] { (1, el1), (0, el0) })
        {
            var m = new PagedMachine();
            m.Or("SCTLR_EL1", sctlr).Stage1().Map(Va, Code, AccessFlag | attributes, tableAttributes: table);
            m.Write(Code, 0xd503_201f_d503_201f);
            m.Level(level).Fetch(Va);
            m.Status(1).ShouldBe(good ? null : 0x0f, $"EL{level}");
        }
    }

    [Theory] // TR-049 to TR-051, TR-112
    [InlineData(User, true, false, LoadUnprivileged, true)]
    [InlineData(User, true, false, Load, false)]
    [InlineData(0UL, false, false, LoadUnprivileged, false)]
    [InlineData(0UL, false, true, LoadUnprivileged, true)]    // UAO
    [InlineData(User, true, true, LoadUnprivileged, false)]   // UAO: an ordinary access, which PAN refuses
    public void LDTR_is_an_access_of_EL0(ulong attributes, bool pan, bool uao, uint word, bool good)
    {
        var m = new PagedMachine();
        m.Stage1().Map(Va, Page, AccessFlag | attributes);
        m.Write(Page, 0x77);
        m.Level(1).Core.Pstate.PAN = pan;
        m.Core.Pstate.UAO = uao;

        m.Run(word, Va);

        m.Status(1).ShouldBe(good ? null : 0x0f);
        m.Core.GetX(0).ShouldBe(good ? 0x77UL : 0);
    }

    [Theory] // TR-052, TR-105
    [InlineData(ReadOnly, 0x0f, true)]
    [InlineData(0UL, null, false)]
    public void An_atomic_needs_both_permissions_and_reports_a_missing_write(ulong attributes, int? status, bool wnr)
    {
        var m = new PagedMachine();
        m.Stage1().Map(Va, Page, AccessFlag | attributes);
        m.Write(Page, 40);

        m.Level(1).Run(LoadAdd, Va, 2);

        m.Status(1).ShouldBe(status);
        m.Read(Page).ShouldBe(status is null ? 42UL : 40);
        (m["ESR_EL1"] >> 6 & 1).ShouldBe(wnr ? 1UL : 0);
    }

    [Fact] // TR-105: Translation fault of an atomic is a read's
    public void An_atomic_on_no_page_reports_a_read()
    {
        var m = new PagedMachine();
        m.Stage1();
        m.Level(1).Run(LoadAdd, Va);
        (m["ESR_EL1"] & 0x7f).ShouldBe(0x05UL);
    }

    [Fact] // TR-066 to TR-069, TR-137
    public void Hardware_keeps_access_flag_and_dirty_state()
    {
        var m = new PagedMachine();
        ulong leaf = m.Stage1(tcr: 3UL << 39).Map(Va, Page, Dirty | ReadOnly);
        ulong clean = m.Read(leaf);

        (m.At("S1E1W", Va) & 1).ShouldBe(0UL);
        m.Read(leaf).ShouldBe(clean | AccessFlag, "AT may set AF and never changes dirty state");
        m.Level(1).Run(Load, Va);
        m.Read(leaf).ShouldBe(clean | AccessFlag);
        m.Run(Store, Va, 5);
        m.Read(leaf).ShouldBe((clean | AccessFlag) & ~ReadOnly);
        m.Core.ExceptionCount.ShouldBe(0UL);
        m.Read(Page).ShouldBe(5UL);
    }

    [Fact] // TR-072
    public void A_table_that_takes_write_away_leaves_a_clean_page_clean()
    {
        var m = new PagedMachine();
        ulong leaf = m.Stage1(tcr: 3UL << 39).Map(Va, Page, AccessFlag | Dirty | ReadOnly, tableAttributes: 1UL << 62);
        ulong before = m.Read(leaf);

        m.Level(1).Run(Store, Va);

        m.Status(1).ShouldBe(0x0f);
        m.Read(leaf).ShouldBe(before);
    }

    [Fact] // TR-010, TR-021: 64K pages with 52 bits of output
    public void The_64K_granule_reaches_52_bits()
    {
        var m = new PagedMachine();
        PageTables tables = m.Stage1(16, 42);
        m.Set("TCR_EL1", (m["TCR_EL1"] & ~(7UL << 32)) | (6UL << 32));
        m.Write(tables.Entry(Va, 3), 0x0000_8123_4000_0403 | (0xaUL << 12));

        (m.At("S1E1R", Va) & (PaMask | 1)).ShouldBe(0x000a_8123_4000_5000UL & PaMask);
    }

    [Theory] // TR-088, TR-090
    [InlineData(1UL << 2, 0UL, 0x21)]
    [InlineData(0UL, 0UL, null)]
    [InlineData(2UL << 2, 0UL, null)]
    [InlineData(0UL, Sctlr.A, 0x21)]
    public void Device_memory_wants_alignment(ulong attributes, ulong sctlr, int? status)
    {
        var m = new PagedMachine();
        m.Or("SCTLR_EL1", sctlr).Stage1().Map(Va, Page, AccessFlag | attributes);
        m.Level(1).Run(Load, Va + 1).Status(1).ShouldBe(status);
        m.Level(1).Run(Load, Va + 1).Status(1).ShouldBe(status, "also with the page in the TLB");
    }

    [Fact] // TR-095
    public void An_access_that_crosses_pages_is_translated_for_each()
    {
        var m = new PagedMachine();
        PageTables tables = m.Stage1();
        tables.Map(Va, Page, AccessFlag);
        m.Level(1).Run(Store, Va + 0xffc, 0x1122_3344_5566_7788);
        m.Status(1).ShouldBe(0x07);
        m["FAR_EL1"].ShouldBe(Va + 0x1000);

        tables.Map(Va + 0x1000, Page + 0x8000, AccessFlag);
        m.Level(1).Run(Store, Va + 0xffc, 0x1122_3344_5566_7788);
        m.Core.ExceptionCount.ShouldBe(0UL);
        (m.Read(Page + 0xff8) >> 32).ShouldBe(0x5566_7788UL);
        (m.Read(Page + 0x8000) & 0xffff_ffff).ShouldBe(0x1122_3344UL);
        m.Run(Load, Va + 0xffc).Core.GetX(0).ShouldBe(0x1122_3344_5566_7788UL);
    }

    [Fact] // TR-002: TGE without E2H turns stage 1 of EL0 off
    public void TGE_turns_stage_1_off()
    {
        var m = new PagedMachine();
        m.Stage1();
        m.Or("HCR_EL2", Hcr.TGE).Write(Page, 9);
        m.Level(0).Run(Load, Page).Core.GetX(0).ShouldBe(9UL);
        m.Core.ExceptionCount.ShouldBe(0UL);
    }

    [Theory] // TR-080, TR-081, TR-087, TR-134
    [InlineData(0, 3, true, 0xffUL, 3UL)]
    [InlineData(0, 3, false, 0x44UL, 2UL)]
    [InlineData(1, 0, true, 0x04UL, 2UL)]
    [InlineData(2, 0, true, 0x44UL, 2UL)]
    [InlineData(3, 0, true, 0xbbUL, 0UL)]
    [InlineData(4, 3, false, 0x0cUL, 2UL)]
    [InlineData(5, 2, true, 0x77UL, 2UL)]
    public void PAR_shows_the_memory_type(int index, int sh, bool cached, ulong attributes, ulong shareability)
    {
        var m = new PagedMachine();
        m.Stage1().Map(Va, Page, AccessFlag | ((ulong)(uint)index << 2) | ((ulong)(uint)sh << 8));
        m.Set("SCTLR_EL1", cached ? m["SCTLR_EL1"] | Sctlr.C : m["SCTLR_EL1"] & ~Sctlr.C);

        ulong par = m.At("S1E1R", Va);
        (par >> 56).ShouldBe(attributes);
        (par >> 7 & 3).ShouldBe(shareability);
    }

    [Fact] // TR-022: the bits of the input count
    public void An_output_address_within_a_block_can_be_too_large()
    {
        var m = new PagedMachine();
        PageTables tables = m.Stage1(16, 44);
        m.Set("TCR_EL1", m["TCR_EL1"] & ~(7UL << 32));
        tables.Map(0, 0, AccessFlag, level: 1);

        (m.At("S1E1R", 0xffff_ffff) & 1).ShouldBe(0UL);
        (m.At("S1E1R", 0x1_0000_0000) & 0x7f).ShouldBe((0x01UL << 1) | 1);
    }

    [Fact] // TR-051: access permissions of EL0, but the byte order of the level
    public void STTR_stores_in_the_order_of_its_own_level()
    {
        var m = new PagedMachine();
        m.Or("SCTLR_EL1", Sctlr.E0E).Stage1().Map(Va, Page, AccessFlag | User);
        m.Level(1).Run(0xf800_0822, Va, 0x0102_0304_0506_0708);   // sttr x2, [x1]
        m.Read(Page).ShouldBe(0x0102_0304_0506_0708UL);
    }

    [Fact] // TR-050
    public void PAN_does_not_concern_cache_maintenance()
    {
        var m = new PagedMachine();
        m.Stage1().Map(Va, Page, AccessFlag | User);
        m.Level(1).Core.Pstate.PAN = true;
        m.Run(TestMachine.Msr("DC IVAC", 1), Va).Core.ExceptionCount.ShouldBe(0UL);
        m.Run(Load, Va).Status(1).ShouldBe(0x0f);
    }

    [Fact] // DDI 0601, AT S12E1R
    public void S12_forms_ask_about_the_host_under_E2H_and_TGE()
    {
        var m = new PagedMachine();
        var tables = new PageTables(m, 12, 39, 1);
        m.Set("TCR_EL2", 25 | (5UL << 32) | (1UL << 23)).Set("TTBR0_EL2", tables.Root).Or("SCTLR_EL2", Sctlr.M);
        m.Or("HCR_EL2", Hcr.E2H | Hcr.TGE);
        tables.Map(Va, Page, AccessFlag | User | ReadOnly);

        (m.At("S12E0R", Va) & (PaMask | 1)).ShouldBe(Page);
        (m.At("S12E1W", Va) & 0x7f).ShouldBe((0x0fUL << 1) | 1);
    }
}
