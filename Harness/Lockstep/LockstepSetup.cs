using Conformance.Harness.Executive;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Lockstep;

/// <summary>What a campaign is made of: everything follows from seed, size of the blocks, and encodings.</summary>
public sealed class LockstepSetup(ulong seed, int stepsPerBlock, EncodingPool pool)
{
    /// <summary>A device of the campaign.</summary>
    public LockstepTarget Target(string name, string version, FeatureSet features, Func<GuestImage, IExecutiveGuest> start) =>
        new(name, version, features, start, LockstepContexts.All(seed));

    public LockstepCampaign Campaign(LockstepTarget first, LockstepTarget second) =>
        new(first, second, new BlockGenerator(pool, seed, stepsPerBlock));
}
