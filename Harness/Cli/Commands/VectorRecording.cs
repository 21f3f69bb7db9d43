using System.Globalization;
using Conformance.Harness.Devices.Qemu;
using Conformance.Harness.Lockstep;
using Conformance.ModelDevice;
using Conformance.Suites.Instructions;
using Conformance.Suites.Instructions.Recording;

namespace Conformance.Cli.Commands;

/// <summary><c>conformance lockstep --record FILE</c>: vectors for the suite <c>instructions</c>, from the model and QEMU.</summary>
internal static class VectorRecording
{
    /// <summary>Devices with fewer optional features, on which an outcome should be the same.</summary>
    private static readonly string[] s_smaller = ["nv2", "nv2,-FEAT_LSE2", "armv8.0"];

    internal static int Run(Shell shell, string file, EncodingPool pool, string profile, QemuOptions options, ulong seed)
    {
        using var model = Model.Direct(profile);
        using var qemu = new QemuDevice(options);
        Model[] smaller = [.. s_smaller.Select(Model.Direct)];
        var recorder = new VectorRecorder(pool, model, qemu, smaller);
        IReadOnlyList<InstructionVector> vectors = recorder.Record(seed, (have, all) => shell.Out.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{have} of {all} vectors")), shell.Stop);
        SpecImportCommand.Write(shell.At(file), [
            VectorFile.Head($"model {model.Info.Version} {profile}", $"qemu {qemu.Info.Version} {options.Cpu}", seed), .. vectors.Select(v => v.Text())]);
        HashSet<string> recorded = new(vectors.Select(v => v.Encoding), StringComparer.Ordinal);
        foreach (string missing in pool.Implemented.Select(e => e.Name).Where(e => !recorded.Contains(e)))
        {
            shell.Out.WriteLine($"no vector for {missing}");
        }

        foreach (Model device in smaller)
        {
            device.Dispose();
        }

        return (int)ExitCode.Ok;
    }
}
