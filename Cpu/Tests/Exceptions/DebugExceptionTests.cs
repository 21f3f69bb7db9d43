using Conformance.Cpu.Instructions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tests.Exceptions;

/// <summary>Software step and breakpoints through the run loop (EX-133, EX-134, EX-163 to EX-165).</summary>
public class DebugExceptionTests
{
    private const ulong Code = TestMachine.RamBase;
    private const ulong AllLevels = 1UL << 13 | 0x1e0 | 3 << 1 | 1;

    private static TestMachine Machine(int level, ulong mdscr)
    {
        TestMachine m = new TestMachine().Set("HCR_EL2", Hcr.API | Hcr.APK).Set("MDSCR_EL1", mdscr).At(level);
        m.Run(TestMachine.Msr("OSLAR_EL1")); // opens the OS Lock (X0 = 0), or is UNDEFINED at EL0
        m.Core[Registers.Get("OSLAR_EL1")] = 0;
        m.At(level).Core.Pc = Code;
        m.Core.Pstate.Daif = 7; // D clear
        m.Core.ExceptionCount = 0;
        for (ulong a = 0; a < 64; a += 4)
        {
            m.TryWrite(Code + a, 4, 0xd503_201f);
        }

        return m;
    }

    [Theory]
    [InlineData(0, 0UL, 0UL, 1, 0x32)]
    [InlineData(0, 0UL, Mdcr2.TDE, 2, 0x32)]
    [InlineData(1, Mdscr.KDE, 0UL, 1, 0x33)]
    [InlineData(1, 0UL, 0UL, 0, 0)]
    [InlineData(1, 0UL, Mdcr2.TDE, 2, 0x32)]
    [InlineData(2, Mdscr.KDE, Mdcr2.TDE, 2, 0x33)]
    [InlineData(2, Mdscr.KDE, 0UL, 0, 0)]
    [InlineData(3, Mdscr.KDE, Mdcr2.TDE, 0, 0)]
    public void A_step_executes_one_instruction_and_reports_it(int level, ulong mdscr, ulong mdcr, int target, int exceptionClass)
    {
        TestMachine m = Machine(level, mdscr | Mdscr.SS).Set("MDCR_EL2", mdcr);
        m.Core.Pstate.SS = true;

        RunLoop.Run(m.Core, 1);

        m.Core.LastExceptionTarget.ShouldBe(m.Core.ExceptionCount == 0 ? m.Core.LastExceptionTarget : target);
        m.Core.ExceptionCount.ShouldBe(target == 0 ? 0UL : 1);
        if (target != 0)
        {
            m.Get($"ESR_EL{target}").ShouldBe((ulong)exceptionClass << 26 | 1UL << 25 | 1UL << 24 | 0x22);
            m.Get($"ELR_EL{target}").ShouldBe(Code + 4);
            (m.Get($"SPSR_EL{target}") >> 21 & 1).ShouldBe(0UL);
        }
    }

    [Fact]
    public void With_ss_clear_the_step_comes_before_the_instruction()
    {
        TestMachine m = Machine(0, Mdscr.SS);

        RunLoop.Run(m.Core, 1);

        m.Get("ESR_EL1").ShouldBe(0xca00_0022UL);
        m.Get("ELR_EL1").ShouldBe(Code);
    }

    [Theory]
    [InlineData(AllLevels, 0, true)]
    [InlineData(1UL << 1 | 1, 0, false)]       // PMC: EL1 only
    [InlineData(1UL << 1 | 1, 1, true)]
    [InlineData(AllLevels & ~1UL, 1, false)]   // not enabled
    [InlineData(AllLevels | 2UL << 14, 1, false)] // Secure state only
    [InlineData(AllLevels | 1UL << 20, 1, false)] // linked
    public void A_breakpoint_matches_by_address_and_state(ulong control, int level, bool hits)
    {
        TestMachine m = Machine(level, Mdscr.MDE | Mdscr.KDE).Set("DBGBVR5_EL1", Code + 8).Set("DBGBCR5_EL1", control);

        RunLoop.Run(m.Core, 3);

        m.Core.ExceptionCount.ShouldBe(hits ? 1UL : 0);
        if (hits)
        {
            m.Get("ELR_EL1").ShouldBe(Code + 8);
            m.Get("ESR_EL1").ShouldBe((level == 0 ? 0x30UL : 0x31UL) << 26 | 1UL << 25 | 0x22);
        }
    }
}
