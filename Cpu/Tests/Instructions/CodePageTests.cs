using Conformance.Cpu.Instructions;

namespace Conformance.Cpu.Tests.Instructions;

/// <summary>Stores to memory that holds code, or once did.</summary>
public sealed class CodePageTests
{
    private const ulong Routine = Given.Data;
    private const uint MovX6One = 0xd280_0026;
    private const uint MovX6Two = 0xd280_0046;
    private const uint Ret = 0xd65f_03c0;
    private const long BeforeStores = 3;   // blr, mov, ret
    private const long PerStore = 3;

    [Theory]
    [InlineData(1, true)]
    [InlineData(60, true)]
    [InlineData(70, false)]
    [InlineData(1000, false)]
    public void Code_that_is_stored_to_is_decoded_again_however_many_stores_hit_data_beside_it(int stores, bool watched)
    {
        Core core = StoresBesideARoutine(stores);

        _ = RunLoop.Run(core, BeforeStores + (PerStore * stores));
        core.GetX(6).ShouldBe(1ul);
        core.Ram!.WatchesStores(Routine).ShouldBe(watched);

        _ = RunLoop.Run(core, 3);    // str w4, [x3]; blr x3; mov
        core.GetX(6).ShouldBe(2ul);
        core.Ram.WatchesStores(Routine).ShouldBeTrue();
        core.Read(Routine + 0x800).ShouldBe(0x5555ul);
    }

    [Fact]
    public void A_page_of_code_and_data_is_taken_for_data_less_and_less_often()
    {
        const int most = 500;
        Core core = StoresBesideARoutine(most);
        List<int> after = [];
        for (int round = 0; round < 3; round++)
        {
            core.Pc = Given.Base;
            core.SetX(0, most);
            _ = RunLoop.Run(core, BeforeStores);
            int stores = 0;
            while (core.Ram!.WatchesStores(Routine))
            {
                _ = RunLoop.Run(core, PerStore);
                stores++;
            }

            after.Add(stores);
        }

        after.ShouldBe([64, 128, 256]);
    }

    [Fact]
    public void Code_that_stores_into_its_own_page_goes_on_with_what_is_there()
    {
        Core core = StoresBesideARoutine(200);
        core.SetX(1, Given.Base + 0x800);

        _ = RunLoop.Run(core, BeforeStores + (PerStore * 200) + 3);

        core.GetX(6).ShouldBe(2ul);
        core.GetX(0).ShouldBe(0ul);
    }

    [Fact]
    public void Code_in_more_pages_than_are_kept_is_decoded_again()
    {
        const int most = 8;
        const int pages = most + 3;
        var machine = new Machine(new MachineOptions { Features = Given.Program().Features, RamSize = pages * 0x1000L });
        machine.Board.Ram.MostCodePages = most;
        for (ulong n = 0; n < pages; n++)
        {
            machine.Core.Write(Given.Base + (n * 0x1000), 0x9100_0400, 0x1400_03ff);   // add x0, x0, #1; b to the next page
        }

        machine.Core.Reset(3);
        for (ulong round = 1; round <= 2; round++)
        {
            machine.Core.Pc = Given.Base;
            _ = machine.Run(2 * pages);

            machine.Core.GetX(0).ShouldBe(round * pages);
            machine.Core.Pc.ShouldBe(Given.Base + (pages * 0x1000ul));
            machine.Board.Ram.CodePages.Count.ShouldBeLessThanOrEqualTo(most);
        }
    }

    /// <summary>Calls the routine, stores in its page, makes it another routine and calls it again.</summary>
    private static Core StoresBesideARoutine(int stores)
    {
        Core core = Given.Program(
            0xd63f_0060,     // blr x3
            0xf900_0022,     // str x2, [x1]
            0xd100_0400,     // sub x0, x0, #1
            0xb5ff_ffc0,     // cbnz x0, to the store
            0xb900_0064,     // str w4, [x3]
            0xd63f_0060);    // blr x3
        core.Write(Routine, MovX6One, Ret);
        core.SetX(0, (ulong)stores);
        core.SetX(1, Routine + 0x800);
        core.SetX(2, 0x5555);
        core.SetX(3, Routine);
        core.SetX(4, MovX6Two);
        return core;
    }
}
