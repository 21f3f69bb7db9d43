using Conformance.Cpu.Board;

namespace Conformance.Cpu.Tests.Interrupts.Its;

public sealed class ItsTests
{
    private const ulong Spurious = 1023;
    private readonly ItsMachine _m = new ItsMachine().MapDevice(2).MapCollection(7, 1).MapEvent(2, 20, 8195, 7);

    [Fact]
    public void An_event_of_a_mapped_device_becomes_an_LPI_of_the_PE_of_its_collection()
    {
        _m.Raise(2, 20);

        (_m.Pending(0), _m.Pending(1)).ShouldBe((Spurious, 8195ul));
        _m.Acknowledge(1).ShouldBe(8195ul);
        _m.Pending(1).ShouldBe(Spurious); // pending ends with the acknowledge, and there is no active state
    }

    [Theory]
    [InlineData(3, 20)] // no such device
    [InlineData(2, 21)] // no such event
    [InlineData(2, 52)] // beyond the size of the device's table
    [InlineData(0x1_0002, 20)]
    public void What_is_not_mapped_is_ignored(uint device, uint eventId)
    {
        _m.Raise(device, eventId);

        _m.Pending(1).ShouldBe(Spurious);
    }

    [Fact]
    public void MAPI_takes_the_event_for_the_LPI()
    {
        new ItsMachine().MapDevice(1, eventBits: 14).MapCollection(0, 0).Send(0x0b | 1UL << 32, 8200).Raise(1, 8200).Pending(0).ShouldBe(8200ul);
    }

    [Fact]
    public void MOVI_takes_the_pending_state_along()
    {
        _m.MapCollection(8, 0).Raise(2, 20).Send(0x01 | 2UL << 32, 20, 8);

        (_m.Pending(0), _m.Pending(1)).ShouldBe((8195ul, Spurious));
        _m.Acknowledge(0);
        _m.Raise(2, 20).Pending(0).ShouldBe(8195ul);
    }

    [Fact]
    public void MOVALL_moves_what_is_pending_and_no_mapping()
    {
        _m.Raise(2, 20).Send(0x0e, 0, 1UL << 16, 0);

        (_m.Pending(0), _m.Pending(1)).ShouldBe((8195ul, Spurious));
        _m.Raise(2, 20).Pending(1).ShouldBe(8195ul);
    }

    [Fact]
    public void DISCARD_ends_the_pending_state_and_the_mapping()
    {
        _m.Raise(2, 20).Send(0x0f | 2UL << 32, 20);
        _m.Pending(1).ShouldBe(Spurious);

        _m.Raise(2, 20).Pending(1).ShouldBe(Spurious);
    }

    [Fact]
    public void CLEAR_ends_the_pending_state_only()
    {
        _m.Raise(2, 20).Send(0x04 | 2UL << 32, 20).Pending(1).ShouldBe(Spurious);

        _m.Raise(2, 20).Pending(1).ShouldBe(8195ul);
    }

    [Fact]
    public void A_device_or_a_collection_can_be_unmapped()
    {
        _m.MapDevice(2, valid: false).Raise(2, 20).Pending(1).ShouldBe(Spurious);

        _m.MapDevice(2).MapCollection(7, 1, valid: false).Raise(2, 20).Pending(1).ShouldBe(Spurious);
        _m.MapCollection(7, 1).Raise(2, 20).Pending(1).ShouldBe(8195ul);
    }

    [Theory]
    [InlineData(0x0c | 2UL << 32, 20ul, 0ul)] // INV
    [InlineData(0x0d, 0ul, 7ul)]              // INVALL
    public void A_pending_LPI_takes_a_new_configuration_when_it_is_invalidated(ulong d0, ulong d1, ulong d2)
    {
        _m.Configure(8195, 0x80).Raise(2, 20).Pending(1).ShouldBe(Spurious);

        _m.Configure(8195, 0x81).Send(d0, d1, d2).Pending(1).ShouldBe(8195ul);
    }

    [Fact]
    public void The_better_priority_wins_and_the_mask_holds_for_LPIs()
    {
        _m.MapEvent(2, 21, 8200, 7).Configure(8200, 0x41).Raise(2, 20).Raise(2, 21).Pending(1).ShouldBe(8200ul);

        _m.Board.Set(1, "ICC_PMR_EL1", 0x40);
        _m.Acknowledge(1).ShouldBe(Spurious);
    }

    [Fact]
    public void Pending_bits_stand_in_memory_and_are_taken_up_when_LPIs_are_enabled()
    {
        ulong at = ItsMachine.PendingTable(1) + (8195 / 8);
        _m.Raise(2, 20).Board.Read(at, 1).ShouldBe(1ul << 8195 % 8);

        ulong redistributor = ClusterMachine.Redistributor(1);
        _m.Board.Write(redistributor, 0).Write(at, 1ul << 8196 % 8, 1);
        _m.Pending(1).ShouldBe(Spurious);

        _m.Board.Write(redistributor, 1);
        _m.Pending(1).ShouldBe(8196ul);
    }

    [Fact]
    public void With_PTZ_the_pending_table_is_taken_for_zero()
    {
        ulong redistributor = ClusterMachine.Redistributor(1);
        _m.Raise(2, 20).Board.Write(redistributor, 0).Write(redistributor + 0x78, 1UL << 62 | ItsMachine.PendingTable(1), 8).Write(redistributor, 1);

        _m.Pending(1).ShouldBe(Spurious);
        _m.Board.Read(redistributor + 0x78, 8).ShouldBe(ItsMachine.PendingTable(1));
    }

    [Fact]
    public void LPIs_that_are_not_enabled_are_not_made_pending()
    {
        _m.Board.Write(ClusterMachine.Redistributor(1), 0);

        _m.Raise(2, 20).Board.Write(ClusterMachine.Redistributor(1), 1);
        _m.Pending(1).ShouldBe(Spurious);
    }

    [Fact]
    public void LPIs_beyond_the_tables_are_not_made_pending()
    {
        _m.MapEvent(2, 21, 1 << 14, 7).Raise(2, 21).Pending(1).ShouldBe(Spurious); // 14 bits: up to 16383
    }

    [Fact]
    public void A_table_can_have_two_levels()
    {
        var m = new ItsMachine(indirect: true);
        m.MapDevice(2).MapCollection(7, 1).MapEvent(2, 20, 8195, 7).Raise(2, 20).Pending(1).ShouldBe(Spurious); // nothing at level 1

        m.Board.Write(ItsMachine.DeviceTable + 8, 1UL << 63 | ItsMachine.Level2, 8);
        const uint device = 512 + 2; // the second page of 4 KiB
        m.MapDevice(device).MapEvent(device, 3, 8201, 7).Raise(device, 3).Pending(1).ShouldBe(8201ul);
        m.Board.Read(ItsMachine.Level2 + 16, 8).ShouldNotBe(0ul);
    }

    [Fact]
    public void A_write_to_the_translation_register_is_an_event_of_device_0()
    {
        _m.MapDevice(0).MapEvent(0, 4, 8210, 7).Board.Write(ItsMachine.Its + 0x1_0040, 4);

        _m.Pending(1).ShouldBe(8210ul);
    }

    [Fact]
    public void The_queue_wraps()
    {
        for (int i = 0; i < 200; i++)
        {
            _m.Send(0x05, 0, 1UL << 16); // SYNC
        }

        _m.Raise(2, 20).Pending(1).ShouldBe(8195ul);
    }

    [Fact]
    public void Commands_wait_until_the_ITS_is_enabled()
    {
        _m.Board.Write(ItsMachine.Its, 0).Write(ItsMachine.Queue, 0x05, 8).Write(ItsMachine.Its + 0x80, 1UL << 63 | ItsMachine.Queue, 8);
        _m.Board.Write(ItsMachine.Its + 0x88, 0x20);
        _m.Board.Read(ItsMachine.Its + 0x90).ShouldBe(0ul);
        (_m.Board.Read(ItsMachine.Its) >> 31).ShouldBe(1ul); // Quiescent

        _m.Board.Write(ItsMachine.Its, 1).Read(ItsMachine.Its + 0x90).ShouldBe(0x20ul);
    }

    [Fact]
    public void The_registers_tell_what_there_is()
    {
        _m.Board.Read(ItsMachine.Its + 8, 8).ShouldBe(1ul | 7 << 4 | 15 << 8 | 15 << 13);
        (_m.Board.Read(ItsMachine.Its + 0x100, 8) >> 48 & 0x71f).ShouldBe(0x107ul); // devices, 8 bytes
        (_m.Board.Read(ItsMachine.Its + 0x108, 8) >> 48 & 0x71f).ShouldBe(0x407ul); // collections
        (_m.Board.Read(ClusterMachine.Redistributor(0) + 8) & 1).ShouldBe(1ul);    // GICR_TYPER.PLPIS
        (_m.Board.Read(MemoryMap.GicDistributor + 4) >> 17 & 1).ShouldBe(1ul); // GICD_TYPER.LPIS
    }
}
