using Conformance.Harness.Devices;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Executive;

/// <summary>The first exchange with a guest: is the executive there, at which level, with which features?</summary>
internal static class GuestBoot
{
    /// <exception cref="DeviceUnavailableException">The executive did not report.</exception>
    internal static void WaitForHello(IExecutiveGuest guest, Mailman mailman, CancellationToken cancellation)
    {
        GuestEnd end = guest.RunUntil(() => mailman.HomeLevel != 0, () => mailman.HomeLevel, cancellation);
        if (end.Kind != GuestEndKind.Done)
        {
            throw new DeviceUnavailableException(
                $"The executive did not start on the device: {end.Seen}.", "Run `conformance doctor` and check the device's options.");
        }
    }

    /// <summary>Starts a guest, reads its ID registers and ends it.</summary>
    /// <exception cref="DeviceUnavailableException">The executive did not report, or not to the end.</exception>
    internal static HomeProfile Probe(Func<IExecutiveGuest> start, CancellationToken cancellation)
    {
        using IExecutiveGuest guest = start();
        ExecutiveImage image = ExecutiveImage.Instance;
        var mailman = new Mailman(guest.Ram, image);
        WaitForHello(guest, mailman, cancellation);

        var blank = new HomeProfile(mailman.HomeLevel, new FeatureSet([]));
        IReadOnlyList<string> names = [.. IdRegisters.Names.Where(image.Knows)];
        Batch batch = new BatchEncoder(image, blank).EncodeProbe(names);
        mailman.Post(batch);
        GuestEnd end = guest.RunUntil(() => mailman.IsDone, () => mailman.Progress, cancellation);
        if (end.Kind != GuestEndKind.Done)
        {
            throw new DeviceUnavailableException($"The device's ID registers could not be read: {end.Seen}.", "Check the device's options.");
        }

        ulong[] results = mailman.Fetch(batch);
        Dictionary<string, ulong> values = new(StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
        {
            if (results[Protocol.Result.Lists + (2 * i) + 1] == 0)
            {
                values[names[i]] = results[Protocol.Result.Lists + (2 * i)];
            }
        }

        return blank with { Features = IdRegisters.Features(name => values.TryGetValue(name, out ulong value) ? value : null) };
    }
}
