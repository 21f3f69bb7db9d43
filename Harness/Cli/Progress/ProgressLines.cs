using System.Globalization;
using Conformance.Harness.Runs;

namespace Conformance.Cli.Progress;

/// <summary>A line every few seconds, for logs. A run that is over before the first is due writes none.</summary>
internal sealed class ProgressLines(TextWriter to, TimeProvider clock) : IRunProgress
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    private readonly long _start = clock.GetTimestamp();
    private TimeSpan _due = s_interval;

    public void Progressed(VerdictCounts counts, int? total)
    {
        TimeSpan now = clock.GetElapsedTime(_start);
        if (now < _due)
        {
            return;
        }

        _due = now + s_interval;
        to.WriteLine(Text(counts, total));
        to.Flush();
    }

    /// <summary><c>4096 of 20000 cases, 3 fail, 1 error</c></summary>
    internal static string Text(VerdictCounts counts, int? total)
    {
        string of = total is { } known ? string.Create(CultureInfo.InvariantCulture, $" of {known}") : "";
        string bad = (counts.Fail, counts.Error) switch
        {
            (0, 0) => "",
            (int fail, 0) => string.Create(CultureInfo.InvariantCulture, $", {fail} fail"),
            (0, int error) => string.Create(CultureInfo.InvariantCulture, $", {error} error"),
            (int fail, int error) => string.Create(CultureInfo.InvariantCulture, $", {fail} fail, {error} error"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{counts.Total}{of} cases{bad}");
    }
}
