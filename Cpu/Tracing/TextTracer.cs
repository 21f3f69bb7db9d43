using Conformance.Cpu.Instructions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tracing;

/// <summary>Writes what a PE does, one line for each event, in the order of events.</summary>
/// <remarks>
/// Each line begins with the tick of the PE and its number. An exception shows SPSR, ESR and ELR as the target level gets
/// them, FAR, and HCR_EL2.{NV, NV1, NV2}, because with nested virtualization SPSR need not show the level that was left.
/// </remarks>
/// <param name="output">Gets the lines.</param>
/// <param name="kinds">What it tells.</param>
/// <param name="number">Which PE of the machine it is.</param>
public sealed class TextTracer(TextWriter output, TraceKinds kinds, int number = 0)
{
    private const int Nv2Shift = 45;
    private const int Nv1Shift = 43;
    private const int NvShift = 42;

    /// <summary>It tells every instruction, so they have to be executed one by one.</summary>
    internal bool EveryInstruction { get; } = (kinds & TraceKinds.Instructions) != 0;

    internal void Instruction(Core core, uint word)
    {
        if (EveryInstruction)
        {
            Line(core, $"  0x{core.Pc:x16} EL{core.Pstate.EL} {word:x8} {A64.Decode(word)?.Name ?? "UNDEFINED"}");
        }
    }

    /// <summary>An exception has been taken: the target's registers hold what it reports.</summary>
    /// <param name="core">The PE.</param>
    /// <param name="from">Level that was left.</param>
    /// <param name="target">Level that took it.</param>
    /// <param name="offset">From VBAR_ELx, in bytes.</param>
    internal void Exception(Core core, int from, int target, int offset)
    {
        // The four vectors of a block are those of synchronous exceptions, IRQ, FIQ and SError.
        int vector = (offset >> 7) & 3;
        if ((kinds & (vector == 0 ? TraceKinds.Exceptions : TraceKinds.Interrupts | TraceKinds.Exceptions)) == 0)
        {
            return;
        }

        int x = target - 1;
        ulong esr = core.System[Slots.ESR_EL1 + x];
        ulong hcr = core.System[Slots.HCR_EL2];
        string what = vector switch
        {
            0 => FormattableString.Invariant($"exception EC=0x{esr >> 26 & 0x3f:x2} ({ExceptionNames.Of((int)(esr >> 26) & 0x3f)})"),
            1 => "IRQ",
            2 => "FIQ",
            _ => "SError",
        };
        string syndrome = vector is 0 or 3 ? FormattableString.Invariant($" ESR=0x{esr:x} FAR=0x{core.System[Slots.FAR_EL1 + x]:x}") : "";
        ulong elr = core.System[Slots.ELR_EL1 + x];
        ulong spsr = core.System[Slots.SPSR_EL1 + x];
        string nested = FormattableString.Invariant($"NV={hcr >> NvShift & 1} NV1={hcr >> Nv1Shift & 1} NV2={hcr >> Nv2Shift & 1}");
        Line(core, $"{what} EL{from}->EL{target} vector=0x{offset:x3} ELR=0x{elr:x} SPSR=0x{spsr:x}{syndrome} {nested}");
    }

    /// <summary>An exception return, legal or not, has been made.</summary>
    internal void Return(Core core, int from, ulong spsr)
    {
        if ((kinds & TraceKinds.Exceptions) != 0)
        {
            Line(core, $"return EL{from}->EL{core.Pstate.EL} to 0x{core.NextPc:x} SPSR=0x{spsr:x}{(core.Pstate.IL ? " illegal" : "")}");
        }
    }

    /// <summary>An interrupt has been acknowledged through the CPU interface.</summary>
    internal void Acknowledge(Core core, ulong intId, bool isVirtual)
    {
        if ((kinds & TraceKinds.Interrupts) != 0)
        {
            Line(core, $"acknowledge {(isVirtual ? "virtual " : "")}INTID {intId} at EL{core.Pstate.EL}");
        }
    }

    private void Line(Core core, FormattableString text) =>
        output.WriteLine(FormattableString.Invariant($"{core.Ticks} cpu{number}: ") + FormattableString.Invariant(text));
}
