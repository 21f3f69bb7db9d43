using Conformance.Cpu.Board;

namespace Conformance.Cpu.Tests.Board;

public sealed class Pl031Tests
{
    private readonly Pl031 _clock;
    private ulong _seconds = 1_700_000_000;

    public Pl031Tests()
    {
        _clock = new Pl031(() => _seconds);
        _clock.Reset();
    }

    [Fact]
    public void It_tells_the_time_and_goes_on_from_what_is_loaded()
    {
        _clock.Read(0x00, 4).ShouldBe(1_700_000_000ul);
        _clock.Write(0x08, 4, 5);
        _clock.Read(0x08, 4).ShouldBe(5ul);
        _seconds += 10;
        _clock.Read(0x00, 4).ShouldBe(15ul);
    }

    [Fact]
    public void It_always_runs() => _clock.Read(0x0c, 4).ShouldBe(1ul);

    [Fact]
    public void The_interrupt_comes_when_the_time_passes_the_match_value_and_stays_until_it_is_cleared()
    {
        int told = 0;
        _clock.InterruptChanged = () => told++;
        _clock.Write(0x10, 4, 1);
        _clock.Write(0x04, 4, 1_700_000_003);
        told.ShouldBe(2);
        _seconds += 2;
        _clock.Interrupt.ShouldBeFalse();
        _seconds += 2;
        _clock.Interrupt.ShouldBeTrue();
        _clock.Read(0x14, 4).ShouldBe(1ul);
        _clock.Read(0x18, 4).ShouldBe(1ul);
        _clock.Write(0x10, 4, 0);
        _clock.Interrupt.ShouldBeFalse();
        _clock.Read(0x14, 4).ShouldBe(1ul);
        _clock.Read(0x18, 4).ShouldBe(0ul);
        _clock.Write(0x1c, 4, 1);
        _clock.Read(0x14, 4).ShouldBe(0ul);
        _seconds += 100;
        _clock.Read(0x14, 4).ShouldBe(0ul);
    }

    [Fact]
    public void A_match_value_that_has_passed_waits_for_the_next_round()
    {
        _clock.Write(0x04, 4, 1_699_999_999);
        _seconds += 5;
        _clock.Read(0x14, 4).ShouldBe(0ul);
        _seconds += 0xffff_ffff;
        _clock.Read(0x14, 4).ShouldBe(1ul);
    }

    [Fact]
    public void Identification_is_that_of_the_PL031() =>
        Enumerable.Range(0, 8).Select(i => _clock.Read(0xfe0 + 4 * (ulong)i, 4))
            .ShouldBe([0x31ul, 0x10, 0x04, 0x00, 0x0d, 0xf0, 0x05, 0xb1]);
}
