using Conformance.Cpu.Instructions;
using Conformance.Cpu.SystemRegisters;
using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Tests.Translation;

/// <summary>Accesses with the MMU off. Every word loads or stores through X1; EL3 takes what goes wrong.</summary>
public sealed class MemoryAccessTests
{
    private const ulong Vector = 0x4000_4200;   // VBAR_EL3 = 0x4000_4000, current level on SP_EL3
    private const ulong Nowhere = 0x2000_0000;

    [Theory]
    [InlineData(0xf940_0023, 4, 0x9600_0021)]     // ldr x3, [x1]
    [InlineData(0xf900_0023, 4, 0x9600_0061)]     // str x3, [x1]
    [InlineData(0x7940_0023, 1, 0x9600_0021)]     // ldrh w3, [x1]
    [InlineData(0xb900_0023, 2, 0x9600_0061)]     // str w3, [x1]
    [InlineData(0xa940_1023, 4, 0x9600_0021)]     // ldp x3, x4, [x1]
    [InlineData(0xc85f_7c23, 4, 0x9600_0021)]     // ldxr x3, [x1]
    [InlineData(0xc805_7c22, 4, 0x9600_0061)]     // stxr w5, x2, [x1], although the monitor is open
    [InlineData(0xc87f_1023, 8, 0x9600_0021)]     // ldxp x3, x4, [x1]
    [InlineData(0xc825_9022, 8, 0x9600_0061)]     // stlxp w5, x2, x4, [x1]
    [InlineData(0x4826_7c22, 8, 0x9600_0021)]     // casp x6, x7, x2, x3, [x1]
    [InlineData(0x3dc0_0023, 8, 0x9600_0021)]     // ldr q3, [x1]
    [InlineData(0x3d80_0023, 8, 0x9600_0061)]     // str q3, [x1]
    public void A_misaligned_access_is_an_alignment_fault(uint word, ulong misalignment, ulong esr) =>
        Faults(word, Given.Data + misalignment, esr, Given.Data + misalignment);

    [Theory]
    [InlineData(0xf940_0023, 0, false)]           // ldr x3, [x1]
    [InlineData(0xf900_0023, 0, false)]           // str x3, [x1]
    [InlineData(0xf940_0023, Sctlr.A, true)]
    [InlineData(0xc8df_fc23, 0, true)]            // ldar x3, [x1]
    [InlineData(0xf825_0023, 0, true)]            // ldadd x5, x3, [x1]
    public void Memory_that_HCR_DC_makes_Normal_may_be_misaligned_for_ordinary_accesses(uint word, ulong sctlr, bool faults)
    {
        const ulong acrossSixteenBytes = 9; // within them FEAT_LSE2 lets all go
        Core core = Step(word, Given.Data + acrossSixteenBytes, c =>
        {
            c.Pstate.EL = 1;
            c.System[Slots.SCR_EL3] |= Scr.NS;
            c.System[Slots.HCR_EL2] |= Hcr.DC;
            c.System[Slots.SCTLR_EL1] = sctlr;

            // DC turns stage 2 on (TR-004): 4K, 32 bits, and a block of Normal memory over RAM.
            c.System[Slots.VTCR_EL2] = 32 | (1 << 6);
            c.System[Slots.VTTBR_EL2] = Given.Base + 0x1_8000;
            c.Write(Given.Base + 0x1_8008, Given.Base | 0x7fdul);
        });

        core.ExceptionCount.ShouldBe(faults ? 1ul : 0);
    }

    [Theory]
    [InlineData(0xa940_1023, 8)]     // ldp x3, x4, [x1]
    [InlineData(0x2940_1023, 4)]     // ldp w3, w4, [x1]
    public void A_pair_is_aligned_when_its_elements_are(uint word, ulong misalignment) =>
        Step(word, Given.Data + misalignment).ExceptionCount.ShouldBe(0ul);

    [Theory]
    [InlineData(0xf940_0023, 0x9600_0010)]   // ldr x3, [x1]
    [InlineData(0x3900_0023, 0x9600_0050)]   // strb w3, [x1]
    public void An_access_that_nothing_answers_is_an_external_abort(uint word, ulong esr) => Faults(word, Nowhere, esr, Nowhere);

    [Theory]
    [InlineData(0xf940_0023, 0x10_0000_4000_0000, 0x9600_0000)]   // ldr x3, [x1], bit 52
    [InlineData(0xf900_0023, 0xffff_ffff_ffff_fff8, 0x9600_0040)] // str x3, [x1]
    public void An_address_beyond_the_physical_size_is_an_address_size_fault_at_level_0(uint word, ulong address, ulong esr) =>
        Faults(word, address, esr, address);

    [Fact]
    public void A_tag_is_ignored_where_TBI_says_so_and_stays_in_FAR()
    {
        const ulong tagged = 0x5a00_0000_0000_0000 | Given.Data;
        const ulong tbi = 1ul << 20;

        Step(0xf940_0023, tagged, c => c.System[Slots.TCR_EL3] = tbi).GetX(3).ShouldBe(0xf1e2_d3c4_b5a6_9788);   // ldr x3, [x1]
        Step(0xf900_0023, tagged, c => c.System[Slots.TCR_EL3] = tbi).Read(Given.Data).ShouldBe(0x33ul);         // str x3, [x1]
        Step(0xf940_0023, tagged + 1, c => c.System[Slots.TCR_EL3] = tbi).System[Slots.FAR_EL3].ShouldBe(tagged + 1);
        Step(0xf940_0023, tagged).System[Slots.ESR_EL3].ShouldBe(0x9600_0000ul);
    }

    [Fact]
    public void The_second_element_of_a_pair_behind_RAM_aborts_with_its_own_address_and_no_register_changes()
    {
        Core core = Faults(0xa940_1023, Given.Base + 0x1_fff8, 0x9600_0010, Given.Base + 0x2_0000);   // ldp x3, x4, [x1]
        core.GetX(3).ShouldBe(0x33ul);
        core.GetX(4).ShouldBe(0ul);
    }

    [Fact]
    public void An_aborted_access_with_writeback_leaves_the_base() =>
        Faults(0xf840_8c23, Nowhere, 0x9600_0010, Nowhere + 8).GetX(1).ShouldBe(Nowhere);   // ldr x3, [x1, #8]!

    [Theory]
    [InlineData(0xf940_0023, 0x8897_a6b5_c4d3_e2f1)]     // ldr x3, [x1]
    [InlineData(0xb940_0023, 0x8897_a6b5)]               // ldr w3, [x1]
    [InlineData(0x7940_0023, 0x8897)]                    // ldrh w3, [x1]
    [InlineData(0x3940_0023, 0x88)]                      // ldrb w3, [x1]
    [InlineData(0x3dc0_0023, 0)]                         // ldr q3, [x1]
    public void Data_is_big_endian_when_SCTLR_EE_says_so(uint word, ulong x3)
    {
        Core core = Step(word, Given.Data, c => c.System[Slots.SCTLR_EL3] |= Sctlr.EE);

        core.GetX(3).ShouldBe(x3 == 0 ? 0x33 : x3);
        if (x3 == 0)
        {
            core.V[7].ShouldBe(0x8897_a6b5_c4d3_e2f1);   // the first eight bytes are the high half
            core.V[6].ShouldBe(0ul);
        }
    }

    [Fact]
    public void A_big_endian_store_puts_the_high_byte_first()
    {
        Core core = Step(0xf900_0021, Given.Data, c => c.System[Slots.SCTLR_EL3] |= Sctlr.EE);   // str x1, [x1]
        core.Read(Given.Data).ShouldBe(0x0080_0040_0000_0000ul);
    }

    [Fact]
    public void The_endianness_of_EL0_is_its_own_and_a_change_acts_on_the_next_instruction()
    {
        Core core = Given.Program(
            0xd51e_1002,     // msr sctlr_el3, x2
            0xf940_0023,     // ldr x3, [x1]
            0xd69f_03e0,     // eret
            0xf940_0024);    // ldr x4, [x1]
        core.Write(Given.Data, 0x0102_0304_0506_0708);
        core.SetX(1, Given.Data);
        core.SetX(2, core.System[Slots.SCTLR_EL3] | Sctlr.EE);
        core.System[Slots.ELR_EL3] = Given.Base + 12;
        core.System[Slots.SPSR_EL3] = 0;

        _ = RunLoop.Run(core, 4);

        core.Pstate.EL.ShouldBe((byte)0);
        core.GetX(3).ShouldBe(0x0807_0605_0403_0201ul);
        core.GetX(4).ShouldBe(0x0102_0304_0506_0708ul);
    }

    [Fact]
    public void Nested_accesses_are_in_the_order_of_EL2()
    {
        Core core = Given.Program();
        core.Write(Given.Data, 0x0102_0304_0506_0708);
        core.System[Slots.SCTLR_EL2] |= Sctlr.EE;
        core.RefreshAccess();

        MemoryAccess.TryRead(core, Given.Data, 8, AccessKind.Nested, out ulong nested).ShouldBeTrue();
        MemoryAccess.TryRead(core, Given.Data, 8, AccessKind.Normal, out ulong normal).ShouldBeTrue();

        nested.ShouldBe(0x0807_0605_0403_0201ul);
        normal.ShouldBe(0x0102_0304_0506_0708ul);
    }

    [Theory]
    [InlineData(0xf940_03e3, true)]      // ldr x3, [sp]
    [InlineData(0xa9bf_7bfd, true)]      // stp x29, x30, [sp, #-16]!
    [InlineData(0xf940_0023, false)]     // ldr x3, [x1]
    [InlineData(0x9100_43ff, false)]     // add sp, sp, #16
    [InlineData(0xf980_03e0, false)]     // prfm pldl1keep, [sp]
    public void A_misaligned_SP_as_base_faults_when_it_is_checked(uint word, bool faults)
    {
        foreach (bool check in (bool[])[false, true])
        {
            Core core = Step(word, Given.Data, c =>
            {
                c.Sp = Given.Data + 8;
                c.System[Slots.SCTLR_EL3] = check ? Sctlr.SA : 0;
            });

            core.ExceptionCount.ShouldBe(check && faults ? 1ul : 0);
            if (check && faults)
            {
                core.System[Slots.ESR_EL3].ShouldBe(0x9a00_0000ul);
                core.Sp.ShouldBe(Given.Data + 8);
            }
        }
    }

    private static Core Faults(uint word, ulong address, ulong esr, ulong far)
    {
        Core core = Step(word, address);
        core.Pc.ShouldBe(Vector);
        core.System[Slots.ESR_EL3].ShouldBe(esr, $"0x{core.System[Slots.ESR_EL3]:x}");
        core.System[Slots.FAR_EL3].ShouldBe(far);
        core.System[Slots.ELR_EL3].ShouldBe(Given.Base);
        core.GetX(3).ShouldBe(0x33ul);
        return core;
    }

    private static Core Step(uint word, ulong x1, Action<Core>? setUp = null) => Given.Step(word, core =>
    {
        core.Write(Given.Data, 0xf1e2_d3c4_b5a6_9788);
        core.System[Slots.VBAR_EL3] = 0x4000_4000;
        core.SetX(1, x1);
        core.SetX(3, 0x33);
        setUp?.Invoke(core);
    });
}
