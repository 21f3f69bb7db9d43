using Conformance.Cpu.Instructions;

namespace Conformance.Cpu.Tests.Instructions;

/// <summary>Loads and stores around Given.Data, base X1, offset X2, data X3 and X4. The words come from the GNU assembler.</summary>
public sealed class LoadStoreTests
{
    private const ulong Pattern = 0xf1e2_d3c4_b5a6_9788;

    [Theory]
    [InlineData(0x3940_1423, 5, 0, 0x88)]                         // ldrb w3, [x1, #5]
    [InlineData(0x3980_1423, 5, 0, 0xffff_ffff_ffff_ff88)]        // ldrsb x3, [x1, #5]
    [InlineData(0x39c0_1423, 5, 0, 0xffff_ff88)]                  // ldrsb w3, [x1, #5]
    [InlineData(0x7940_0c23, 6, 0, 0x9788)]                       // ldrh w3, [x1, #6]
    [InlineData(0x7980_0c23, 6, 0, 0xffff_ffff_ffff_9788)]        // ldrsh x3, [x1, #6]
    [InlineData(0x79c0_0c23, 6, 0, 0xffff_9788)]                  // ldrsh w3, [x1, #6]
    [InlineData(0xb940_0423, 4, 0, 0xb5a6_9788)]                  // ldr w3, [x1, #4]
    [InlineData(0xb980_0423, 4, 0, 0xffff_ffff_b5a6_9788)]        // ldrsw x3, [x1, #4]
    [InlineData(0xf940_0423, 8, 0, Pattern)]                      // ldr x3, [x1, #8]
    [InlineData(0xf85f_8023, -8, 0, Pattern)]                     // ldur x3, [x1, #-8]
    [InlineData(0x78df_e023, -2, 0, 0xffff_9788)]                 // ldursh w3, [x1, #-2]
    [InlineData(0xf840_8823, 8, 0, Pattern)]                      // ldtr x3, [x1, #8]
    [InlineData(0xb89f_c823, -4, 0, 0xffff_ffff_b5a6_9788)]       // ldtrsw x3, [x1, #-4]
    [InlineData(0xf862_6823, 24, 24, Pattern)]                    // ldr x3, [x1, x2]
    [InlineData(0xf862_7823, 24, 3, Pattern)]                     // ldr x3, [x1, x2, lsl #3]
    [InlineData(0xb862_c823, -4, 0xffff_fffc, 0xb5a6_9788)]       // ldr w3, [x1, w2, sxtw]
    [InlineData(0x78a2_5823, 6, 0xffff_ffff_0000_0003, 0xffff_ffff_ffff_9788)]   // ldrsh x3, [x1, w2, uxtw #1]
    [InlineData(0xc8df_fc23, 0, 0, Pattern)]                      // ldar x3, [x1]
    [InlineData(0x08df_fc23, 0, 0, 0x88)]                         // ldarb w3, [x1]
    [InlineData(0xc8df_7c23, 0, 0, Pattern)]                      // ldlar x3, [x1]
    [InlineData(0xc85f_7c23, 0, 0, Pattern)]                      // ldxr x3, [x1]
    [InlineData(0x085f_fc23, 0, 0, 0x88)]                         // ldaxrb w3, [x1]
    public void A_load_reads_its_address_and_fills_the_register(uint word, long offset, ulong x2, ulong x3)
    {
        Core core = Given.Step(word, c =>
        {
            c.Write(Given.Data, Pattern);
            c.SetX(1, Given.Data - (ulong)offset);
            c.SetX(2, x2);
            c.SetX(3, 0x5555_5555_5555_5555);
        });

        core.GetX(3).ShouldBe(x3);
        core.GetX(1).ShouldBe(Given.Data - (ulong)offset);
        core.Read(Given.Data).ShouldBe(Pattern);
    }

    [Theory]
    [InlineData(0x3900_1422, 5, 1)]      // strb w2, [x1, #5]
    [InlineData(0x7900_0c22, 6, 2)]      // strh w2, [x1, #6]
    [InlineData(0xb900_0422, 4, 4)]      // str w2, [x1, #4]
    [InlineData(0xf900_0422, 8, 8)]      // str x2, [x1, #8]
    [InlineData(0xb81f_c022, -4, 4)]     // stur w2, [x1, #-4]
    [InlineData(0x3800_3822, 3, 1)]      // sttrb w2, [x1, #3]
    [InlineData(0x889f_fc22, 0, 4)]      // stlr w2, [x1]
    [InlineData(0x489f_7c22, 0, 2)]      // stllrh w2, [x1]
    public void A_store_writes_the_low_bytes_of_its_register_and_no_more(uint word, long offset, int size)
    {
        Core core = Given.Step(word, c =>
        {
            c.Write(Given.Data, Pattern);
            c.SetX(1, Given.Data - (ulong)offset);
            c.SetX(2, 0x0102_0304_0506_0708);
        });

        ulong written = size == 8 ? ulong.MaxValue : (1ul << (size * 8)) - 1;
        core.Read(Given.Data).ShouldBe((0x0102_0304_0506_0708 & written) | (Pattern & ~written));
    }

    [Theory]
    [InlineData(0xf85f_0423, 0, -16, true)]     // ldr x3, [x1], #-16
    [InlineData(0x38d0_0c23, -256, -256, true)] // ldrsb w3, [x1, #-256]!
    [InlineData(0xb80f_f422, 0, 255, false)]    // str w2, [x1], #255
    [InlineData(0xa9c1_1023, 16, 16, true)]     // ldp x3, x4, [x1, #16]!
    [InlineData(0x68c1_1023, 0, 8, true)]       // ldpsw x3, x4, [x1], #8
    [InlineData(0x28bf_1022, 0, -8, false)]     // stp w2, w4, [x1], #-8
    public void Writeback_changes_the_base_by_the_offset(uint word, long accessedAt, long change, bool load)
    {
        Core core = Given.Step(word, c =>
        {
            c.Write(Given.Data, Pattern);
            c.SetX(1, Given.Data - (ulong)accessedAt);
            c.SetX(2, 0x1111_1111);
        });

        core.GetX(1).ShouldBe(Given.Data - (ulong)accessedAt + (ulong)change);
        (core.GetX(3) != 0).ShouldBe(load);
        (core.Read(Given.Data) != Pattern).ShouldBe(!load);
    }

    [Theory]
    [InlineData(0xf840_8421)]   // ldr x1, [x1], #8
    [InlineData(0xf840_8c21)]   // ldr x1, [x1, #8]!
    public void A_load_into_its_own_base_with_writeback_ends_with_the_address(uint word) =>
        Given.Step(word, c => c.SetX(1, Given.Data)).GetX(1).ShouldBe(Given.Data + 8);

    [Fact]
    public void A_store_of_its_own_base_with_writeback_writes_the_old_value()
    {
        Core core = Given.Step(0xf800_8c21, c => c.SetX(1, Given.Data));   // str x1, [x1, #8]!

        core.Read(Given.Data + 8).ShouldBe(Given.Data);
        core.GetX(1).ShouldBe(Given.Data + 8);
    }

    [Theory]
    [InlineData(0x5800_0103, 0x20, 0xf1e2_d3c4_b5a6_9788)]            // ldr x3, .+0x20
    [InlineData(0x1800_0103, 0x20, 0xb5a6_9788)]                      // ldr w3, .+0x20
    [InlineData(0x9800_0103, 0x20, 0xffff_ffff_b5a6_9788)]            // ldrsw x3, .+0x20
    public void A_literal_is_found_relative_to_PC(uint word, ulong offset, ulong x3) =>
        Given.Step(word, c => c.Write(Given.Base + offset, Pattern)).GetX(3).ShouldBe(x3);

    [Theory]
    [InlineData(0xa97f_1023, -16, 0x0000_0001_8000_0002, 0x0000_0003_8000_0004)]     // ldp x3, x4, [x1, #-16]
    [InlineData(0x2941_1023, 8, 0x8000_0002, 0x1)]                                   // ldp w3, w4, [x1, #8]
    [InlineData(0x6941_1023, 8, 0xffff_ffff_8000_0002, 0x1)]                         // ldpsw x3, x4, [x1, #8]
    [InlineData(0x287f_1023, -8, 0x8000_0002, 0x1)]                                  // ldnp w3, w4, [x1, #-8]
    [InlineData(0xc87f_1023, 0, 0x0000_0001_8000_0002, 0x0000_0003_8000_0004)]       // ldxp x3, x4, [x1]
    [InlineData(0x887f_1023, 0, 0x8000_0002, 0x1)]                                   // ldxp w3, w4, [x1]
    public void A_pair_load_takes_the_lower_element_first(uint word, long offset, ulong x3, ulong x4)
    {
        Core core = Given.Step(word, c =>
        {
            c.Write(Given.Data, 0x0000_0001_8000_0002);
            c.Write(Given.Data + 8, 0x0000_0003_8000_0004);
            c.SetX(1, Given.Data - (ulong)offset);
        });

        core.GetX(3).ShouldBe(x3);
        core.GetX(4).ShouldBe(x4);
    }

    [Fact]
    public void A_pair_store_puts_the_first_register_lower()
    {
        Core core = Given.Step(0xa901_1022, c =>   // stp x2, x4, [x1, #16]
        {
            c.SetX(1, Given.Data);
            c.SetX(2, 0x2222);
            c.SetX(4, 0x4444);
        });

        core.Read(Given.Data + 16).ShouldBe(0x2222ul);
        core.Read(Given.Data + 24).ShouldBe(0x4444ul);
    }

    [Fact]
    public void A_prefetch_of_nowhere_does_nothing()
    {
        foreach (uint word in (uint[])[0xf980_0020, 0xf89f_f020, 0xf8a2_6820, 0xd800_0020])   // prfm, prfum, prfm, prfm
        {
            Core core = Given.Step(word, c => c.SetX(1, 3));
            core.Pc.ShouldBe(Given.Base + 4);
            core.GetX(0).ShouldBe(0ul);
        }
    }

    [Fact]
    public void A_store_exclusive_succeeds_once_after_the_load_of_the_same_address_and_size()
    {
        Core core = Given.Program(
            0xc85f_7c23,    // ldxr x3, [x1]
            0xc805_7c22,    // stxr w5, x2, [x1]
            0xc805_7c22);   // stxr w5, x2, [x1]
        core.Write(Given.Data, Pattern);
        core.SetX(1, Given.Data);
        core.SetX(2, 99);
        core.SetX(5, 77);

        _ = RunLoop.Run(core, 2);
        core.GetX(5).ShouldBe(0ul);
        core.Read(Given.Data).ShouldBe(99ul);

        core.SetX(2, 100);
        _ = RunLoop.Run(core, 1);
        core.GetX(5).ShouldBe(1ul);
        core.Read(Given.Data).ShouldBe(99ul);
    }

    [Theory]
    [InlineData(8, 0xc805_7c22)]    // stxr w5, x2, [x1] at another address
    [InlineData(0, 0x4805_fc22)]    // stlxrh w5, w2, [x1]: another size
    public void A_store_exclusive_that_does_not_match_the_load_fails(int move, uint store)
    {
        Core core = Given.Program(0xc85f_7c23, store);   // ldxr x3, [x1]
        core.SetX(1, Given.Data);
        _ = RunLoop.Run(core, 1);
        core.SetX(1, Given.Data + (ulong)move);

        _ = RunLoop.Run(core, 1);

        core.GetX(5).ShouldBe(1ul);
    }

    [Fact]
    public void A_pair_exclusive_moves_both_registers()
    {
        Core core = Given.Program(0xc87f_1023, 0xc825_9022);   // ldxp x3, x4, [x1]; stlxp w5, x2, x4, [x1]
        core.Write(Given.Data, 11);
        core.Write(Given.Data + 8, 12);
        core.SetX(1, Given.Data);
        core.SetX(2, 13);
        core.SetX(5, 1);

        _ = RunLoop.Run(core, 2);

        core.GetX(5).ShouldBe(0ul);
        core.Read(Given.Data).ShouldBe(13ul);
        core.Read(Given.Data + 8).ShouldBe(12ul);
    }

    [Theory]
    [InlineData(0xf825_0023, 8, 0x10, 0xfff0, 0x1_0000)]                                  // ldadd x5, x3, [x1]
    [InlineData(0xb8e5_1023, 4, 0xff, 0x1ff, 0x100)]                                      // ldclral w5, w3, [x1]
    [InlineData(0x3825_2023, 1, 0x1ff, 0x0f, 0xf0)]                                       // ldeorb w5, w3, [x1]
    [InlineData(0x7825_3023, 2, 0x8001, 0x0f, 0x800f)]                                    // ldseth w5, w3, [x1]
    [InlineData(0xf825_4023, 8, 1, 0x8000_0000_0000_0000, 1)]                             // ldsmax x5, x3, [x1]
    [InlineData(0x3825_5023, 1, 0x80, 0x7f, 0x80)]                                        // ldsminb w5, w3, [x1]
    [InlineData(0xb825_6023, 4, 0x7fff_ffff, 0x8000_0000, 0x8000_0000)]                   // ldumax w5, w3, [x1]
    [InlineData(0x7825_7023, 2, 0x1_7fff, 0x8000, 0x7fff)]                                // lduminh w5, w3, [x1]
    [InlineData(0xf825_8023, 8, 5, 6, 5)]                                                 // swp x5, x3, [x1]
    public void An_atomic_operation_returns_the_old_value_and_leaves_the_new(uint word, int size, ulong x5, ulong old, ulong @new)
    {
        ulong mask = size == 8 ? ulong.MaxValue : (1ul << (size * 8)) - 1;
        Core core = Given.Step(word, c =>
        {
            c.Write(Given.Data, old | (Pattern & ~mask));
            c.SetX(1, Given.Data);
            c.SetX(5, x5);
        });

        core.GetX(3).ShouldBe(old);
        core.Read(Given.Data).ShouldBe(@new | (Pattern & ~mask));
    }

    [Theory]
    [InlineData(0xc8a5_7c22, 0x1234_5678_9abc_def0, 0x1234_5678_9abc_def0, true)]   // cas x5, x2, [x1]
    [InlineData(0xc8a5_7c22, 0x1234_5678_9abc_def0, 0x1234_5678_9abc_def1, false)]
    [InlineData(0x08e5_fc22, 0x33, 0xffff_ff33, true)]                              // casalb w5, w2, [x1]
    public void Compare_and_swap_stores_when_memory_holds_the_compared_value(uint word, ulong memory, ulong x5, bool swapped)
    {
        Core core = Given.Step(word, c =>
        {
            c.Write(Given.Data, memory);
            c.SetX(1, Given.Data);
            c.SetX(2, 0x77);
            c.SetX(5, x5);
        });

        core.GetX(5).ShouldBe(memory);
        core.Read(Given.Data).ShouldBe(swapped ? 0x77 : memory);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void A_compare_and_swap_of_a_pair_stores_when_both_match(ulong x7, bool swapped)
    {
        Core core = Given.Step(0x4826_7c22, c =>   // casp x6, x7, x2, x3, [x1]
        {
            c.Write(Given.Data, 1);
            c.Write(Given.Data + 8, 2);
            c.SetX(1, Given.Data);
            c.SetX(2, 0x22);
            c.SetX(3, 0x33);
            c.SetX(6, 1);
            c.SetX(7, x7);
        });

        core.GetX(6).ShouldBe(1ul);
        core.GetX(7).ShouldBe(2ul);
        core.Read(Given.Data).ShouldBe(swapped ? 0x22ul : 1);
        core.Read(Given.Data + 8).ShouldBe(swapped ? 0x33ul : 2);
    }
}
