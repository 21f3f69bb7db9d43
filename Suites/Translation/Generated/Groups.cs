using Conformance.Suites.Translation.Oracle;

namespace Conformance.Suites.Translation.Generated;

/// <summary>The group that a random case belongs to: its most remarkable circumstance, so that a divergence is confined to one group.</summary>
internal static class Groups
{
    /// <summary>The same for an access, as the beginning of a group's name.</summary>
    internal static string OfAccess(Trait traits) => traits switch
    {
        _ when (traits & Trait.MaintenanceFaults) != 0 => "maintenance/",
        _ when (traits & Trait.MisalignedDevice) != 0 => "misaligned-device/",
        _ when (traits & Trait.WalkOfDevice) != 0 => "walk-of-device/",
        _ when (traits & Trait.BlockBeyondOutput) != 0 => "large-block/",
        _ when (traits & Trait.AtomicOfReadOnly) != 0 => "atomic-of-read-only/",
        _ when (traits & Trait.FetchOfCleanPage) != 0 => "fetch-of-clean-page/",
        _ => "",
    };

    internal static string Of(Trait traits) => traits switch
    {
        _ when (traits & Trait.RefusedAtStage2) != 0 => "refused-at-stage-2",
        _ when (traits & Trait.OffByTge) != 0 => "off-by-tge",
        _ when (traits & Trait.BlockBeyondOutput) != 0 => "large-block",
        _ when (traits & Trait.AtOfCleanPage) != 0 => "clean-page",
        _ when (traits & Trait.WalkOfDevice) != 0 => "walk-of-device",
        _ when (traits & Trait.DeviceMeetsNormal) != 0 => "device-meets-normal",
        _ when (traits & Trait.ForcedDevice) != 0 => "forced-device",
        _ => "random",
    };
}
