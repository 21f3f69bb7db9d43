using Conformance.Cpu.Instructions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tests.Exceptions;

/// <summary>Who traps FMOV X3, D2: EX-174 to EX-177, each control in each of its values.</summary>
public sealed class FpAccessTests
{
    private const ulong Nonsecure = Scr.NS;

    /// <summary>Level, HCR_EL2 (E2H, TGE), CPACR_EL1.FPEN, CPTR_EL2, CPTR_EL3.TFP; target and class, or 0.</summary>
    public static TheoryData<int, ulong, ulong, ulong, bool, int, int> Controls
    {
        get
        {
            const ulong e2h = Hcr.E2H;
            const ulong tge = Hcr.TGE;
            const ulong open2 = 3ul << 20;   // CPTR_EL2.FPEN = 11 with E2H
            return new()
            {
                { 0, 0, 3, 0, false, 0, 0 },
                { 0, 0, 0, 0, false, 1, 0x07 },
                { 0, 0, 1, 0, false, 1, 0x07 },
                { 0, 0, 2, 0, false, 1, 0x07 },
                { 1, 0, 0, 0, false, 1, 0x07 },
                { 1, 0, 1, 0, false, 0, 0 },
                { 1, 0, 2, 0, false, 1, 0x07 },
                { 1, 0, 3, 0, false, 0, 0 },
                { 0, tge, 0, 0, false, 2, 0x00 },
                { 0, tge, 1, 0, false, 2, 0x00 },
                { 0, tge, 3, 0, false, 0, 0 },
                { 0, e2h | tge, 0, open2, false, 0, 0 },       // CPACR_EL1 has no say
                { 0, e2h | tge, 0, 1ul << 20, false, 2, 0x07 },
                { 0, e2h | tge, 3, 0, false, 2, 0x07 },
                { 0, e2h, 3, 1ul << 20, false, 0, 0 },         // 01 traps EL0 of a host only
                { 0, e2h, 3, 2ul << 20, false, 2, 0x07 },
                { 1, e2h, 3, 1ul << 20, false, 0, 0 },
                { 1, e2h, 3, 0, false, 2, 0x07 },
                { 2, e2h, 3, 0, false, 2, 0x07 },
                { 2, e2h, 3, 1ul << 20, false, 0, 0 },
                { 2, e2h, 0, open2, false, 0, 0 },
                { 0, 0, 3, Cptr.TFP, false, 2, 0x07 },
                { 1, 0, 3, Cptr.TFP, false, 2, 0x07 },
                { 2, 0, 3, Cptr.TFP, false, 2, 0x07 },
                { 1, 0, 0, Cptr.TFP, false, 1, 0x07 },         // EL1 first
                { 3, 0, 0, Cptr.TFP, false, 0, 0 },
                { 3, 0, 3, 0, true, 3, 0x07 },
                { 2, 0, 3, 0, true, 3, 0x07 },
                { 1, 0, 3, 0, true, 3, 0x07 },
                { 0, 0, 3, 0, true, 3, 0x07 },
                { 2, 0, 3, Cptr.TFP, true, 2, 0x07 },          // EL2 before EL3
            };
        }
    }

    [Theory]
    [MemberData(nameof(Controls))]
    public void The_first_closed_control_takes_the_trap(
        int level, ulong hcr, ulong fpen1, ulong cptr2, bool tfp3, int target, int exceptionClass)
    {
        Core core = Given.Program(0x9e66_0043);    // fmov x3, d2
        core.V[4] = 0x2222;
        core.Pstate.EL = (byte)level;
        core.Pstate.SP = level != 0;
        core.System[Slots.SCR_EL3] |= Nonsecure;
        core.System[Slots.HCR_EL2] = hcr;
        core.System[Slots.CPACR_EL1] = fpen1 << 20;
        core.System[Slots.CPTR_EL2] = cptr2;
        core.System[Slots.CPTR_EL3] = tfp3 ? Cptr.TFP : 0;

        _ = RunLoop.Run(core, 1);

        core.LastExceptionTarget.ShouldBe(target);
        core.GetX(3).ShouldBe(target == 0 ? 0x2222ul : 0);
        if (target != 0)
        {
            ulong esr = core.System[Slots.ESR_EL1 + target - 1];
            ((int)(esr >> 26)).ShouldBe(exceptionClass);
            (esr & 0x1ff_ffff).ShouldBe(exceptionClass == 0 ? 0ul : 0x1e0_0000);
        }
    }

    /// <summary>What closes floating-point behind an instruction that was allowed: name, and where the trap is taken to.</summary>
    [Theory]
    [InlineData("CPACR_EL1", 1, 1)]
    [InlineData("CPTR_EL2", 2, 2)]
    [InlineData("CPTR_EL3", 3, 3)]
    public void A_control_that_closes_acts_on_the_next_instruction(string register, int level, int target)
    {
        SysReg control = Registers.Get(register);
        ulong closed = register == "CPACR_EL1" ? 0 : Cptr.TFP;
        Core core = Open(level, FmovX3D2, TestMachine.Msr(register), FmovX3D2 + 1);
        core.SetX(0, closed);

        _ = RunLoop.Run(core, 3);

        core[control].ShouldBe(closed);
        core.ExceptionCount.ShouldBe(1ul);
        core.LastExceptionTarget.ShouldBe(target);
        core.GetX(3).ShouldBe(0x2222ul);
        core.GetX(4).ShouldBe(0ul);
    }

    [Fact]
    public void What_was_open_at_EL1_is_asked_again_at_EL0()
    {
        Core core = Open(1, FmovX3D2, 0xd69f_03e0);    // eret
        core.Write(Given.Base + 0x800, FmovX3D2 + 1);
        core.System[Slots.CPACR_EL1] = 1ul << 20;      // traps EL0 only
        core.System[Slots.ELR_EL1] = Given.Base + 0x800;
        core.System[Slots.SPSR_EL1] = 0;

        _ = RunLoop.Run(core, 3);

        core.LastExceptionTarget.ShouldBe(1);
        (core.System[Slots.ESR_EL1] >> 26).ShouldBe(7ul);
        core.GetX(3).ShouldBe(0x2222ul);
        core.GetX(4).ShouldBe(0ul);
    }

    [Fact]
    public void What_was_open_is_asked_again_at_the_level_of_an_exception()
    {
        Core core = Open(1, FmovX3D2, 0xd400_0002);    // hvc #0
        core.System[Slots.CPTR_EL2] = 3ul << 20;
        core.System[Slots.HCR_EL2] = Hcr.E2H;
        core.System[Slots.CPTR_EL3] = 0;
        core.System[Slots.VBAR_EL2] = Given.Base + 0x1000;
        core.Write(Given.Base + 0x1400, TestMachine.Msr("CPTR_EL2"), FmovX3D2 + 1);
        core.SetX(0, 0);

        _ = RunLoop.Run(core, 4);

        core.LastExceptionTarget.ShouldBe(2);
        (core.System[Slots.ESR_EL2] >> 26).ShouldBe(7ul);
        core.GetX(4).ShouldBe(0ul);
    }

    private const uint FmovX3D2 = 0x9e66_0043;    // one more is fmov x4, d2

    /// <summary>A PE at a level where nothing traps, about to execute the words.</summary>
    private static Core Open(int level, params uint[] words)
    {
        Core core = Given.Program(words);
        core.V[4] = 0x2222;
        core.Pstate.EL = (byte)level;
        core.System[Slots.SCR_EL3] |= Nonsecure | Scr.HCE;
        core.System[Slots.CPACR_EL1] = 3ul << 20;
        core.System[Slots.CPTR_EL2] = 0;
        core.System[Slots.CPTR_EL3] = 0;
        core.System[Slots.VBAR_EL1] = Given.Base + 0x2000;
        core.System[Slots.VBAR_EL2] = Given.Base + 0x2000;
        core.System[Slots.VBAR_EL3] = Given.Base + 0x2000;
        return core;
    }
}
