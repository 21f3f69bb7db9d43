using System.Reflection;
using System.Runtime.Loader;
using Conformance.Harness.Devices;
using Conformance.Mutation.Sources;

namespace Conformance.Mutation.Trials;

/// <summary>A model of its own in this process: its assembly and the device's, sharing the harness with us.</summary>
/// <remarks>
/// Not collectible: code that can be unloaded is compiled with all optimizations at once, which takes three times as long as
/// the first failing case. What stays behind is a few megabytes for each mutant.
/// </remarks>
internal sealed class MutantContext(byte[] model) : AssemblyLoadContext
{
    private const string DeviceAssembly = "Conformance.ModelDevice";

    private static readonly byte[] s_device = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, $"{DeviceAssembly}.dll"));

    private readonly Dictionary<string, Func<string, IDevice>> _openers = new(StringComparer.Ordinal);

    /// <summary>The model's assembly.</summary>
    internal Assembly Model => LoadFromAssemblyName(new AssemblyName(ModelSource.AssemblyName));

    /// <summary>Starts the model, on its direct path unless the profile says otherwise.</summary>
    /// <exception cref="TargetInvocationException">The model does not start.</exception>
    internal IDevice Open(MutantProfile profile) => Opener(
        profile.ByExecutive ? nameof(ModelDevice.Model.WithExecutive) : nameof(ModelDevice.Model.Direct))(profile.Features);

    protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name switch
    {
        ModelSource.AssemblyName => LoadFromStream(new MemoryStream(model)),
        DeviceAssembly => LoadFromStream(new MemoryStream(s_device)),
        _ => null, // the host's
    };

    private Func<string, IDevice> Opener(string method)
    {
        if (!_openers.TryGetValue(method, out Func<string, IDevice>? opener))
        {
            _openers[method] = opener = LoadFromAssemblyName(new AssemblyName(DeviceAssembly))
                .GetType($"{DeviceAssembly}.{nameof(ModelDevice.Model)}", throwOnError: true)!
                .GetMethod(method)!
                .CreateDelegate<Func<string, IDevice>>();
        }

        return opener;
    }
}
