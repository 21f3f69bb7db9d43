using System.Buffers.Binary;
using Conformance.Cpu.Board;
using Conformance.Cpu.Features;
using Conformance.Cpu.Instructions;

namespace Conformance.Cpu.Tests;

public sealed class MachineTests
{
    private readonly Machine _machine = new(new MachineOptions { Features = FeatureSet.Parse("nv2"), RamSize = 0x10_0000 });

    [Fact]
    public void A_flat_image_is_loaded_from_its_file_and_runs_from_its_start()
    {
        string path = Path.GetTempFileName();
        try
        {
            byte[] image = new byte[8];
            BinaryPrimitives.WriteUInt32LittleEndian(image, 0xd280_0540);                // mov x0, #42
            BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(4), 0xd503_207f);      // wfi
            File.WriteAllBytes(path, image);

            _machine.Load(path).Kind.ShouldBe(ImageKind.Flat);
            _machine.Run(100).ShouldBe(new RunResult(StopReason.WaitForInterrupt, 2, 0));

            _machine.Core.GetX(0).ShouldBe(42ul);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Code_in_flash_is_fetched_from_the_bus()
    {
        _machine.Core.Pc = 0x100;

        _ = _machine.Run(1);

        _machine.Core.ExceptionCount.ShouldBe(1ul);   // empty flash holds UDF #0
    }

    [Fact]
    public void Two_machines_with_the_same_program_end_in_the_same_state()
    {
        var other = new Machine(new MachineOptions { Features = FeatureSet.Parse("nv2"), RamSize = 0x10_0000 });
        foreach (Machine machine in (Machine[])[_machine, other])
        {
            machine.Core.Write(Given.Base, 0x9100_0400u, 0xd53b_e042u, 0x17ff_fffeu);   // add x0, x0, #1; mrs x2, cntvct_el0; b .-8
            machine.Core.Pc = Given.Base;
        }

        _ = _machine.Run(1000);
        for (int i = 0; i < 1000; i++)
        {
            _ = other.Run(1);
        }

        other.Core.GetX(0).ShouldBe(_machine.Core.GetX(0));
        other.Core.GetX(2).ShouldBe(_machine.Core.GetX(2));
        _machine.Core.GetX(2).ShouldNotBe(0ul);
        other.Core.Pc.ShouldBe(_machine.Core.Pc);
    }

    [Fact]
    public void Reset_clears_all_registers()
    {
        _machine.Core.SetX(5, 1);
        _machine.Core.V[5] = 1;

        _machine.Core.Reset(3);

        _machine.Core.GetX(5).ShouldBe(0ul);
        _machine.Core.V[5].ShouldBe(0ul);
    }
}
