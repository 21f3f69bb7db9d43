using Conformance.Cli.Progress;
using Conformance.Harness.Runs;

namespace Conformance.Cli.Tests.Progress;

public class ProgressLinesTests
{
    [Fact]
    public void A_line_is_written_every_five_seconds_at_most()
    {
        var clock = new ManualClock();
        using var text = new StringWriter();
        var lines = new ProgressLines(text, clock);
        for (int second = 0; second <= 11; second++)
        {
            clock.Now = TimeSpan.FromSeconds(second);
            lines.Progressed(new VerdictCounts(second, 0, 0, 0, 0), 100);
        }

        text.ToString().ShouldBe("5 of 100 cases\n10 of 100 cases\n");
    }

    [Theory]
    [InlineData(7, 0, 0, null, "7 cases")]
    [InlineData(7, 2, 0, 20, "9 of 20 cases, 2 fail")]
    [InlineData(7, 0, 1, 20, "8 of 20 cases, 1 error")]
    [InlineData(7, 2, 1, 20, "10 of 20 cases, 2 fail, 1 error")]
    public void A_line_says_how_far_and_how_bad(int pass, int fail, int error, int? total, string line) =>
        ProgressLines.Text(new VerdictCounts(pass, fail, 0, 0, error), total).ShouldBe(line);

    private sealed class ManualClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
