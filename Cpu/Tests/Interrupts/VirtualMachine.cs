using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tests.Interrupts;

/// <summary>A PE whose EL1 has a virtual CPU interface with everything enabled, and short ways to use it.</summary>
internal sealed class VirtualMachine
{
    internal const ulong Pending = 1UL << 62;
    internal const ulong Active = 1UL << 63;
    internal const ulong HW = 1UL << 61;
    internal const ulong Group1 = 1UL << 60;
    internal const ulong Eoi = 1UL << 41;
    internal const ulong Spurious = 1023;

    // ICH_HCR_EL2.
    internal const ulong En = 1;

    // ICH_VMCR_EL2: VPMR at its largest, both groups enabled, EOI mode, common binary point.
    internal const ulong Open = 0xff00_0003;
    internal const ulong Veoim = 1 << 9;
    internal const ulong Vcbpr = 1 << 4;

    internal VirtualMachine(string profile = "nv2", ulong hcr = Hcr.IMO | Hcr.FMO)
    {
        Machine = new TestMachine(profile);
        Machine.Set("ICC_SRE_EL3", 0xf).Set("ICC_SRE_EL2", 0xf).Set("ICC_SRE_EL1", 7)
            .Set("HCR_EL2", Hcr.RW | Hcr.API | Hcr.APK | hcr).Set("ICH_HCR_EL2", En).Set("ICH_VMCR_EL2", Open).At(1);
    }

    internal TestMachine Machine { get; }

    internal Core Core => Machine.Core;

    /// <summary>A list register in State 01, Group 1, at a priority.</summary>
    internal static ulong Interrupt(ulong intId, ulong priority, ulong state = Pending, ulong bits = Group1) =>
        state | bits | priority << 48 | intId;

    internal VirtualMachine Set(string register, ulong value)
    {
        Machine.Set(register, value);
        return this;
    }

    internal VirtualMachine Lr(int n, ulong value) => Set($"ICH_LR{n}_EL2", value);

    internal ulong Lr(int n) => Machine.Get($"ICH_LR{n}_EL2");

    internal ulong Get(string register) => Machine.Get(register);

    /// <summary>What an MRS at the current level returns; it has to be allowed.</summary>
    internal ulong Mrs(string register)
    {
        ulong before = Core.ExceptionCount;
        Machine.Run(TestMachine.Mrs(register, 7));
        Core.ExceptionCount.ShouldBe(before, $"MRS of {register} took an exception");
        return Core.GetX(7);
    }

    /// <summary>An MSR at the current level; it has to be allowed.</summary>
    internal VirtualMachine Msr(string register, ulong value)
    {
        ulong before = Core.ExceptionCount;
        Core.SetX(7, value);
        Machine.Run(TestMachine.Msr(register, 7));
        Core.ExceptionCount.ShouldBe(before, $"MSR of {register} took an exception");
        return this;
    }

    /// <summary>An access at the current level takes an exception to a level with a class.</summary>
    internal void Refused(uint word, int target, ulong exceptionClass)
    {
        ulong before = Core.ExceptionCount;
        byte level = Core.Pstate.EL;
        Machine.Run(word);
        Core.ExceptionCount.ShouldBe(before + 1);
        Core.LastExceptionTarget.ShouldBe(target);
        (Get($"ESR_EL{target}") >> 26).ShouldBe(exceptionClass);
        Machine.At(level);
    }
}
