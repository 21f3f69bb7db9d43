using Conformance.Cpu.Instructions.Pauth;
using Conformance.Cpu.SystemRegisters;
using FsCheck;
using FsCheck.Fluent;

namespace Conformance.Cpu.Tests.Instructions.Pauth;

public class PointerAuthenticationTests
{
    private const uint PaciaX0X1 = 0xdac1_0020;
    private const uint AutiaX0X1 = 0xdac1_1020;
    private const uint PacgaX0X1X2 = 0x9ac2_3020;

    private static TestMachine Machine(string profile = "nv2")
    {
        TestMachine m = new TestMachine(profile).Set("HCR_EL2", Hcr.API | Hcr.APK).Set("SCTLR_EL1", Sctlr.EnIA)
            .Set("APIAKeyHi_EL1", 0x84be_85ce_9804_e94b).Set("APIAKeyLo_EL1", 0xec28_02d4_e0a4_88e9)
            .Set("APGAKeyHi_EL1", 0x84be_85ce_9804_e94b).Set("APGAKeyLo_EL1", 0xec28_02d4_e0a4_88e9);
        return m.At(1);
    }

    [Theory]
    [InlineData("nv2")]
    [InlineData("nv2,FEAT_PAuth2")]
    public void What_was_signed_authenticates_with_the_same_modifier(string profile) =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
            ArbMap.Default.ArbFor<ulong>(), ArbMap.Default.ArbFor<ulong>(), (address, modifier) =>
            {
                ulong pointer = (address & 1) != 0 ? address | 0xffff_0000_0000_0000 : address & 0x0000_ffff_ffff_ffff;
                TestMachine m = Machine(profile);
                m.Core.SetX(0, pointer);
                m.Core.SetX(1, modifier);

                m.Run(PaciaX0X1).Run(AutiaX0X1);

                return m.Core.GetX(0) == pointer;
            }));

    [Fact]
    public void A_changed_pointer_comes_out_with_the_error_code_of_its_key()
    {
        TestMachine m = Machine();
        m.Core.SetX(0, 0x4012_3458);
        m.Core.SetX(1, 5);

        m.Run(PaciaX0X1);
        m.Core.SetX(0, m.Core.GetX(0) ^ 1UL << 50);
        m.Run(AutiaX0X1);

        m.Core.GetX(0).ShouldBe(0x2000_0000_4012_3458UL);
    }

    /// <summary>The value that QEMU 10 gives with the same keys, architected algorithm, TCR_EL1 = 0.</summary>
    [Fact]
    public void Signing_agrees_with_another_implementation()
    {
        TestMachine m = Machine();
        m.Core.SetX(0, 0x4012_3458);
        m.Core.SetX(1, 0x477d_469d_ec0b_8762);

        m.Run(PaciaX0X1);

        m.Core.GetX(0).ShouldBe(0xef01_0000_4012_3458UL);
        m.Core.SetX(1, 0xfb62_3599_da6e_8127);
        m.Core.SetX(2, 0x477d_469d_ec0b_8762);
        m.Run(PacgaX0X1X2);
        m.Core.GetX(0).ShouldBe(0xc003_b939_0000_0000UL);
    }

    [Fact]
    public void A_key_that_is_not_enabled_leaves_the_pointer_alone_and_traps_nothing()
    {
        TestMachine m = Machine().Set("SCTLR_EL1", 0).Set("HCR_EL2", 0);
        m.Core.SetX(0, 0x1234);

        m.Run(PaciaX0X1);

        (m.Core.GetX(0), m.Core.ExceptionCount).ShouldBe((0x1234UL, 0UL));
    }

    [Theory]
    [InlineData(0UL, 1, 2)]
    [InlineData(0UL, 0, 2)]
    [InlineData(Hcr.API, 1, 3)]
    public void Api_closed_traps_the_enabled_instruction(ulong hcr, int level, int target)
    {
        TestMachine m = Machine().Set("HCR_EL2", hcr).At(level);
        m.Set("SCR_EL3", m.Get("SCR_EL3") & ~(target == 3 ? Scr.API : 0));

        m.Run(PaciaX0X1);

        m.Core.LastExceptionTarget.ShouldBe(target);
        m.Get($"ESR_EL{target}").ShouldBe(0x2600_0000UL);
    }

    [Fact]
    public void Qarma5_is_a_permutation_for_each_tweak()
    {
        var seen = new HashSet<ulong>();
        for (ulong i = 0; i < 2000; i++)
        {
            seen.Add(Qarma5.Encrypt(i, 7, 1, 2)).ShouldBeTrue();
        }
    }
}
