using System.Globalization;
using Conformance.Cpu;
using Conformance.Cpu.Features;
using Conformance.Cpu.Instructions;
using Conformance.Harness.Cases;
using Conformance.Harness.Executive;

namespace Conformance.ModelDevice;

/// <summary>A reference machine as a guest of the executive. Its time is counted in instructions.</summary>
internal sealed class ModelGuest : IExecutiveGuest
{
    private const long Slice = 20_000;
    private const long Budget = 2_000_000; // instructions without progress

    private readonly Machine _machine;

    internal ModelGuest(FeatureSet features, GuestImage image)
    {
        _machine = new Machine(new MachineOptions { Features = features, RamSize = (long)GuestMemory.RamSize, Semihosting = false });
        _machine.Core.Reset(_machine.Core.HighestLevel);
        Ram = new MachineRam(_machine);
        Ram.Write(image.Address, image.Bytes);
        _machine.Core.Pc = image.Entry;
    }

    public IGuestRam Ram { get; }

    public GuestEnd RunUntil(Func<bool> done, Func<int> progress, CancellationToken cancellation)
    {
        int last = progress();
        long since = 0;
        while (!done())
        {
            cancellation.ThrowIfCancellationRequested();
            RunResult result = _machine.Run(Slice);
            if (result.Reason is not StopReason.Budget)
            {
                return new GuestEnd(GuestEndKind.Died, $"the machine stopped: {result.Reason}, {Where()}");
            }

            since += result.Instructions;
            int now = progress();
            if (now != last)
            {
                last = now;
                since = 0;
            }
            else if (since > Budget)
            {
                return new GuestEnd(
                    GuestEndKind.Hung, string.Create(CultureInfo.InvariantCulture, $"no end within {Budget} instructions, {Where()}"));
            }
        }

        return new GuestEnd(GuestEndKind.Done, "");
    }

    public GuestEnd Linger() => new(GuestEndKind.Done, "");

    public void Dispose()
    {
    }

    private string Where() => string.Create(
        CultureInfo.InvariantCulture,
        $"PC=0x{_machine.Core.Pc:x}, EL{_machine.Core.Pstate.EL}{(_machine.Core.Pstate.SP ? 'h' : 't')}");

    private sealed class MachineRam(Machine machine) : IGuestRam
    {
        public void Read(ulong address, Span<byte> into) => machine.Board.Ram.Read(address, into.Length).CopyTo(into);

        public void Write(ulong address, ReadOnlySpan<byte> bytes) => machine.Board.Ram.Write(address, bytes);
    }
}
