using System.Text;
using Conformance.Cpu.Features;
using Conformance.Cpu.Instructions;

namespace Conformance.Cpu.Tests.Board;

public sealed class SemihostingTests
{
    private const ulong Block = Given.Data;
    private const ulong Text = Given.Data + 0x100;
    private readonly StringBuilder _console = new();
    private readonly StringBuilder _uart = new();
    private readonly Machine _machine;

    public SemihostingTests() => _machine = new Machine(new MachineOptions
    {
        Features = FeatureSet.Parse("nv2"),
        RamSize = 0x10_0000,
        Console = b => _console.Append((char)b),
        Uart = b => _uart.Append((char)b),
        CommandLine = "program -v",
        Clock = new StandingClock(),
    });

    [Fact]
    public void A_program_prints_hello_and_exits_with_its_code()
    {
        Core core = _machine.Core;
        core.Write(
            Given.Base,
            0x1000_01b4,     // adr x20, text
            0xd2a1_2015,     // mov x21, #0x9000000
            0x3840_1696,     // 1: ldrb w22, [x20], #1
            0x3400_0076,     // cbz w22, 2f
            0xb900_02b6,     // str w22, [x21]
            0x17ff_fffd,     // b 1b
            0x5280_0080,     // 2: mov w0, #0x4
            0x1000_00c1,     // adr x1, text
            0xd45e_0000,     // hlt #0xf000
            0x5280_0300,     // mov w0, #0x18
            0x1000_00c1,     // adr x1, block
            0xd45e_0000,     // hlt #0xf000
            0x1400_0000,     // b .
            0x6c6c_6568,     // text: .asciz "hello\n"
            0x0000_0a6f,
            0xd503_201f,
            0x0002_0026,     // block: .quad 0x20026, 7
            0x0000_0000,
            0x0000_0007,
            0x0000_0000);
        core.Pc = Given.Base;

        RunResult result = _machine.Run(1000);

        result.Reason.ShouldBe(StopReason.Exit);
        result.ExitCode.ShouldBe(7);
        result.Instructions.ShouldBe(34);
        _uart.ToString().ShouldBe("hello\n");
        _console.ToString().ShouldBe("hello\n");
    }

    [Fact]
    public void Characters_strings_and_blocks_of_bytes_go_to_the_console()
    {
        Put(Text, "out\0");
        Call(0x03, Text).ShouldBe(0ul);
        Call(0x04, Text).ShouldBe(0ul);
        Call(0x05, Block, 2, Text, 2).ShouldBe(0ul);
        Call(0x05, Block, 1, Text, 2).ShouldBe(2ul);     // the handle of input
        Call(0x05, Block, 9, Text, 2).ShouldBe(2ul);
        Call(0x13, 0).ShouldBe(9ul);                     // errno: bad handle

        _console.ToString().ShouldBe("ooutou");
    }

    [Theory]
    [InlineData(":tt", 0, 1)]
    [InlineData(":tt", 4, 2)]
    [InlineData(":tt", 8, 3)]
    [InlineData(":tt", 12, ulong.MaxValue)]
    [InlineData("file", 0, ulong.MaxValue)]
    public void Only_the_console_can_be_opened(string name, ulong mode, ulong handle)
    {
        Put(Text, name);
        Call(0x01, Block, Text, mode, (ulong)name.Length).ShouldBe(handle);
        if (handle != ulong.MaxValue)
        {
            Call(0x09, Block, handle).ShouldBe(1ul);
            Call(0x02, Block, handle).ShouldBe(0ul);
        }
    }

    [Fact]
    public void The_command_line_is_copied_when_it_fits()
    {
        Call(0x15, Block, Text, 64).ShouldBe(0ul);
        Encoding.ASCII.GetString(_machine.Board.Ram.Read(Text, 11)).ShouldBe("program -v\0");
        _machine.Core.Read(Block + 8).ShouldBe(10ul);
        Call(0x15, Block, Text, 10).ShouldBe(ulong.MaxValue);
    }

    [Fact]
    public void Heap_and_stack_are_offered_inside_RAM()
    {
        Call(0x16, Block, Text).ShouldBe(0ul);
        ulong[] info = [.. Enumerable.Range(0, 4).Select(i => _machine.Core.Read(Text + (ulong)i * 8))];
        info.ShouldBe([0x4008_0000ul, 0x400c_0000ul, 0x4010_0000ul, 0x400c_0000ul]);
    }

    [Fact]
    public void Time_is_that_of_the_clock()
    {
        Call(0x11, 0).ShouldBe(1_700_000_000ul);
        Call(0x10, 0).ShouldBe(0ul);
        Call(0x31, 0).ShouldBe(10_000_000ul);
        Call(0x30, Block).ShouldBe(0ul);
    }

    [Theory]
    [InlineData(0x18, 0x2_0026, 5, 5)]
    [InlineData(0x20, 0x2_0026, 6, 6)]
    [InlineData(0x18, 0x2_0023, 5, 1)]
    public void An_exit_gives_the_code_or_1_for_another_reason(uint operation, ulong reason, ulong subcode, int exitCode)
    {
        _machine.Core.Write(Block, reason);
        _machine.Core.Write(Block + 8, subcode);
        _machine.Core.SetX(0, operation);
        _machine.Core.SetX(1, Block);
        _machine.Core.Write(Given.Base, 0xd45e_0000u);   // hlt #0xf000
        _machine.Core.Pc = Given.Base;

        _machine.Run(10).ShouldBe(new RunResult(StopReason.Exit, 1, exitCode));
    }

    [Fact]
    public void An_operation_that_is_not_offered_fails()
    {
        Call(0x7f, 0).ShouldBe(ulong.MaxValue);
        Call(0x13, 0).ShouldBe(22ul);
    }

    [Fact]
    public void Without_semihosting_its_HLT_is_undefined()
    {
        var machine = new Machine(new MachineOptions { Features = FeatureSet.Parse("nv2"), RamSize = 0x1000, Semihosting = false });
        machine.Core.Write(Given.Base, 0xd45e_0000u);    // hlt #0xf000
        machine.Core.Pc = Given.Base;

        _ = machine.Run(1);

        machine.Core.ExceptionCount.ShouldBe(1ul);
    }

    private ulong Call(uint operation, ulong parameter, params ReadOnlySpan<ulong> block)
    {
        for (int i = 0; i < block.Length; i++)
        {
            _machine.Core.Write(parameter + (ulong)i * 8, block[i]);
        }

        _machine.Core.SetX(0, operation);
        _machine.Core.SetX(1, parameter);
        _machine.Core.Write(Given.Base, 0xd45e_0000u);   // hlt #0xf000
        _machine.Core.Pc = Given.Base;
        _machine.Run(1).Reason.ShouldBe(StopReason.Budget);
        return _machine.Core.GetX(0);
    }

    private void Put(ulong address, string text) => _machine.Board.Ram.Write(address, Encoding.ASCII.GetBytes(text));

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

        public override long GetTimestamp() => 42;
    }
}
