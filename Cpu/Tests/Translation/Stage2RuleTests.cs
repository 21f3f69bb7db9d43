using Conformance.Cpu.SystemRegisters;
using static Conformance.Cpu.Tests.Translation.PagedMachine;
using static Conformance.Cpu.Tests.Translation.PageTables;

namespace Conformance.Cpu.Tests.Translation;

/// <summary>Stage 2 alone and behind stage 1: walks, permissions, what is reported.</summary>
public sealed class Stage2RuleTests
{
    private const ulong Ipa = 0x1234_5000;
    private const ulong Page = Data;
    private const uint Load = 0xf940_0020;          // ldr x0, [x1]
    private const uint Store = 0xf900_0022;         // str x2, [x1]

    [Theory] // TR-030 to TR-034: T0SZ, SL0, TG0, and whether an IPA of 0 gets further than level 0
    [InlineData(25, 1, 0, true)]
    [InlineData(25, 2, 0, false)]    // 39 bits have one entry at level 0
    [InlineData(20, 2, 0, true)]
    [InlineData(20, 1, 0, false)]    // 44 bits would need 32 concatenated tables
    [InlineData(21, 1, 0, true)]     // 16 concatenated tables
    [InlineData(44, 3, 0, true)]     // FEAT_TTST
    [InlineData(16, 2, 0, true)]
    [InlineData(15, 2, 0, false)]
    [InlineData(22, 3, 1, false)]    // SL0 is reserved with 64K
    [InlineData(22, 1, 1, true)]
    [InlineData(28, 1, 2, true)]
    [InlineData(24, 2, 2, true)]
    public void SL0_has_to_fit_T0SZ(int size, int start, int granule, bool fits)
    {
        var m = new PagedMachine();
        _ = m.Stage2();
        m.Set("VTCR_EL2", (ulong)(uint)(size | (start << 6) | (granule << 14) | (5 << 16)));

        ulong par = m.At("S12E1R", 0);
        (par & 0x201).ShouldBe(0x201UL, "empty tables: a fault of stage 2 anyway");
        ((par >> 1 & 0x3f) == 0x04).ShouldBe(!fits || (granule == 0 && start == 2));
    }

    [Fact] // TR-032
    public void Concatenated_tables_are_one_large_start_table()
    {
        var m = new PagedMachine();
        var tables = new PageTables(m, 12, 42, 1);   // 3 bits above one full table of level 1
        m.Set("VTCR_EL2", 22 | (1UL << 6) | (5UL << 16)).Set("VTTBR_EL2", tables.Root | 0x7ffe).Or("HCR_EL2", Hcr.VM);
        const ulong ipa = 0x3ff_1234_5000;
        tables.Map(ipa, Page, Stage2All);

        (m.At("S12E1R", ipa) & 0xf_ffff_ffff_f001).ShouldBe(Page);
    }

    [Theory] // TR-055 to TR-057
    [InlineData(0, "---")]
    [InlineData(1, "r--")]
    [InlineData(2, "-w-")]
    [InlineData(3, "rw-")]
    public void S2AP_allows_reads_and_writes(int s2ap, string allowed)
    {
        var m = new PagedMachine();
        m.Stage2().Map(Ipa, Page, (Stage2All & ~(3UL << 6)) | ((ulong)(uint)s2ap << 6));
        m.Level(1).Run(Load, Ipa).Status(2).ShouldBe(allowed[0] == 'r' ? null : 0x0f);
        m.Level(1).Run(Store, Ipa).Status(2).ShouldBe(allowed[1] == 'w' ? null : 0x0f);
    }

    [Theory] // TR-056
    [InlineData(0, "nv2", true, true)]
    [InlineData(1, "nv2", false, true)]
    [InlineData(2, "nv2", false, false)]
    [InlineData(3, "nv2", true, false)]
    [InlineData(1, "nv2,-FEAT_XNX", true, true)]
    [InlineData(3, "nv2,-FEAT_XNX", false, false)]
    public void XN_is_told_apart_by_level_with_FEAT_XNX(int xn, string profile, bool el1, bool el0)
    {
        foreach ((int level, bool good) in new[] { (1, el1), (0, el0) })
        {
            var m = new PagedMachine(profile);
            m.Stage2().Map(Ipa, Code, (Stage2All & ~(3UL << 6)) | ((ulong)(uint)xn << 53)); // no data access at all
            m.Write(Code, 0xd503_201f_d503_201f);
            m.Level(level).Fetch(Ipa);
            m.Status(2).ShouldBe(good ? null : 0x0f, $"EL{level}");
            if (!good)
            {
                (m["ESR_EL2"] >> 26).ShouldBe(0x20UL);
                m["FAR_EL2"].ShouldBe(Ipa);
            }
        }
    }

    [Theory] // TR-101 to TR-109: the word, then ISS bits 24:0
    [InlineData(0xf940_0020, 0x1c0_8006)]     // ldr x0, [x1]
    [InlineData(0xb880_0425, 0x000_0006)]     // ldrsw x5, [x1], #0: writes back
    [InlineData(0xb980_0025, 0x1a5_8006)]     // ldrsw x5, [x1]
    [InlineData(0x39c0_0025, 0x125_0006)]     // ldrsb w5, [x1]
    [InlineData(0x7900_0023, 0x143_0046)]     // strh w3, [x1]
    [InlineData(0x08df_fc23, 0x103_4006)]     // ldarb w3, [x1]
    [InlineData(0xc89f_fc23, 0x1c3_c046)]     // stlr x3, [x1]
    [InlineData(0xa940_1023, 0x000_0006)]     // ldp x3, x4, [x1]
    [InlineData(0xf822_0020, 0x000_0006)]     // ldadd x2, x0, [x1]
    [InlineData(0xc85f_7c23, 0x000_0006)]     // ldxr x3, [x1]
    [InlineData(0xf840_0820, 0x1c0_8006)]     // ldtr x0, [x1]
    [InlineData(0xd50b_7e21, 0x000_0146)]     // dc civac, x1
    [InlineData(0xd50b_7421, 0x000_0046)]     // dc zva, x1
    public void The_syndrome_describes_single_accesses(uint word, uint iss)
    {
        var m = new PagedMachine();
        PageTables tables = m.Stage2();
        tables.Map(Code, Code, Stage2All);
        _ = tables.Entry(Ipa, 2);
        m.Write(Code, word);
        m.Or("HCR_EL2", Hcr.DC).Level(1).Core.Pc = Code; // Normal, for DC ZVA
        m.Core.SetX(1, Ipa + 0x80);

        _ = m.Machine.Run(1);

        m["ESR_EL2"].ShouldBe(0x9200_0000 | iss);
        m["FAR_EL2"].ShouldBe(Ipa + 0x80);
        m["HPFAR_EL2"].ShouldBe(Ipa >> 8);
        m["ELR_EL2"].ShouldBe(Code);
    }

    [Fact] // TR-038, TR-103, TR-109
    public void A_stage_1_table_that_stage_2_does_not_map_faults_with_S1PTW()
    {
        var m = new PagedMachine();
        const ulong offset = 0x8_0000_0000;
        PageTables first = m.Stage1(tableOffset: offset);
        first.Map(Ipa, Page, AccessFlag);
        PageTables second = m.Stage2();
        second.Map(Base + offset, Base, Stage2All, level: 1);
        second.Map(Page, Page, Stage2All);

        m.Write(Page, 6);
        m.Level(1).Run(Load, Ipa).Core.GetX(0).ShouldBe(6UL);
        m.Core.ExceptionCount.ShouldBe(0UL);

        m.Set("TTBR0_EL1", first.Root);
        m.Level(1).Run(Store, Ipa + 0x18);
        m["ESR_EL2"].ShouldBe(0x9200_0000 | 0xc0UL | 0x07);
        m["HPFAR_EL2"].ShouldBe(first.Root >> 12 << 4);
        m["FAR_EL2"].ShouldBe(Ipa + 0x18);
    }

    [Theory] // TR-058, TR-059
    [InlineData(0xfUL << 2, 0UL, null)]
    [InlineData(0xfUL << 2, Hcr.PTW, null)]
    [InlineData(0x1UL << 2, Hcr.PTW, 0x8d)]
    [InlineData(0x1UL << 2, 0UL, null)]
    [InlineData((0xfUL << 2) | 0x1000, 0UL, 0x8d)]   // no read permission
    public void A_walk_needs_read_permission_and_under_PTW_Normal_memory(ulong attributes, ulong hcr, int? iss)
    {
        var m = new PagedMachine();
        m.Stage1().Map(Ipa, Page + 0x8_0000_0000, AccessFlag);
        PageTables second = m.Stage2(hcr: hcr);
        ulong permissions = (attributes & 0x1000) != 0 ? 2UL << 6 : 3UL << 6;
        second.Map(Base, Base, AccessFlag | permissions | (attributes & ~0x1000UL), level: 1);
        second.Map(Page + 0x8_0000_0000, Page, Stage2All);

        m.Level(1).Run(Load, Ipa);

        (m.Core.ExceptionCount == 0 ? null : (int?)(m["ESR_EL2"] & 0x1ff_ffff)).ShouldBe(iss);
    }

    [Fact] // TR-074: hardware marks the page that holds the table it updates
    public void An_update_of_stage_1_is_a_write_to_stage_2()
    {
        var m = new PagedMachine();
        ulong leaf = m.Stage1(tcr: 3UL << 39).Map(Ipa, Page, 0);
        PageTables second = m.Stage2(vtcr: 3UL << 21);
        ulong over = second.Map(Base, Base, (Stage2All & ~(1UL << 7) & ~AccessFlag) | Dirty, level: 1);

        m.Level(1).Run(Load, Ipa);

        m.Core.ExceptionCount.ShouldBe(0UL);
        (m.Read(leaf) & AccessFlag).ShouldNotBe(0UL);
        (m.Read(over) & (AccessFlag | (1UL << 7))).ShouldBe(AccessFlag | (1UL << 7));
    }

    [Theory] // TR-082 to TR-086: AttrIndx of stage 1, MemAttr, FWB, then ATTR
    [InlineData(0, 0xf, false, 0xffUL)]
    [InlineData(0, 0xa, false, 0xbbUL)]
    [InlineData(5, 0xa, false, 0x33UL)]
    [InlineData(0, 0x5, false, 0x44UL)]
    [InlineData(3, 0xf, false, 0xbbUL)]
    [InlineData(0, 0x1, false, 0x04UL)]
    [InlineData(1, 0xf, false, 0x04UL)]
    [InlineData(1, 0x3, false, 0x04UL)]
    [InlineData(4, 0x0, false, 0x00UL)]
    [InlineData(2, 0xd, false, 0x44UL)]
    [InlineData(0, 0x6, true, 0xffUL)]
    [InlineData(2, 0x6, true, 0xffUL)]
    [InlineData(1, 0x6, true, 0xffUL)]
    [InlineData(3, 0x6, true, 0xffUL)]
    [InlineData(1, 0x7, true, 0x04UL)]
    [InlineData(3, 0x7, true, 0xbbUL)]
    [InlineData(0, 0x5, true, 0x44UL)]
    [InlineData(1, 0x5, true, 0x04UL)]
    [InlineData(0, 0x2, true, 0x08UL)]
    [InlineData(1, 0x2, true, 0x04UL)]
    public void The_stages_combine_into_one_memory_type(int index, int code, bool fwb, ulong attributes)
    {
        var m = new PagedMachine();
        m.Stage1().Map(Ipa, Page, AccessFlag | ((ulong)(uint)index << 2));
        PageTables second = m.Stage2(hcr: fwb ? 1UL << 46 : 0);
        second.Map(Base, Base, (Stage2All & ~(0xfUL << 2)) | ((ulong)(uint)code << 2), level: 1);

        (m.At("S12E1R", Ipa) & 1).ShouldBe(0UL);
        (m["PAR_EL1"] >> 56).ShouldBe(attributes);
    }

    [Fact] // TR-088
    public void Stage_2_alone_can_make_memory_Device()
    {
        var m = new PagedMachine();
        m.Stage1().Map(Ipa, Page, AccessFlag);
        PageTables second = m.Stage2();
        second.Map(Base, Base, Stage2All, level: 1);
        m.Level(1).Run(Load, Ipa + 1).Core.ExceptionCount.ShouldBe(0UL);

        second.Map(Base, Base, Stage2All & ~(0xfUL << 2), level: 1);
        m.Core.Mmu.Clear();
        m.Level(1).Run(Load, Ipa + 1);
        (m["ESR_EL2"] & 0x3f).ShouldBe(0x21UL);
        m.Core.LastExceptionTarget.ShouldBe(2);
    }

    [Fact] // TR-060, TR-092
    public void A_permission_fault_of_stage_1_hides_stage_2()
    {
        var m = new PagedMachine();
        m.Stage1().Map(Ipa, 0x7000_0000, AccessFlag | ReadOnly);
        m.Stage2().Map(Base, Base, Stage2All, level: 1);
        m.Level(1).Run(Store, Ipa);
        m.Core.LastExceptionTarget.ShouldBe(1);
        (m["ESR_EL1"] & 0x3f).ShouldBe(0x0fUL);
    }

    [Theory] // TR-135, TR-136
    [InlineData(2, "S1E1R", true)]
    [InlineData(2, "S12E1W", true)]
    [InlineData(1, "S1E1W", false)]
    public void AT_keeps_a_fault_of_a_walk_from_EL1(int level, string name, bool inPar)
    {
        var m = new PagedMachine();
        PageTables first = m.Stage1();
        first.Map(Ipa, Page, AccessFlag);
        _ = m.Stage2();
        m.Level(level);
        m.Set("PAR_EL1", 0);

        ulong par = m.At(name, Ipa, level);

        if (inPar)
        {
            par.ShouldBe((1UL << 11) | (1UL << 9) | (1UL << 8) | (0x05UL << 1) | 1);
            m.Core.ExceptionCount.ShouldBe(0UL);
        }
        else
        {
            m["ESR_EL2"].ShouldBe(0x9200_0000 | 0x100UL | 0xc0 | 0x05);
            m["HPFAR_EL2"].ShouldBe(first.Root >> 12 << 4);
            m["FAR_EL2"].ShouldBe(Ipa);
        }
    }
}
