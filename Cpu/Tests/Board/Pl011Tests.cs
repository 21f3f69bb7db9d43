using Conformance.Cpu.Board;

namespace Conformance.Cpu.Tests.Board;

public sealed class Pl011Tests
{
    private readonly List<byte> _sent = [];
    private readonly VirtBoard _board;

    public Pl011Tests() => _board = new VirtBoard(0x1000, _sent.Add);

    [Fact]
    public void A_byte_written_to_the_data_register_is_sent()
    {
        Write(0x00, 'A');
        Write(0x00, 0x142);

        _sent.ShouldBe([0x41, 0x42]);
        Read(0x18).ShouldBe(0x90u);     // transmit FIFO empty, receive FIFO empty
    }

    [Fact]
    public void Received_bytes_are_read_in_order_and_the_flags_say_when_there_are_none()
    {
        _board.Uart.Receive((byte)'x');
        _board.Uart.Receive((byte)'y');

        Read(0x18).ShouldBe(0x80u);
        Read(0x00).ShouldBe('x');
        Read(0x00).ShouldBe('y');
        _board.Uart.LookedInVain.ShouldBe(0);
        Read(0x18).ShouldBe(0x90u);
        _board.Uart.LookedInVain.ShouldBe(1);
        Read(0x00).ShouldBe(0u);
    }

    [Fact]
    public void The_receive_flag_is_full_at_the_depth_of_the_FIFO()
    {
        for (int i = 0; i < 16; i++)
        {
            (Read(0x18) & 0x40).ShouldBe(0u);
            _board.Uart.Receive(1);
        }

        (Read(0x18) & 0x40).ShouldBe(0x40u);
    }

    [Theory]
    [InlineData(0x20, 0xffff_ffff, 0xff)]      // UARTILPR
    [InlineData(0x24, 0xffff_ffff, 0xffff)]    // UARTIBRD
    [InlineData(0x28, 0xffff_ffff, 0x3f)]      // UARTFBRD
    [InlineData(0x2c, 0xffff_ffff, 0xff)]      // UARTLCR_H
    [InlineData(0x30, 0xffff_ffff, 0xff87)]    // UARTCR
    [InlineData(0x34, 0xffff_ffff, 0x3f)]      // UARTIFLS
    [InlineData(0x38, 0xffff_ffff, 0x7ff)]     // UARTIMSC
    [InlineData(0x48, 0xffff_ffff, 0x7)]       // UARTDMACR
    [InlineData(0x18, 0xffff_ffff, 0x90)]      // UARTFR: read-only
    public void A_register_keeps_the_bits_it_has(ulong offset, uint written, uint read)
    {
        Write(offset, written);
        Read(offset).ShouldBe(read);
    }

    [Fact]
    public void Reset_values_and_identification_are_those_of_the_PL011()
    {
        Read(0x30).ShouldBe(0x300u);
        Read(0x34).ShouldBe(0x12u);
        uint[] identification = [.. Enumerable.Range(0, 8).Select(i => Read(0xfe0 + (ulong)i * 4))];
        identification.ShouldBe([0x11u, 0x10u, 0x14u, 0x00u, 0x0du, 0xf0u, 0x05u, 0xb1u]);
    }

    [Fact]
    public void The_interrupt_line_follows_what_is_pending_and_not_masked()
    {
        _board.Uart.Interrupt.ShouldBeFalse();
        _board.Uart.Receive(1);
        Read(0x3c).ShouldBe(0x10u);
        _board.Uart.Interrupt.ShouldBeFalse();
        Write(0x38, 0x10);
        _board.Uart.Interrupt.ShouldBeTrue();
        Read(0x40).ShouldBe(0x10u);
        _ = Read(0x00);
        _board.Uart.Interrupt.ShouldBeFalse();

        Write(0x38, 0x20);
        Write(0x00, 'z');
        _board.Uart.Interrupt.ShouldBeTrue();
        Write(0x44, 0x20);
        _board.Uart.Interrupt.ShouldBeFalse();
    }

    private uint Read(ulong offset)
    {
        _board.TryRead(MemoryMap.Uart + offset, 4, out ulong value).ShouldBeTrue();
        return (uint)value;
    }

    private void Write(ulong offset, uint value) => _board.TryWrite(MemoryMap.Uart + offset, 4, value).ShouldBeTrue();
}
