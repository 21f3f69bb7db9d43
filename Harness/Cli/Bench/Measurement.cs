namespace Conformance.Cli.Bench;

/// <summary>How fast devices are at one thing: so many per second, run by run.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">What was counted.</param>
internal sealed record Measurement(string Name, string Unit)
{
    private readonly Dictionary<string, List<double>> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<double>> _allocated = new(StringComparer.Ordinal);

    /// <summary>Per second, in the order of the runs; none for a device that could not do it.</summary>
    public IReadOnlyList<double> Runs(string device) => _runs.GetValueOrDefault(device) ?? [];

    public void Add(string device, double perSecond)
    {
        if (!_runs.TryGetValue(device, out List<double>? runs))
        {
            _runs[device] = runs = [];
        }

        runs.Add(perSecond);
    }

    /// <summary>Tells how many bytes this process allocated for each thing that was counted in a run.</summary>
    public void AddAllocated(string device, double bytesEach)
    {
        if (!_allocated.TryGetValue(device, out List<double>? runs))
        {
            _allocated[device] = runs = [];
        }

        runs.Add(bytesEach);
    }

    /// <summary>Median of the bytes that this process allocated for each thing; null where it was not measured.</summary>
    public double? Allocated(string device) => Median(_allocated.GetValueOrDefault(device) ?? []);

    public double? Median(string device) => Median(Runs(device));

    /// <summary>The first device's median over the second's.</summary>
    public double? Ratio(string one, string other) => Median(one) / Median(other);

    /// <summary>The middle value, the mean of the two middle ones of an even number, null of none.</summary>
    internal static double? Median(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
        {
            return null;
        }

        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
