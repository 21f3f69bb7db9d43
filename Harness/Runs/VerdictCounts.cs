using Conformance.Harness.Cases;

namespace Conformance.Harness.Runs;

/// <summary>How many cases came out how.</summary>
public readonly record struct VerdictCounts(int Pass, int Fail, int Skip, int Waived, int Error)
{
    public int Total => Pass + Fail + Skip + Waived + Error;

    /// <summary>Cases that the device ran and that say something about it: all but skips and errors.</summary>
    public int Judged => Pass + Fail + Waived;

    public int this[Verdict verdict] => verdict switch
    {
        Verdict.Pass => Pass,
        Verdict.Fail => Fail,
        Verdict.Skip => Skip,
        Verdict.Waived => Waived,
        Verdict.Error => Error,
    };

    /// <summary>One more of this verdict.</summary>
    public VerdictCounts Plus(Verdict verdict) => verdict switch
    {
        Verdict.Pass => this with { Pass = Pass + 1 },
        Verdict.Fail => this with { Fail = Fail + 1 },
        Verdict.Skip => this with { Skip = Skip + 1 },
        Verdict.Waived => this with { Waived = Waived + 1 },
        Verdict.Error => this with { Error = Error + 1 },
    };

    /// <summary>Both counts together.</summary>
    public VerdictCounts Plus(VerdictCounts other) =>
        new(Pass + other.Pass, Fail + other.Fail, Skip + other.Skip, Waived + other.Waived, Error + other.Error);

    /// <summary>Counts over a sequence.</summary>
    public static VerdictCounts Of(IEnumerable<Verdict> verdicts) =>
        verdicts.Aggregate(default(VerdictCounts), (counts, verdict) => counts.Plus(verdict));
}
