using System.Collections.Frozen;
using Conformance.Cpu.Interrupts;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Features;

/// <summary>What a PE implements, as names of the architecture (<c>FEAT_NV2</c>) and sizes of its GIC (<c>lrs=16</c>).</summary>
public sealed class FeatureSet
{
    private readonly FrozenSet<string> _names;
    private readonly FrozenSet<string> _sizes;

    private RegisterModel? _registers;

    /// <param name="names">Features, and options of the GIC.</param>
    /// <exception cref="FormatException">An option of the GIC has a value that no GIC has.</exception>
    public FeatureSet(IEnumerable<string> names)
    {
        _names = names.ToFrozenSet(StringComparer.Ordinal);
        Gic = new GicOptions(_names);
        _sizes = Gic.Presence.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The sizes of the GIC.</summary>
    internal GicOptions Gic { get; }

    public IReadOnlyList<string> Names => [.. _names.Order(StringComparer.Ordinal)];

    /// <summary>The registers as this set has them; worked out once.</summary>
    internal RegisterModel Registers => LazyInitializer.EnsureInitialized(ref _registers, () => new RegisterModel(this));

    /// <summary>Has a feature, or a register that the sizes of the GIC give (<see cref="GicOptions.Presence"/>).</summary>
    public bool Has(string feature) => _names.Contains(feature) || _sizes.Contains(feature);

    /// <summary>The set without a feature, and without what is built on it.</summary>
    public FeatureSet Without(string feature)
    {
        var names = new HashSet<string>(_names, StringComparer.Ordinal);
        Prerequisites.Remove(names, feature);
        return new FeatureSet(names);
    }

    /// <summary>
    /// Reads a profile name (<c>nv2</c>), a list of features (<c>FEAT_AA64,FEAT_AA64EL1</c>), or a profile with changes
    /// (<c>nv2,-FEAT_ECV,+FEAT_BTI</c>). What a feature is built on comes with it, and what is built on one goes with it. The
    /// sizes of the GIC come besides: <c>nv2,lrs=16,pribits=7</c>.
    /// </summary>
    /// <exception cref="FormatException">A name is neither a profile nor a feature; the message says which and what to write.</exception>
    public static FeatureSet Parse(string profileOrList)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        string[] parts = profileOrList.Split((char[])[',', ' '], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
        {
            throw new FormatException($"An empty feature list; write a profile ({Profiles.Listed}) or FEAT_ names.");
        }

        foreach (string part in parts)
        {
            if (Profiles.Find(part) is { } profile)
            {
                names.UnionWith(profile);
                continue;
            }

            if (GicOptions.IsOption(part))
            {
                names.RemoveWhere(n => GicOptions.IsOption(n) && n.Split('=')[0] == part.Split('=')[0]);
                names.Add(part);
                continue;
            }

            string name = part.TrimStart('+', '-');
            if (!KnownFeatures.Names.Contains(name))
            {
                throw new FormatException(
                    $"'{part}' is no feature and no profile; write a profile ({Profiles.Listed}) or a name such as FEAT_NV2.");
            }

            if (part[0] == '-')
            {
                Prerequisites.Remove(names, name);
            }
            else
            {
                Prerequisites.Add(names, name);
            }
        }

        return new FeatureSet(names);
    }
}
