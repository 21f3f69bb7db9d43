using Conformance.Cpu.Features;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tests.SystemRegisters;

/// <summary>The register tables check themselves.</summary>
public class DeclarationTests
{
    private static IEnumerable<Accessor> Names => Registers.Accessors.Skip(1);

    [Fact]
    public void No_two_names_share_an_encoding_in_the_same_direction()
    {
        IEnumerable<string> clashes =
            from direction in new[] { Directions.Read, Directions.Write }
            from encoding in Names.Where(a => (a.Directions & direction) != 0).GroupBy(a => a.Encoding)
            where encoding.Select(a => string.Join(' ', a.Needs.Order())).Distinct().Count() != encoding.Count()
            select $"{direction} {encoding.Key}: {string.Join(", ", encoding.Select(a => a.Name))}";

        clashes.ShouldBeEmpty();
    }

    [Fact]
    public void Every_encoding_leads_back_to_its_name()
    {
        IEnumerable<string> lost =
            from a in Names
            where ((a.Directions & Directions.Read) != 0 && Registers.Accessors[Registers.IndexOf(a.Encoding.Key, read: true)] != a)
                || ((a.Directions & Directions.Write) != 0 && Registers.Accessors[Registers.IndexOf(a.Encoding.Key, read: false)] != a)
            select a.ToString();

        lost.ShouldBeEmpty();
    }

    [Fact]
    public void Names_are_unique_and_so_are_slots()
    {
        Names.Select(a => a.Name).ShouldBeUnique();
        Registers.All.Select(r => r.Slot).ShouldBeUnique();
        Registers.All.ShouldAllBe(r => r.Slot < SysReg.MaxSlots);
    }

    [Fact]
    public void Every_number_of_an_encoding_fits_its_field() => Names
        .Where(a => SysEncoding.FromKey(a.Encoding.Key) != a.Encoding)
        .Select(a => a.ToString())
        .ShouldBeEmpty();

    [Fact]
    public void Vncr_offsets_are_doublewords_of_the_page_and_belong_to_one_register_each()
    {
        Accessor[] redirected = [.. Names.Where(a => a.VncrOffset >= 0)];

        redirected.Length.ShouldBeGreaterThan(50);
        redirected.ShouldAllBe(a => a.VncrOffset % 8 == 0 && a.VncrOffset < 0x1000);
        redirected.GroupBy(a => a.VncrOffset).Where(g => g.Select(a => a.Register).Distinct().Count() != 1)
            .Select(g => $"0x{g.Key:x}: {string.Join(", ", g)}").ShouldBeEmpty();
    }

    [Fact]
    public void Every_control_bit_that_a_trap_reads_can_be_written_in_its_register()
    {
        FeatureSet features = FeatureSet.Parse("nv2-nmi,FEAT_RASv2");
        var bySlot = Registers.All.ToDictionary(r => r.Slot);

        IEnumerable<string> dead =
            from a in Names
            from trap in a.Traps
            where trap.Guard.Mask != 0 && (trap.Directions & a.Directions) != 0
            let control = bySlot[trap.Guard.Slot]
            where (trap.Guard.Mask & ~control.Bits.Writable(features)) != 0
            select $"{a.Name}: {control.Name} bits 0x{trap.Guard.Mask & ~control.Bits.Writable(features):x}";

        dead.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void A_guard_value_lies_in_its_mask() => Names
        .SelectMany(a => a.Traps.Where(t => (t.Guard.Value & ~t.Guard.Mask) != 0), (a, t) => $"{a.Name}: {t.Guard}")
        .ShouldBeEmpty();

    [Fact]
    public void Aliases_and_swaps_name_registers_that_exist()
    {
        foreach (Accessor a in Names)
        {
            if (a.HostName is { } host)
            {
                Registers.Find(host).ShouldNotBeNull($"{a.Name} aliases {host}");
            }

            if (a.SwapName is { } swap)
            {
                Registers.Find(swap).ShouldNotBeNull($"{a.Name} swaps with {swap}");
            }
        }
    }

    [Theory]
    [InlineData("HCR_EL2")]
    [InlineData("SCTLR_EL12")]
    [InlineData("SP_EL1")]
    [InlineData("SPSR_EL2")]
    [InlineData("ELR_EL3")]
    [InlineData("ICV_PMR_EL1")]
    [InlineData("PMEVCNTR5_EL0")]
    [InlineData("DBGBVR0_EL1")]
    [InlineData("ICH_LR3_EL2")]
    public void Registers_are_found_by_name(string name) => Registers.Find(name).ShouldNotBeNull();

    [Fact]
    public void System_instructions_are_no_registers()
    {
        Registers.Find("TLBI VMALLE1").ShouldBeNull();
        Registers.Find("HCR_EL4").ShouldBeNull();
        Registers.Names.ShouldAllBe(name => !name.Contains(' '));
    }
}
