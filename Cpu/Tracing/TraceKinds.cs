namespace Conformance.Cpu.Tracing;

/// <summary>What a trace tells.</summary>
[Flags]
public enum TraceKinds
{
    None = 0,

    /// <summary>Every instruction before it executes.</summary>
    Instructions = 1,

    /// <summary>Exceptions taken, and returns.</summary>
    Exceptions = 2,

    /// <summary>Interrupts and SErrors taken, and interrupts acknowledged, physical and virtual.</summary>
    Interrupts = 4,
}
