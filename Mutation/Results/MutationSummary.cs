using System.Globalization;
using Conformance.Mutation.Trials;

namespace Conformance.Mutation.Results;

/// <summary>What a run comes to.</summary>
internal sealed class MutationSummary(
    IReadOnlyList<MutationRecord> records, Equivalents equivalents, IReadOnlyList<string> stale, TimeSpan elapsed)
{
    /// <summary>Writes the table over kinds and the last line.</summary>
    /// <returns>True when nothing is left to do.</returns>
    internal bool Write(TextWriter output)
    {
        MutationRecord[] counted = [.. records.Where(r => r.Fate != nameof(Fate.DoesNotCompile))];
        output.WriteLine("kind             tried  caught  equivalent  survived");
        foreach (IGrouping<string, MutationRecord> kind in counted.GroupBy(r => r.Kind.ToString()).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{kind.Key,-16} {kind.Count(),5} {Of(kind, nameof(Fate.Caught)),7} {Of(kind, MutationRecord.Equivalent),11} {Of(kind, nameof(Fate.Survived)),9}"));
        }

        int caught = Of(counted, nameof(Fate.Caught));
        int equivalent = Of(counted, MutationRecord.Equivalent);
        int survived = Of(counted, nameof(Fate.Survived));
        int wrong = counted.Count(r => r.Fate == nameof(Fate.Caught) && equivalents.Names(r.Key));
        long[] times = [.. counted.Select(r => r.Milliseconds).Order()];
        bool good = counted.Length > 0 && survived == 0 && wrong == 0 && stale.Count == 0;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(good ? "PASS" : "FAIL")}: {counted.Length} mutants in {elapsed.TotalSeconds:f0} s (median {Median(times)} ms, longest {times.LastOrDefault()} ms): "
            + $"{caught} caught, {equivalent} equivalent, {survived} survived; {records.Count - counted.Length} did not compile and were replaced; "
            + $"{wrong} wrong and {stale.Count} stale entries of {equivalents.Keys.Count} known equivalents"));
        return good;
    }

    private static int Of(IEnumerable<MutationRecord> records, string fate) => records.Count(r => r.Fate == fate);

    private static long Median(long[] sorted) => sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
}
