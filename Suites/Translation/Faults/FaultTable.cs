using Conformance.Suites.Translation.Oracle;

namespace Conformance.Suites.Translation.Faults;

/// <summary>Which cells of the table of faults a device can produce, and why the others cannot be.</summary>
public static class FaultTable
{
    /// <summary>The cells that a device of these facts can show to a case.</summary>
    public static IReadOnlyList<FaultPoint> Reachable(Facts facts) => [.. FaultPoint.All().Where(p => WhyNot(p, facts) is null)];

    /// <summary>Why a cell cannot be; null when it can.</summary>
    public static string? WhyNot(FaultPoint point, Facts facts)
    {
        bool leaf = point.Kind is FaultKind.AccessFlag or FaultKind.Permission;
        int home = facts.Target.HighestLevel;
        bool at = point.Access == "at";
        bool level0Of2 = facts.Stage2Granules.Contains(Granule.K4) && facts.PaBits >= 44;
        return point switch
        {
            _ when leaf && point.Level == 0 => "there are no blocks at level 0 without 52-bit descriptors (TR-100)",
            { Kind: FaultKind.Alignment } when point.Stage == FaultStage.Walk => "accesses of the walk are aligned",
            { Kind: FaultKind.Alignment, Access: "fetch" } => "a misaligned PC is not a fault of translation",
            { Kind: FaultKind.Alignment, Access: "at" } => "alignment does not matter to AT (TR-131)",
            { Kind: FaultKind.External, Access: "at" } => "AT takes external aborts as exceptions (TR-136)",
            _ when point.Stage != FaultStage.One && home < 2 => "the device gives no stage 2",
            _ when at && home < 2 => "AT is asked from EL2 or EL3",
            { Kind: FaultKind.External, Level: 0, Stage: not FaultStage.One } => "the first table of stage 2 maps the code too",
            { Kind: FaultKind.External, Level: 1, Stage: not FaultStage.One } when !level0Of2 => "the first table of stage 2 maps the code too",
            { Kind: FaultKind.AddressSize, Level: 0, Stage: not FaultStage.One } when !level0Of2 && point.Access != "at" =>
                "the first table of stage 2 maps the code too",
            _ => null,
        };
    }
}
