using Conformance.Harness.Cases;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Devices;

/// <summary>An implementation of the architecture that runs cases: which features has it, run these, what was seen.</summary>
public interface IDevice : IDisposable
{
    /// <summary>What the device is. Known as soon as the device object exists.</summary>
    DeviceInfo Info { get; }

    /// <summary>Runs the cases in order and yields one observation for each, in the same order.</summary>
    /// <remarks>
    /// The device takes cases as it has room for them, from a thread of its own if it likes. Nothing carries over from one case
    /// to the next, and a case that kills the device costs that case only.
    /// </remarks>
    /// <exception cref="DeviceUnavailableException">The device cannot be started, so nothing was observed.</exception>
    IEnumerable<Observation> Run(IEnumerable<Case> cases, CancellationToken cancellation);
}

/// <summary>A device as the run record and the suites see it.</summary>
/// <param name="Name">Short name used on the command line: <c>model</c>, <c>qemu</c>, <c>gdb</c>.</param>
/// <param name="Version">Version as the device reports it, for waivers and the record.</param>
/// <param name="Features">The features it has, from its ID registers.</param>
/// <param name="HighestLevel">The highest exception level a case may use, 1 to 3.</param>
/// <param name="Notes">What the executive cannot do on this device, one sentence each.</param>
public sealed record DeviceInfo(
    string Name, string Version, FeatureSet Features, int HighestLevel, IReadOnlyList<string> Notes)
{
    /// <summary>What was chosen of what can be chosen of this device (<c>-cpu max</c>), for people who read the record.</summary>
    public string Configuration { get; init; } = "";

    /// <summary>The device with its version and configuration, as a title.</summary>
    public string InWords => Named(Name, Version, Configuration);

    /// <summary>A device as a title, from a record as well.</summary>
    internal static string Named(string name, string version, string configuration) =>
        configuration.Length == 0 ? $"{name} {version}" : $"{name} {version}, {configuration}";

    /// <summary>Its EL2 is the virtual one of a hypervisor below: what FEAT_NV2 cannot hide is allowed.</summary>
    public bool HasVirtualEl2 { get; init; }

    /// <summary>Name by which waivers know it, when that is another: a device reached in a second way. Null for <see cref="Name"/>.</summary>
    public string? WaiversOf { get; init; }

    /// <summary>The device that this one runs on and whose divergences show through it: the QEMU below a KVM. Null for none.</summary>
    public (string Name, string Version)? Below { get; init; }
}

/// <summary>The device could not be started: a matter of the machine, not of the architecture.</summary>
/// <param name="what">What is missing or failed, in one line.</param>
/// <param name="mend">The command or change that mends it.</param>
public sealed class DeviceUnavailableException(string what, string mend) : Exception($"{what} {mend}")
{
    public string What { get; } = what;

    public string Mend { get; } = mend;
}
