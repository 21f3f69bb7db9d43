namespace Conformance.Harness.Executive;

/// <summary>What the executive cannot do when it is started at a given level, in sentences for the report.</summary>
public static class ExecutiveLimits
{
    /// <summary>One sentence per limit; empty at EL3.</summary>
    public static IReadOnlyList<string> Of(HomeProfile home) => home.Level switch
    {
        3 => [],
        2 => ["The executive was started at EL2: cases at EL3, HCR_EL2.HCD = 1 and a big-endian EL2 cannot be run."],
        _ => ["The executive was started at EL1: only cases at EL0 and EL1 can be run, without any EL2 control."],
    };
}
