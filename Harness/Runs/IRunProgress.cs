using Conformance.Harness.Cases;

namespace Conformance.Harness.Runs;

/// <summary>Follows a run. Called on the thread of <see cref="Runner.Run"/>, in the order of the cases.</summary>
public interface IRunProgress
{
    /// <summary>A verdict was reached (waivers applied) and written.</summary>
    void Judged(Judgement judgement)
    {
    }

    /// <summary>Called now and then, and once at the end.</summary>
    /// <param name="counts">The verdicts so far.</param>
    /// <param name="total">How many cases there are; null while they are still being generated.</param>
    void Progressed(VerdictCounts counts, int? total)
    {
    }
}
