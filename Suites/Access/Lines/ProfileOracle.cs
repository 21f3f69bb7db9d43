using Conformance.Harness.Cases.AccessLines;
using Conformance.Harness.Spec;

namespace Conformance.Suites.Access.Lines;

/// <summary>
/// Notices lines that are right for the profile nv2, from which authors of scripts evaluate the facts, and not for the
/// features of the device.
/// </summary>
internal sealed class ProfileOracle
{
    private readonly ArchState _start = Profile.Nv2.NewState();
    private readonly ArchState _state = Profile.Nv2.NewState();

    /// <summary>Why an expectation that the facts contradict on a device holds on profile nv2 only, or null.</summary>
    internal string? Explains(AccessLine line, Accessor accessor, Implementation device)
    {
        string[] differing = [.. RuleNames.Of(accessor, line.Level).Features
            .Where(f => Profile.Nv2.Implementation.Features.Has(f) != device.Features.Has(f))
            .Select(f => device.Features.Has(f) ? f : $"!{f}")];
        _state.CopyFrom(_start);
        foreach (Setting setting in line.Set)
        {
            if (setting.Field is null)
            {
                if (setting.Width is 0 or 64)
                {
                    RegisterValues.Load(_state, setting.Register, setting.Value);
                }

                continue;
            }

            ulong mask = setting.Width >= 64 ? ulong.MaxValue : (1UL << setting.Width) - 1 << setting.Lsb;
            _state[setting.Name] = (_state[setting.Name] & ~mask) | setting.Value << setting.Lsb;
        }

        string leaf = LeafNotation.Plain(accessor.Evaluate(_state, line.Level, line.Access.Index), line.Access.Index);
        return line.Expect.Any(e => LeafNotation.Plain(e, line.Access.Index) == leaf)
            ? $"the facts say {leaf} for profile nv2, and not for a device with {(differing.Length > 0 ? string.Join(", ", differing) : "other features")}"
            : null;
    }
}
