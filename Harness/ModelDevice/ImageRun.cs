using System.Diagnostics;
using System.Globalization;
using Conformance.Cpu;
using Conformance.Cpu.Board;
using Conformance.Cpu.Features;
using Conformance.Cpu.Instructions;

namespace Conformance.ModelDevice;

/// <summary>A program that runs on the model by itself, without cases: what <c>conformance exec</c> does.</summary>
public sealed class ImageRun
{
    private readonly Machine _machine;
    private long _instructions;

    /// <summary>Loads the program and stops before its first instruction.</summary>
    /// <param name="path">ELF file, Linux Image or flat binary for the <c>virt</c> board.</param>
    /// <param name="profile">What the PE implements: a profile or a list of features.</param>
    /// <param name="level">Exception level of the first instruction, 1 to 3; null for EL2, or EL1 where there is no EL2.</param>
    /// <param name="output">Gets what the program writes to the UART and through semihosting.</param>
    /// <exception cref="ImageRunException">The program, the profile or the level cannot be used.</exception>
    public ImageRun(string path, string profile, int? level, Action<byte> output)
    {
        try
        {
            FeatureSet features = FeatureSet.Parse(profile);
            int highest = features.Has("FEAT_AA64EL3") ? 3 : features.Has("FEAT_AA64EL2") ? 2 : 1;
            int start = level ?? Math.Min(2, highest);
            if (start < 1 || start > highest)
            {
                throw new ImageRunException($"level {start}: the model with profile {profile} has EL1 to EL{highest}; choose one of them.");
            }

            var options = new MachineOptions { Features = UpTo(start, features), Uart = output, Console = output };
            _machine = new Machine(options);
            _machine.Core.Reset(start);
            _machine.Load(path);
        }
        catch (Exception e) when (e is ImageException or FormatException)
        {
            throw new ImageRunException(e.Message);
        }
    }

    /// <summary>Goes on for some more instructions.</summary>
    /// <param name="instructions">How many at most.</param>
    public ImageRunEnd Continue(long instructions)
    {
        RunResult result = _machine.Run(instructions);
        _instructions += result.Instructions;
        return result.Reason switch
        {
            StopReason.Budget => End(ImageRunEndKind.OutOfBudget, "it goes on"),
            StopReason.Exit => End(ImageRunEndKind.Exited, "it ended itself", result.ExitCode),
            StopReason.PowerOff => End(ImageRunEndKind.Exited, "it switched the machine off"),
            StopReason.Reset => End(ImageRunEndKind.Stopped, "it asked for a reset"),
            StopReason.CpuOff => End(ImageRunEndKind.Stopped, "it switched its only PE off"),
            StopReason.WaitForInterrupt => End(ImageRunEndKind.Stopped, "it waits for an interrupt that cannot come"),
            _ => throw new UnreachableException($"the machine stopped with {result.Reason}"),
        };
    }

    /// <summary>
    /// The PE without the levels above the one a program starts at: nobody is there to serve them, and as on QEMU's board the
    /// firmware's calls (PSCI) are then answered by the machine.
    /// </summary>
    private static FeatureSet UpTo(int level, FeatureSet features) => new(features.Names.Where(name => name switch
    {
        "FEAT_AA64EL3" => level >= 3,
        "FEAT_AA64EL2" or "FEAT_VHE" or "FEAT_E2H0" or "FEAT_NV" or "FEAT_NV2" or "FEAT_FGT" or "FEAT_SEL2" or "FEAT_ECV_POFF" => level >= 2,
        _ => true,
    }));

    private ImageRunEnd End(ImageRunEndKind kind, string reason, int exitCode = 0) => new(
        kind, exitCode, _instructions, reason,
        string.Create(CultureInfo.InvariantCulture, $"PC=0x{_machine.Core.Pc:x}, EL{_machine.Core.Pstate.EL}, {_instructions} instructions"));
}

/// <summary>How far a program got.</summary>
/// <param name="Kind">Whether it ended.</param>
/// <param name="ExitCode">What it returned; 0 for one that switched the machine off.</param>
/// <param name="Instructions">How many have run since the start.</param>
/// <param name="Reason">Why it stopped, in words.</param>
/// <param name="Where">PC and level.</param>
public readonly record struct ImageRunEnd(ImageRunEndKind Kind, int ExitCode, long Instructions, string Reason, string Where);

/// <summary>See <see cref="ImageRunEnd"/>.</summary>
public enum ImageRunEndKind
{
    /// <summary>The instructions are used up; it can go on.</summary>
    OutOfBudget,

    /// <summary>The program ended by semihosting or PSCI.</summary>
    Exited,

    /// <summary>The machine cannot go on.</summary>
    Stopped,
}

/// <summary>A program cannot be run on the model. The message is one line: what, where, and the mend.</summary>
public sealed class ImageRunException(string message) : Exception(message);
