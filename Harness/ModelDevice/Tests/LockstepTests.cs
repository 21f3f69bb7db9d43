using System.Buffers.Binary;
using Conformance.Harness.Executive;
using Conformance.Harness.Lockstep;
using Conformance.Harness.Spec;

namespace Conformance.ModelDevice.Tests;

public sealed class LockstepTests
{
    private const string Profile = "nv2";
    private const ulong Blocks = 0x4101_0000;

    private static readonly FeatureSet s_features = Model.Direct(Profile).Info.Features;

    [Fact]
    public void Two_models_agree_on_every_block()
    {
        LockstepCampaign campaign = Run(8_000, image => Model.Start(Profile, image));

        campaign.Findings.ShouldBeEmpty();
        campaign.Coverage.Instructions.ShouldBeGreaterThanOrEqualTo(8_000);
    }

    [Fact]
    public void Two_models_agree_on_system_instructions_at_every_level_and_most_are_executed()
    {
        LockstepCampaign campaign = Run(12_000, image => Model.Start(Profile, image), "control");

        campaign.Findings.ShouldBeEmpty();
        foreach (string name in (string[])["MRS_RS_systemmove", "MSR_SR_systemmove", "SYS_CR_systeminstrs", "ERET_64E_branch_reg", "WFE_HI_hints"])
        {
            EncodingCount count = campaign.Coverage.Of(name);
            count.Runs.ShouldBeGreaterThan(60, name);
            count.Exceptions.Values.Sum().ShouldBeLessThan(count.Runs * 3 / 4, name);
        }

        campaign.Coverage.Of("WFI_HI_hints").Exceptions.Keys.ShouldBe([1]); // trapped, for nothing would end it
    }

    [Theory]
    [InlineData(0xffff_ffe0u, 0xd51b_d040u, 0x20u, "MSR_SR_systemmove")]         // TPIDR_EL0 becomes TPIDRRO_EL0
    [InlineData(0xffff_ffe0u, 0xd50b_7420u, 0x0400u, "SYS_CR_systeminstrs")]     // DC ZVA becomes nothing that there is
    public void A_device_with_a_wrong_system_instruction_is_found_out(uint mask, uint value, uint flip, string name)
    {
        LockstepCampaign campaign = Run(3_000, image => new Mistaken(Model.Start(Profile, image), w => (w & mask) == value ? w ^ flip : w), "control.system");

        campaign.Findings.ShouldNotBeEmpty();
        campaign.Findings.Select(f => f.Block.Steps[f.Step].Encoding?.Name).ShouldContain(name);
    }

    [Fact]
    public void A_waiver_is_for_the_versions_it_names_and_stale_when_it_should_have_been_seen()
    {
        LockstepWaiver waiver = LockstepWaiver.All.First(w => w.Id == "qemu-sb-btype");
        using LockstepTarget its = Target("qemu", "10.0.2 (Debian 1:10.0.2)");
        using LockstepTarget later = Target("qemu", "10.1.0");
        using LockstepTarget other = Target("model", "10.0.2");

        waiver.AppliesTo(its).ShouldBeTrue();
        waiver.AppliesTo(later).ShouldBeFalse();
        waiver.AppliesTo(other).ShouldBeFalse();

        var coverage = new LockstepCoverage();
        coverage.Of("SB_only_barriers").Runs = (waiver.Every * 10) - 1;
        waiver.IsStale(coverage, 0).ShouldBeFalse();
        coverage.Of("SB_only_barriers").Runs++;
        waiver.IsStale(coverage, 0).ShouldBeTrue();
        waiver.IsStale(coverage, 1).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0xff20_0000u, 0x8b00_0000u, 0x4000_0000u, "ADD_64_addsub_shift")] // ADD X becomes SUB X
    [InlineData(0xffe0_fc00u, 0x1e60_2800u, 0x0000_1000u, "FADD_D_floatdp2")]     // FADD D becomes FSUB
    public void A_device_that_takes_one_instruction_for_another_is_found_out_by_that_instruction(uint mask, uint value, uint flip, string name)
    {
        LockstepCampaign campaign = Run(6_000, image => new Mistaken(Model.Start(Profile, image), w => (w & mask) == value ? w ^ flip : w));

        campaign.Findings.ShouldNotBeEmpty();
        campaign.Findings.Select(f => f.Block.Steps[f.Step].Encoding?.Name).Distinct().ShouldBe([name]);
    }

    [Fact]
    public void The_same_seed_gives_the_same_blocks()
    {
        BlockGenerator first = Generator(7);
        BlockGenerator second = Generator(7);
        BlockGenerator other = Generator(8);

        uint[] words = Words(first.Make(123));
        Words(second.Make(123)).ShouldBe(words);
        Words(other.Make(123)).ShouldNotBe(words);
        Words(first.Make(124)).ShouldNotBe(words);
    }

    private static uint[] Words(LockstepBlock block) => [.. block.Steps.SelectMany(s => s.Words)];

    private static BlockGenerator Generator(ulong seed) => new(Pool(), seed, 24);

    private static LockstepTarget Target(string name, string version) =>
        new(name, version, s_features, image => Model.Start(Profile, image), []);

    private static EncodingPool Pool(params string[] only) => new(
        A64Table.Table, LockstepRules.For(A64Table.Table), s_features, s_features, only.Length > 0 ? only : ["dpreg", "dpimm", "simd_dp.floatdp2"]);

    private static LockstepCampaign Run(long instructions, Func<GuestImage, IExecutiveGuest> other, params string[] only)
    {
        var setup = new LockstepSetup(3, 24, Pool(only));
        using LockstepTarget first = setup.Target("model", "1", s_features, image => Model.Start(Profile, image));
        using LockstepTarget second = setup.Target("other", "1", s_features, other);
        LockstepCampaign campaign = setup.Campaign(first, second);
        campaign.Run(0, 1, instructions, static _ => { }, CancellationToken.None);
        return campaign;
    }

    /// <summary>A guest that gets some words of the blocks changed.</summary>
    private sealed class Mistaken(IExecutiveGuest guest, Func<uint, uint> change) : IExecutiveGuest, IGuestRam
    {
        public IGuestRam Ram => this;

        public GuestEnd RunUntil(Func<bool> done, Func<int> progress, CancellationToken cancellation) =>
            guest.RunUntil(done, progress, cancellation);

        public GuestEnd Linger() => guest.Linger();

        public void Dispose() => guest.Dispose();

        public void Read(ulong address, Span<byte> into) => guest.Ram.Read(address, into);

        public void Write(ulong address, ReadOnlySpan<byte> bytes)
        {
            byte[] copy = bytes.ToArray();
            for (int at = 0; address == Blocks && at < copy.Length;)
            {
                // Of each block the code, which is behind 110 words of state and 128 bytes of constants.
                int size = (int)BinaryPrimitives.ReadUInt64LittleEndian(copy.AsSpan(at));
                for (int i = at + (8 * 110) + 0x80; i < at + size; i += 4)
                {
                    Span<byte> word = copy.AsSpan(i, 4);
                    BinaryPrimitives.WriteUInt32LittleEndian(word, change(BinaryPrimitives.ReadUInt32LittleEndian(word)));
                }

                at += size;
            }

            guest.Ram.Write(address, copy);
        }
    }
}
