using Conformance.Cpu.SystemRegisters;
using FsCheck;
using FsCheck.Fluent;

namespace Conformance.Cpu.Tests.Exceptions;

public class ExceptionEntryTests
{
    private const uint Svc5 = 0xd400_00a1;
    private const uint Undefined = 0x0000_0000;

    /// <summary>Every PSTATE at every level.</summary>
    private static readonly Arbitrary<(int Level, int Bits)> States = Arb.From(
        from level in Gen.Choose(0, 3)
        from bits in Gen.Choose(0, 0xffff)
        select (level, bits));

    private static TestMachine With(int level, int bits)
    {
        TestMachine m = new TestMachine().Set("HCR_EL2", Hcr.API | Hcr.APK).At(level);
        ref Pstate p = ref m.Core.Pstate;
        p.Nzcv = (byte)(bits & 15);
        p.Daif = (byte)(bits >> 4 & 15);
        p.PAN = (bits >> 8 & 1) != 0;
        p.UAO = (bits >> 9 & 1) != 0;
        p.DIT = (bits >> 10 & 1) != 0;
        p.SSBS = (bits >> 11 & 1) != 0;
        p.SP = level != 0 && (bits >> 12 & 1) != 0;
        return m;
    }

    [Fact]
    public void Spsr_holds_the_old_state_and_pstate_the_new() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(States, s =>
        {
            TestMachine m = With(s.Level, s.Bits);
            ulong pc = m.Core.Pc;
            bool sp = m.Core.Pstate.SP;
            int target = s.Level == 0 ? 1 : s.Level;

            m.Run(Svc5);

            ulong expected = (ulong)(s.Bits & 15) << 28 | (ulong)(s.Bits >> 4 & 15) << 6
                | (ulong)(s.Bits >> 8 & 1) << 22 | (ulong)(s.Bits >> 9 & 1) << 23
                | (ulong)(s.Bits >> 10 & 1) << 24 | (ulong)(s.Bits >> 11 & 1) << 12
                | (ulong)s.Level << 2 | (sp ? 1UL : 0);
            ulong offset = target > s.Level ? 0x400UL : sp ? 0x200UL : 0;
            Pstate now = m.Core.Pstate;
            return (m.Get($"SPSR_EL{target}") == expected).Label("SPSR")
                .And((m.Get($"ELR_EL{target}") == pc + 4).Label("ELR"))
                .And((m.Get($"ESR_EL{target}") == 0x5600_0005).Label("ESR"))
                .And((m.Core.Pc == ((ulong)target << 16) + offset).Label("vector"))
                .And((now.EL == target && now.SP && now.Daif == 15 && !now.IL && !now.SS && !now.UAO && now.BTYPE == 0).Label("PSTATE"))
                .And((now.Nzcv == (s.Bits & 15) && now.DIT == ((s.Bits >> 10 & 1) != 0)).Label("NZCV and DIT stay"))
                .And((m.Core.ExceptionCount == 1 && m.Core.LastExceptionTarget == target
                    && m.Core.LastVectorOffset == (int)offset).Label("observed"));
        }));

    [Theory]
    [InlineData(1, 0UL, 0UL, true)]
    [InlineData(1, Sctlr.SPAN, 0UL, false)]
    [InlineData(2, 0UL, Hcr.TGE | Hcr.E2H, true)]
    [InlineData(2, Sctlr.SPAN, Hcr.TGE | Hcr.E2H, false)]
    [InlineData(2, 0UL, Hcr.TGE, false)]
    public void Pan_is_set_where_span_is_0_and_counts(int target, ulong sctlr, ulong hcr, bool pan)
    {
        TestMachine m = new TestMachine().Set("HCR_EL2", Hcr.API | Hcr.APK | hcr).Set($"SCTLR_EL{target}", sctlr).At(0);

        m.Run(Svc5);

        m.Core.LastExceptionTarget.ShouldBe(target);
        m.Core.Pstate.PAN.ShouldBe(pan);
    }

    [Theory]
    [InlineData(Hcr.NV, 2)]
    [InlineData(Hcr.NV | Hcr.NV2, 2)]
    [InlineData(Hcr.NV | Hcr.NV1 | Hcr.NV2, 2)]
    [InlineData(Hcr.NV | Hcr.NV1, 1)]
    [InlineData(Hcr.NV2, 1)]
    [InlineData(0UL, 1)]
    public void Spsr_el1_pretends_el2_under_nv(ulong nested, int shown)
    {
        TestMachine m = new TestMachine().Set("HCR_EL2", Hcr.API | Hcr.APK | nested).At(1);

        m.Run(Svc5);

        (m.Get("SPSR_EL1") & 0xf).ShouldBe((ulong)(shown << 2 | 1));
        m.At(1).Set("SCR_EL3", m.Get("SCR_EL3") & ~Scr.NS);
        m.Run(Svc5);
        (m.Get("SPSR_EL1") & 0xf).ShouldBe(5UL, "EL2 is not enabled in Secure state");
    }

    [Theory]
    [InlineData(0, 0UL, 1)]
    [InlineData(0, Hcr.TGE, 2)]
    [InlineData(0, Hcr.TGE | Hcr.E2H, 2)]
    [InlineData(1, 0UL, 1)]
    [InlineData(2, 0UL, 2)]
    [InlineData(3, 0UL, 3)]
    public void Undefined_goes_by_the_base_rule(int level, ulong hcr, int target)
    {
        TestMachine m = new TestMachine().Set("HCR_EL2", Hcr.API | Hcr.APK | hcr).At(level);

        m.Run(Undefined);

        m.Core.LastExceptionTarget.ShouldBe(target);
        m.Get($"ESR_EL{target}").ShouldBe(0x0200_0000UL);
        m.Get($"ELR_EL{target}").ShouldBe(TestMachine.RamBase);
    }

    [Fact]
    public void Fields_of_absent_features_are_not_saved()
    {
        TestMachine m = new TestMachine("armv8.0").At(1);

        m.Run(Svc5);

        m.Get("SPSR_EL1").ShouldBe(0xf0UL << 2 | 5);
    }
}
