using Conformance.Cli.Bench;

namespace Conformance.Cli.Tests.Bench;

public class MeasurementTests
{
    [Theory]
    [InlineData(new double[] { }, null)]
    [InlineData(new double[] { 5 }, 5.0)]
    [InlineData(new double[] { 9, 1, 5 }, 5.0)]
    [InlineData(new double[] { 4, 1, 2, 100 }, 3.0)]
    public void The_median_is_the_middle(double[] values, double? median) => Measurement.Median(values).ShouldBe(median);

    [Fact]
    public void The_ratio_is_of_medians_and_needs_both()
    {
        var m = new Measurement("x/s", "x");
        m.Add("model", 10);
        m.Ratio("model", "qemu").ShouldBeNull();
        m.Add("qemu", 4);
        m.Ratio("model", "qemu").ShouldBe(2.5);
    }
}
