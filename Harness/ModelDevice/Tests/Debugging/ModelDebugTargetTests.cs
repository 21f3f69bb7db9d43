using System.Buffers.Binary;
using Conformance.Cpu;
using Conformance.Cpu.Board;
using Conformance.Cpu.Features;
using Conformance.Harness.Gdb;
using Conformance.Harness.Programs;
using Conformance.ModelDevice.Debugging;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.ModelDevice.Tests.Debugging;

public sealed class ModelDebugTargetTests
{
    private const ulong Code = MemoryMap.Ram + 0x1000;
    private const ulong Data = MemoryMap.Ram + 0x2000;

    private readonly Machine _machine = new(new MachineOptions { Features = FeatureSet.Parse("nv2,-FEAT_AA64EL3"), Cores = 2, RamSize = 0x1_0000 });
    private readonly ModelDebugTarget _target;

    public ModelDebugTargetTests()
    {
        var a = new Assembler(Code);
        Label loop = a.NewLabel();
        a.Bind(loop).AddImm(X0, X0, 1).Str(X0, X1).Ldr(X2, X1).B(loop);
        _machine.Board.Ram.Write(Code, a.ToBytes());
        _machine.Core.Pc = Code;
        _machine.Core.SetX(1, Data);
        _target = new ModelDebugTarget(_machine);
    }

    [Fact]
    public void A_step_is_one_instruction_of_one_PE()
    {
        Step().ShouldBe(new DebugStop(DebugStopReason.Step, 0));
        _machine.Core.Pc.ShouldBe(Code + 4);
        _machine.Core.GetX(0).ShouldBe(1ul);
    }

    [Fact]
    public void A_run_ends_in_front_of_a_breakpoint_until_that_is_removed()
    {
        var point = new DebugPoint(DebugPointKind.Instruction, Code + 8, 4);
        _target.Insert(point);
        Run().ShouldBe(new DebugStop(DebugStopReason.Breakpoint, 0));
        _machine.Core.Pc.ShouldBe(Code + 8);

        _target.Remove(point);
        Run().Reason.ShouldBe(DebugStopReason.Interrupted);
    }

    [Theory]
    [InlineData(DebugPointKind.Write, 4)]
    [InlineData(DebugPointKind.Read, 8)]
    [InlineData(DebugPointKind.Access, 4)]
    public void A_run_ends_in_front_of_an_access_that_is_watched(DebugPointKind kind, int at)
    {
        var point = new DebugPoint(kind, Data, 8);
        _target.Insert(point);

        Run().ShouldBe(new DebugStop(DebugStopReason.Watchpoint, 0, point, Data));

        _machine.Core.Pc.ShouldBe(Code + (ulong)at);
    }

    [Fact]
    public void A_PE_that_is_off_is_not_stepped()
    {
        _target.State(1).ShouldBe("off");
        _target.Run(new DebugRun(1, Step: true, OthersRun: false), static () => false).ShouldBe(new DebugStop(DebugStopReason.Step, 1));
        _machine.Core.Pc.ShouldBe(Code);

        _target.Run(new DebugRun(1, Step: true, OthersRun: true), static () => true).Reason.ShouldBe(DebugStopReason.Interrupted);
        _machine.Core.Pc.ShouldNotBe(Code);
    }

    [Fact]
    public void Every_register_can_be_read_and_those_that_hold_state_keep_what_is_written()
    {
        byte[] bytes = new byte[16];
        for (int i = 0; i < _target.Registers.Count; i++)
        {
            _target.ReadRegister(1, i, bytes.AsSpan(0, _target.Registers[i].Size));
        }

        foreach ((string name, ulong value) in ((string, ulong)[])
            [("x7", 0x1122_3344_5566_7788), ("sp", 0x4000_8000), ("pc", 0x4000_4000), ("VBAR_EL2", 0x4000_0800), ("fpcr", 1 << 22), ("v5", 77)])
        {
            int number = _target.Registers.Index().Single(r => r.Item.Name == name).Index;
            byte[] written = new byte[_target.Registers[number].Size];
            BitConverter.GetBytes(value).AsSpan(0, Math.Min(8, written.Length)).CopyTo(written);
            _target.WriteRegister(1, number, written);
            _target.ReadRegister(1, number, bytes.AsSpan(0, written.Length));
            bytes[..written.Length].ShouldBe(written, name);
        }

        _machine.Cores[1].Pc.ShouldBe(0x4000_4000ul);
        _machine.Cores[1].Vectors[10].ShouldBe(77ul);
        _machine.Core.Pc.ShouldBe(Code);
    }

    [Fact]
    public void PSTATE_is_shown_and_set_in_the_layout_of_SPSR()
    {
        int number = _target.Registers.Index().Single(r => r.Item.Name == "cpsr").Index;
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, 0x6000_0145); // nZCv, A and F masked, EL1h

        _target.WriteRegister(0, number, bytes);

        (_machine.Core.Pstate.Nzcv, _machine.Core.Pstate.Daif, _machine.Core.Pstate.EL, _machine.Core.Pstate.SP).ShouldBe(((byte)6, (byte)5, (byte)1, true));
        _target.ReadRegister(0, number, bytes);
        BinaryPrimitives.ReadUInt32LittleEndian(bytes).ShouldBe(0x6000_0145u);
    }

    [Fact]
    public void Memory_is_RAM_only()
    {
        byte[] bytes = [1, 2, 3];
        _target.TryWriteMemory(0, Data, bytes).ShouldBeTrue();
        byte[] read = new byte[3];
        _target.TryReadMemory(0, Data, read).ShouldBeTrue();
        read.ShouldBe(bytes);
        _target.TryReadMemory(0, MemoryMap.Uart, read).ShouldBeFalse();
        _target.TryWriteMemory(0, MemoryMap.Ram + 0x1_0000 - 2, bytes).ShouldBeFalse();
    }

    [Fact]
    public void A_program_that_switches_off_has_ended()
    {
        _machine.Board.Ram.Write(Code, new Assembler(Code).MovImm(X0, 0x8400_0008).Smc().ToBytes());

        Run().ShouldBe(new DebugStop(DebugStopReason.Exited, 0));
    }

    private DebugStop Step() => _target.Run(new DebugRun(0, Step: true, OthersRun: true), static () => false);

    /// <summary>Interrupted when nothing else ends it.</summary>
    private DebugStop Run() => _target.Run(new DebugRun(null, Step: false, OthersRun: true), static () => true);
}
