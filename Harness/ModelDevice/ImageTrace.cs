using Conformance.Cpu;
using Conformance.Cpu.Tracing;

namespace Conformance.ModelDevice;

/// <summary>What to write down while a program runs, and where.</summary>
/// <param name="What"><c>instructions</c>, <c>exceptions</c>, <c>interrupts</c> or <c>all</c>, or several with + between them.</param>
/// <param name="Output">Gets the lines.</param>
public sealed record ImageTrace(string What, TextWriter Output)
{
    /// <summary>Everything that <see cref="What"/> can be made of.</summary>
    public static IReadOnlyList<string> Names { get; } = ["instructions", "exceptions", "interrupts", "all"];

    /// <summary>Every part has one of the <see cref="Names"/>.</summary>
    public static bool IsKnown(string what) => what.Split('+').All(Names.Contains);

    internal void Attach(Core core, int number)
    {
        TraceKinds kinds = TraceKinds.None;
        foreach (string name in What.Split('+'))
        {
            kinds |= name switch
            {
                "instructions" => TraceKinds.Instructions,
                "exceptions" => TraceKinds.Exceptions,
                "interrupts" => TraceKinds.Interrupts,
                "all" => TraceKinds.Instructions | TraceKinds.Exceptions | TraceKinds.Interrupts,
                _ => throw new ImageRunException($"trace: there is no '{name}'; choose from {string.Join(", ", Names)}."),
            };
        }

        core.Tracer = new TextTracer(Output, kinds, number);
    }
}
