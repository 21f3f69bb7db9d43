using System.Buffers.Binary;
using Conformance.Harness.Devices;
using Conformance.Harness.Programs;
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
        HomeProfile home = blank with { Features = ReadFeatures(guest, mailman, blank, withBaseline: false, cancellation, out _) };

        // Again with the baseline in force: ICH_VTR_EL2 can only be read once ICC_SRE opens it. And once more, since list
        // registers and what else follows from that are in the baseline now.
        home = WithBaseline(guest, mailman, home, cancellation);
        return WithBaseline(guest, mailman, home, cancellation);
    }

    /// <summary>Reads the features under the baseline, leaving out what of the baseline the device refuses.</summary>
    private static HomeProfile WithBaseline(IExecutiveGuest guest, Mailman mailman, HomeProfile home, CancellationToken cancellation)
    {
        while (true)
        {
            mailman.PostBaseline(home);
            FeatureSet features = ReadFeatures(guest, mailman, home, withBaseline: true, cancellation, out string? refused);
            if (refused is null)
            {
                return home with { Features = features };
            }

            if (home.Absent.Contains(refused))
            {
                throw new DeviceUnavailableException($"The baseline cannot be installed: {refused} is refused again.", "Check the device's options.");
            }

            home = home with { Absent = [.. home.Absent, refused] };
        }
    }

    private static FeatureSet ReadFeatures(
        IExecutiveGuest guest, Mailman mailman, HomeProfile home, bool withBaseline, CancellationToken cancellation, out string? refused)
    {
        refused = null;
        ExecutiveImage image = ExecutiveImage.Instance;
        IReadOnlyList<string> names = [.. IdRegisters.Names.Where(image.Knows)];
        Batch batch = new BatchEncoder(image, home).EncodeProbe(names, withBaseline);
        mailman.Post(batch);
        GuestEnd end = guest.RunUntil(() => mailman.IsDone, () => mailman.Progress, cancellation);
        ulong[] results = end.Kind == GuestEndKind.Done ? mailman.Fetch(batch) : [];
        if (end.Kind != GuestEndKind.Done || results[Protocol.Result.Kind] != Protocol.Result.KindRan)
        {
            refused = end.Kind == GuestEndKind.Done && withBaseline ? RefusedRegister(guest, home, results) : null;
            if (refused is not null)
            {
                return home.Features;
            }

            string seen = end.Kind == GuestEndKind.Done ? Refused(guest, results) : end.Seen;
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

    /// <summary>The register of the baseline that the executive could not access, or null.</summary>
    private static string? RefusedRegister(IExecutiveGuest guest, HomeProfile home, ulong[] results)
    {
        byte[] word = new byte[4];
        guest.Ram.Read(results[Protocol.Result.Elr], word);
        var encoding = SystemEncoding.OfWord(BinaryPrimitives.ReadUInt32LittleEndian(word));
        return home.BaselineRows.Select(r => r.Register).FirstOrDefault(
            r => Encodings.TryRegister(home.NameOf(r), out SystemEncoding known) && known == encoding);
    }

    /// <summary>The instruction that the executive could not execute.</summary>
    private static string Refused(IExecutiveGuest guest, ulong[] results)
    {
        ulong at = results[Protocol.Result.Elr];
        byte[] word = new byte[4];
        guest.Ram.Read(at, word);
        string instruction = Disassembler.Text(BinaryPrimitives.ReadUInt32LittleEndian(word), at);
        return $"`{instruction}` took an exception, ESR 0x{results[Protocol.Result.Esr]:x}";
    }
}
