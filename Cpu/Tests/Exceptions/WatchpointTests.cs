using Conformance.Cpu.Instructions;
using Conformance.Cpu.SystemRegisters;
using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Tests.Exceptions;

public sealed class WatchpointTests
{
    private const uint Load = 0xf940_0020;    // ldr x0, [x1]
    private const uint Store = 0xf900_0020;   // str x0, [x1]
    private const uint StoreByte = 0x3900_0020; // strb w0, [x1]
    private const uint StorePair = 0xa900_0020; // stp x0, x0, [x1]
    private const uint LoadUnprivileged = 0xf840_0820; // ldtr x0, [x1]
    private const uint AtomicAdd = 0xf823_0024; // ldadd x3, x4, [x1]
    private const ulong Enable = 1;
    private const ulong AtEl1 = 1 << 1;
    private const ulong AtEl0 = 2 << 1;
    private const ulong Loads = 1 << 3;
    private const ulong Stores = 2 << 3;
    private const ulong AllBytes = 0xff << 5;

    [Theory]
    [InlineData(Load, Loads, true)]
    [InlineData(Load, Stores, false)]
    [InlineData(Store, Stores, true)]
    [InlineData(Store, Loads, false)]
    [InlineData(AtomicAdd, Loads, true)]
    [InlineData(AtomicAdd, Stores, true)]
    [InlineData(LoadUnprivileged, Loads, false)] // as EL0
    public void Loads_and_stores_match_as_LSC_says(uint word, ulong accesses, bool matches) =>
        Taken(word, Enable | AtEl1 | accesses | AllBytes).ShouldBe(matches);

    [Fact]
    public void An_unprivileged_access_counts_as_one_of_EL0() => Taken(LoadUnprivileged, Enable | AtEl0 | Loads | AllBytes).ShouldBeTrue();

    [Theory]
    [InlineData(0, 0x01, true)]
    [InlineData(0, 0x02, false)]
    [InlineData(3, 0x08, true)]
    [InlineData(7, 0x80, true)]
    [InlineData(7, 0x7f, false)]
    [InlineData(8, 0xff, false)]
    [InlineData(-1, 0xff, false)]
    public void A_byte_matches_when_BAS_selects_it(int offset, ulong bytes, bool matches) =>
        Taken(StoreByte, Enable | AtEl1 | Stores | bytes << 5, offset).ShouldBe(matches);

    [Theory]
    [InlineData(StorePair, -8, true)]  // its second half
    [InlineData(StorePair, -16, false)]
    [InlineData(0xb900_0020, 4, true)] // str w0, [x1]
    [InlineData(0xb900_0020, -4, false)]
    public void Any_byte_of_the_access_counts(uint word, int offset, bool matches) =>
        Taken(word, Enable | AtEl1 | Stores | AllBytes, offset).ShouldBe(matches);

    [Theory]
    [InlineData(0, true)]
    [InlineData(31, true)]
    [InlineData(32, false)]
    public void MASK_watches_a_block(int offset, bool matches) =>
        Taken(StoreByte, Enable | AtEl1 | Stores | AllBytes | 5UL << 24, offset).ShouldBe(matches);

    [Fact]
    public void Without_E_MDE_or_KDE_nothing_matches()
    {
        const ulong control = AtEl1 | Stores | AllBytes;
        Taken(Store, control).ShouldBeFalse();
        Taken(Store, Enable | control, mdscr: Mdscr.MDE).ShouldBeFalse();
        Taken(Store, Enable | control, mdscr: Mdscr.KDE).ShouldBeFalse();
        Taken(Store, Enable | control, daif: 8).ShouldBeFalse();
    }

    [Fact]
    public void The_exception_tells_direction_and_address_and_the_access_is_not_made()
    {
        Core core = Machine(Store, Enable | AtEl1 | Stores | AllBytes, 0, Mdscr.MDE | Mdscr.KDE, 0);
        core.SetX(0, 99);

        _ = RunLoop.Run(core, 1);

        core[Registers.Get("ESR_EL1")].ShouldBe(0x35UL << 26 | 1UL << 25 | 1 << 6 | 0x22);
        core[Registers.Get("FAR_EL1")].ShouldBe(Given.Data);
        core[Registers.Get("ELR_EL1")].ShouldBe(Given.Base);
        core.Read(Given.Data).ShouldBe(0ul);
    }

    [Theory]
    [InlineData(Store, 0, true)]
    [InlineData(Load, 0, false)]
    [InlineData(StoreByte, 7, true)]
    [InlineData(Store, 8, false)]
    [InlineData(Store, -8, false)]
    public void A_debugger_stops_in_front_of_an_access(uint word, int offset, bool stops)
    {
        Core core = Given.Program(word);
        core.SetX(1, Given.Data + (ulong)(long)offset);
        core.SetX(0, 99);
        var watch = new DataWatch(Given.Data, 8, Reads: false, Writes: true);
        core.AddWatch(watch);

        RunLoop.Run(core, 1).Reason.ShouldBe(stops ? StopReason.Watchpoint : StopReason.Budget);

        core.Pc.ShouldBe(stops ? Given.Base : Given.Base + 4);
        core.RemoveWatch(watch);
        core.Pc = Given.Base;
        RunLoop.Run(core, 1).Reason.ShouldBe(StopReason.Budget);
        core.Read(Given.Data).ShouldBe(word == Store && offset == 0 ? 99ul : core.Read(Given.Data));
    }

    private static bool Taken(uint word, ulong control, int offset = 0, ulong mdscr = Mdscr.MDE | Mdscr.KDE, byte daif = 0)
    {
        Core core = Machine(word, control, offset, mdscr, daif);
        _ = RunLoop.Run(core, 1);
        return core.ExceptionCount == 1 && core[Registers.Get("ESR_EL1")] >> 26 == 0x35;
    }

    /// <summary>EL1 with watchpoint 2 on eight bytes of data, in front of an access at an offset from them.</summary>
    private static Core Machine(uint word, ulong control, int offset, ulong mdscr, byte daif)
    {
        Core core = Given.Program(word);
        foreach ((string name, ulong value) in ((string, ulong)[])
            [
                ("SCR_EL3", Scr.NS | 0x400), ("HCR_EL2", Hcr.RW), ("OSLAR_EL1", 0), ("MDSCR_EL1", mdscr),
                ("DBGWVR2_EL1", Given.Data), ("DBGWCR2_EL1", control),
            ])
        {
            core[Registers.Get(name)] = value;
        }

        core.Pstate = new Pstate { EL = 1, SP = true, Daif = daif };
        core.SetX(1, Given.Data + (ulong)(long)offset);
        return core;
    }
}
