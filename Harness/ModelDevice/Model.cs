using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Executive;

namespace Conformance.ModelDevice;

/// <summary>The reference machine as a device under test, by one of two paths that have to agree.</summary>
/// <remarks>
/// The direct path sets the machine's state from outside and looks at it afterwards; it is the fast one. The executive path
/// runs the same bare-metal image that runs on QEMU, so it also shows that the model can carry such a program.
/// </remarks>
public sealed class Model : IDevice
{
    private readonly Func<IEnumerable<Case>, CancellationToken, IEnumerable<Observation>> _run;
    private readonly IDisposable? _owned;

    private Model(
        DeviceInfo info, Func<IEnumerable<Case>, CancellationToken, IEnumerable<Observation>> run, IDisposable? owned)
    {
        Info = info;
        _run = run;
        _owned = owned;
    }

    /// <summary>Version of the model, for records and waivers.</summary>
    public static string Version => typeof(Cpu.Core).Assembly.GetName().Version!.ToString(3);

    public DeviceInfo Info { get; }

    /// <summary>The model, its state set and read from outside.</summary>
    /// <param name="profile">A feature profile of the model (<c>nv2</c>, <c>armv8.0</c>, …) or a list of features.</param>
    /// <exception cref="DeviceUnavailableException">There is no such profile.</exception>
    public static Model Direct(string profile)
    {
        var path = new DirectPath(ModelProfile.Parse(profile));
        return new Model(
            new DeviceInfo("model", Version, path.Home.Features, path.Home.Level, ModelLimits.Sentences)
            {
                Configuration = $"profile {profile}",
            },
            path.Run,
            owned: null);
    }

    /// <summary>The model running the executive.</summary>
    /// <param name="profile">As for <see cref="Direct"/>.</param>
    /// <exception cref="DeviceUnavailableException">There is no such profile, or the executive does not start.</exception>
    public static Model WithExecutive(string profile)
    {
        Cpu.Features.FeatureSet features = ModelProfile.Parse(profile);
        Func<IExecutiveGuest> start = () => new ModelGuest(features, GuestImage.Executive);
        IExecutiveGuest first = start();
        HomeProfile home = GuestBoot.Probe(first, CancellationToken.None);
        var session = new ExecutiveSession(start, home, first, batchSize: 1024, ModelLimits.Refuses);
        return new Model(
            new DeviceInfo("model", Version, home.Features, home.Level, [.. ModelLimits.Sentences, .. ExecutiveLimits.Of(home)])
            {
                Configuration = $"profile {profile}, through the executive",
            },
            session.Run,
            session);
    }

    /// <summary>Starts the model on another bare-metal program than the executive.</summary>
    /// <exception cref="DeviceUnavailableException">There is no such profile.</exception>
    public static IExecutiveGuest Start(string profile, GuestImage image) => new ModelGuest(ModelProfile.Parse(profile), image);

    public IEnumerable<Observation> Run(IEnumerable<Case> cases, CancellationToken cancellation) => _run(cases, cancellation);

    public void Dispose() => _owned?.Dispose();
}
