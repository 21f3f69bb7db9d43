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

    /// <summary>Waits for a new guest, reads its ID registers and gives it the baseline.</summary>
    /// <exception cref="DeviceUnavailableException">The executive did not report, or not to the end.</exception>
    internal static HomeProfile Probe(IExecutiveGuest guest, CancellationToken cancellation)
    {
        var mailman = new Mailman(guest.Ram, ExecutiveImage.Instance);
        WaitForHello(guest, mailman, cancellation);

        var blank = new HomeProfile(mailman.HomeLevel, new FeatureSet([]));
        HomeProfile home = blank with { Features = ReadFeatures(guest, mailman, blank, withBaseline: false, cancellation) };

        // Again with the baseline in force: ICH_VTR_EL2 can only be read once ICC_SRE opens it.
        mailman.PostBaseline(home);
        home = home with { Features = ReadFeatures(guest, mailman, home, withBaseline: true, cancellation) };
        mailman.PostBaseline(home);
        return home;
    }

    private static FeatureSet ReadFeatures(
        IExecutiveGuest guest, Mailman mailman, HomeProfile home, bool withBaseline, CancellationToken cancellation)
    {
        ExecutiveImage image = ExecutiveImage.Instance;
        IReadOnlyList<string> names = [.. IdRegisters.Names.Where(image.Knows)];
        Batch batch = new BatchEncoder(image, home).EncodeProbe(names, withBaseline);
        mailman.Post(batch);
        GuestEnd end = guest.RunUntil(() => mailman.IsDone, () => mailman.Progress, cancellation);
        ulong[] results = end.Kind == GuestEndKind.Done ? mailman.Fetch(batch) : [];
        if (end.Kind != GuestEndKind.Done || results[Protocol.Result.Kind] != Protocol.Result.KindRan)
        {
            string seen = end.Kind == GuestEndKind.Done
                ? $"{image.RegisterAt(results[Protocol.Result.Elr]) ?? "a register of the baseline"} cannot be written"
                : end.Seen;
            throw new DeviceUnavailableException($"The device's ID registers could not be read: {seen}.", "Check the device's options.");
        }

        Dictionary<string, ulong> values = new(StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
        {
            if (results[Protocol.Result.Lists + (2 * i) + 1] == 0)
            {
                values[names[i]] = results[Protocol.Result.Lists + (2 * i)];
            }
        }

        return IdRegisters.Features(name => values.TryGetValue(name, out ulong value) ? value : null);
    }
}
