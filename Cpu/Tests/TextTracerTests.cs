using System.Globalization;
using Conformance.Cpu.SystemRegisters;
using Conformance.Cpu.Tests.Interrupts;
using Conformance.Cpu.Tracing;

namespace Conformance.Cpu.Tests;

public sealed class TextTracerTests : IDisposable
{
    private const ulong Guest = 3UL << 42;   // NV and NV1
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    public void Dispose() => _output.Dispose();

    [Fact]
    public void A_trap_under_nested_virtualization_shows_the_levels_SPSR_and_the_NV_bits()
    {
        TestMachine m = new TestMachine("nv2", level: 2).At(1).Set("HCR_EL2", Hcr.RW | Guest | 1UL << 45).Set("VBAR_EL2", 0x2_0000);
        m.Core.Tracer = new TextTracer(_output, TraceKinds.Exceptions);
        m.Run(0xd69f_03e0); // eret
        _output.ToString().ShouldBe(
            "0 cpu0: exception EC=0x1a (ERET) EL1->EL2 vector=0x400 ELR=0x40000000 SPSR=0x3c5 ESR=0x6a000000 FAR=0x0 NV=1 NV1=1 NV2=1\n");
    }

    [Fact]
    public void A_return_shows_the_levels_and_where_to()
    {
        TestMachine m = new TestMachine("nv2", level: 2).Set("HCR_EL2", Hcr.RW).Set("SPSR_EL2", 0x3c5).Set("ELR_EL2", 0x4000_1000);
        m.Core.Tracer = new TextTracer(_output, TraceKinds.Exceptions, 3);
        m.Run(0xd69f_03e0);
        _output.ToString().ShouldBe("0 cpu3: return EL2->EL1 to 0x40001000 SPSR=0x3c5\n");
    }

    [Fact]
    public void An_interrupt_is_told_when_it_is_taken_and_when_it_is_acknowledged()
    {
        InterruptMachine m = new InterruptMachine().Enable(5).Pend(5);
        m.Core.Tracer = new TextTracer(_output, TraceKinds.Interrupts);
        m.Next().Target.ShouldBe(1);
        _ = Registers.Get("ICC_IAR1_EL1").Read(m.Core);
        string[] lines = _output.ToString().Split('\n');
        lines[0].ShouldContain(" cpu0: IRQ EL1->EL1 vector=0x280 ELR=0x40001000 SPSR=0x5 NV=0 NV1=0 NV2=0");
        lines[1].ShouldEndWith(" cpu0: acknowledge INTID 5 at EL1");
    }

    [Fact]
    public void Every_instruction_is_told_with_its_level_and_name_and_the_machine_does_the_same()
    {
        var machines = new[] { new InterruptMachine(), new InterruptMachine() };
        machines[0].Core.Tracer = new TextTracer(_output, TraceKinds.Instructions);
        foreach (InterruptMachine m in machines)
        {
            m.Core.Write(InterruptMachine.Code, 0x9100_0400u, 0xb400_0040u, 0x17ff_fffeu, 0xd53b_e042u);   // add; cbz; b .-8; mrs
            _ = m.Board.Run(200);
        }

        machines[0].Core.GetX(0).ShouldBe(machines[1].Core.GetX(0));
        machines[0].Core.Pc.ShouldBe(machines[1].Core.Pc);
        string[] lines = _output.ToString().TrimEnd().Split('\n');
        lines.Length.ShouldBe(200);
        lines[..4].ShouldBe(
        [
            "0 cpu0:   0x0000000040001000 EL1 91000400 ADD (immediate)", "1 cpu0:   0x0000000040001004 EL1 b4000040 CBZ",
            "2 cpu0:   0x0000000040001008 EL1 17fffffe B", "3 cpu0:   0x0000000040001000 EL1 91000400 ADD (immediate)",
        ]);
    }

    [Fact]
    public void Only_what_was_asked_for_is_told()
    {
        TestMachine m = new TestMachine("nv2", level: 2);
        m.Core.Tracer = new TextTracer(_output, TraceKinds.Interrupts | TraceKinds.Instructions);
        m.Run(0xd400_0001); // svc #0
        _output.ToString().ShouldBeEmpty();
    }
}
