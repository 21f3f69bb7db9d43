using Conformance.Cpu.Instructions;
using Conformance.Cpu.SystemRegisters;
using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Tests;

public sealed class SeveralCoresTests
{
    private const uint LoadExclusive = 0x885f_7c20;  // ldxr w0, [x1]
    private const uint StoreExclusive = 0x8802_7c20; // stxr w2, w0, [x1]
    private const uint Store = 0xb900_0020;          // str w0, [x1]
    private const uint Load = 0xb940_0020;           // ldr w0, [x1]
    private const uint AtomicAdd = 0xb823_0024;      // ldadd w3, w4, [x1]
    private const uint Wfe = 0xd503_205f;
    private const uint Wfi = 0xd503_207f;
    private const uint Nop = 0xd503_201f;
    private const uint Here = 0x1400_0000;           // b .
    private const uint MoveSeven = 0xd280_00e0;      // mov x0, #7

    private static readonly uint[] s_count =
    [
        0x885f_7c23, // loop: ldxr w3, [x1]
        0x1100_0463, // add w3, w3, #1
        0x8804_7c23, // stxr w4, w3, [x1]
        0x35ff_ffa4, // cbnz w4, loop
        0xf100_0442, // subs x2, x2, #1
        0x54ff_ff61, // b.ne loop
        Wfi,
        Here,
    ];

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void Loops_of_exclusives_on_all_PEs_lose_no_increment(int cores)
    {
        var m = new ClusterMachine(cores);
        for (int n = 0; n < cores; n++)
        {
            m.Program(n, s_count)[n].SetX(2, 1000);
        }

        m.Run(1_000_000).Reason.ShouldBe(StopReason.WaitForInterrupt);

        m.Read(ClusterMachine.Data).ShouldBe((ulong)(uint)cores * 1000);
    }

    [Theory]
    [InlineData(Store, 0, 1)]      // the very bytes
    [InlineData(AtomicAdd, 0, 1)]
    [InlineData(Store, 60, 1)]     // the same block of 64 bytes
    [InlineData(Store, 64, 0)]     // the next one
    [InlineData(Store, -4, 0)]
    [InlineData(Load, 0, 0)]
    public void A_store_of_another_PE_to_the_marked_block_makes_the_store_exclusive_fail(uint other, int offset, ulong status)
    {
        ClusterMachine m = new ClusterMachine(2).Program(0, LoadExclusive, StoreExclusive).Program(1, other, other);
        m[1].SetX(1, ClusterMachine.Data + (ulong)(long)offset);
        m.Step(1); // its translation is cached as one of plain RAM
        m.Step(0).Step(1).Step(0);

        m[0].GetX(2).ShouldBe(status);
    }

    [Fact]
    public void A_page_whose_mark_has_gone_takes_the_short_path_again()
    {
        ClusterMachine m = new ClusterMachine(2).Program(0, LoadExclusive, StoreExclusive).Program(1, Store, Store, Store);
        m.Step(1).Step(0).Step(1);
        IsSlow(m[1]).ShouldBeTrue();

        m.Step(0).Step(1);

        IsSlow(m[1]).ShouldBeFalse();
    }

    [Fact]
    public void Zeroing_a_block_clears_a_mark_in_it()
    {
        ClusterMachine m = new ClusterMachine(2).Program(0, LoadExclusive, StoreExclusive).Program(1, Nop);
        m.Step(0);

        m.Machine.Board.Ram.Clear(ClusterMachine.Data - 8, 16);

        m.Step(0)[0].GetX(2).ShouldBe(1ul);
    }

    [Fact]
    public void A_PE_in_WFE_is_passed_over_until_its_mark_is_cleared()
    {
        ClusterMachine m = new ClusterMachine(2).Program(0, LoadExclusive, Wfe, MoveSeven, Wfi).Program(1, Nop, Store, Here);
        m.Step(0, 2).Step(1);
        m.Step(0)[0].Pc.ShouldBe(ClusterMachine.Code(0) + 8);

        m.Step(1).Step(0);

        m[0].GetX(0).ShouldBe(7ul);
    }

    [Theory]
    [InlineData(0xd503_209fu, 7)] // sev
    [InlineData(0xd503_20bfu, 0)] // sevl: to itself only
    public void SEV_wakes_the_others_from_WFE(uint hint, ulong x0)
    {
        ClusterMachine m = new ClusterMachine(2).Program(0, Wfe, MoveSeven, Wfi).Program(1, hint, Here);
        m.Step(0).Step(1).Step(0);

        m[0].GetX(0).ShouldBe(x0);
    }

    [Fact]
    public void WFE_ends_by_itself_when_no_event_comes()
    {
        ClusterMachine m = new ClusterMachine(2).Program(0, Wfe, MoveSeven, Wfi);

        const int instructions = 2; // behind WFE
        m.Run(1_000_000).ShouldBe(new RunResult(StopReason.WaitForInterrupt, (long)RoundRobin.LongestWaitForEvent + instructions, 0));

        m[0].GetX(0).ShouldBe(7ul);
    }

    [Fact]
    public void Time_goes_on_to_the_next_timer_of_any_PE_when_all_wait()
    {
        ClusterMachine m = new ClusterMachine(3).Program(0, Wfi, Wfi).Program(1, Wfi, 0xd53b_e025, Wfi); // mrs x5, cntpct_el0
        m.OpenGic().Set(1, "CNTP_CVAL_EL0", 5_000).Set(1, "CNTP_CTL_EL0", 1);

        m.Run(1_000_000).Reason.ShouldBe(StopReason.Budget); // the level stays up, so the PE waits for nothing

        m[1].GetX(5).ShouldBe(5_000ul);
        m[0].Pc.ShouldBe(ClusterMachine.Code(0) + 4);
        m[2].IsOff.ShouldBeTrue();
    }

    [Fact]
    public void What_another_PE_executes_is_what_was_stored_last()
    {
        ClusterMachine m = new ClusterMachine(2).Program(0, Nop, Store).Program(1, MoveSeven, 0x17ff_ffff); // b .-4
        m[0].SetX(1, ClusterMachine.Code(1));
        m[0].SetX(0, 0xd280_0520); // mov x0, #41
        m.Step(0).Step(1, 3)[1].GetX(0).ShouldBe(7ul);

        m.Step(0).Step(1, 2);

        m[1].GetX(0).ShouldBe(41ul);
    }

    [Theory]
    [InlineData(0xd50e_831fu, true)]  // tlbi alle3is
    [InlineData(0xd50e_871fu, false)] // tlbi alle3
    public void TLBI_for_the_domain_reaches_the_others(uint tlbi, bool reaches)
    {
        ClusterMachine m = new ClusterMachine(2).Program(0, tlbi).Program(1, Load);
        m.Step(1);
        IsCached(m[1]).ShouldBeTrue();

        m.Step(0);

        IsCached(m[1]).ShouldBe(!reaches);
    }

    [Fact]
    public void How_a_run_is_divided_changes_nothing()
    {
        ClusterMachine whole = Counting(), pieces = Counting();

        whole.Run(20_000);
        for (int done = 0; done < 20_000; done += 37)
        {
            pieces.Run(Math.Min(37, 20_000 - done));
        }

        for (int n = 0; n < 3; n++)
        {
            pieces[n].Pc.ShouldBe(whole[n].Pc);
            pieces[n].GetX(2).ShouldBe(whole[n].GetX(2));
            pieces[n].GetX(3).ShouldBe(whole[n].GetX(3));
        }

        static ClusterMachine Counting()
        {
            ClusterMachine m = new ClusterMachine(3).Program(0, s_count).Program(1, s_count).Program(2, s_count);
            for (int n = 0; n < 3; n++)
            {
                m[n].SetX(2, 100_000);
            }

            return m;
        }
    }

    [Fact]
    public void Each_PE_knows_its_affinity_and_its_redistributor()
    {
        var m = new ClusterMachine(3);

        m[2].Peek(Registers.Get("MPIDR_EL1")).ShouldBe(0x8000_0002ul);
        m[2].Peek(Registers.Get("VMPIDR_EL2")).ShouldBe(0x8000_0002ul);
        (m.Read(ClusterMachine.Redistributor(1) + 8, 8) & ~0xfUL).ShouldBe(0x1_0000_0100ul);
        (m.Read(ClusterMachine.Redistributor(2) + 8, 8) & ~0xfUL).ShouldBe(0x2_0000_0210ul); // Last
    }

    [Fact]
    public void A_machine_has_one_to_eight_PEs()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new ClusterMachine(0));
        Should.Throw<ArgumentOutOfRangeException>(() => new ClusterMachine(Machine.MostCores + 1));
    }

    private static unsafe bool IsSlow(Core core) => (core.WriteTlb[Tlb.Index(ClusterMachine.Data)].Tag & Tlb.Slow) != 0;

    private static unsafe bool IsCached(Core core) => Tlb.Find(core.ReadTlb, core.Mmu.Current(), ClusterMachine.Data) != null;
}
