using Conformance.Cpu.Features;
using Conformance.Harness.Devices;

namespace Conformance.ModelDevice;

/// <summary>Turns the name of a profile into the model's features, or into a clear error.</summary>
internal static class ModelProfile
{
    /// <exception cref="DeviceUnavailableException">There is no such profile.</exception>
    internal static FeatureSet Parse(string profile)
    {
        try
        {
            return FeatureSet.Parse(profile);
        }
        catch (FormatException unknown)
        {
            throw new DeviceUnavailableException($"The model has no profile '{profile}'.", unknown.Message);
        }
    }
}
