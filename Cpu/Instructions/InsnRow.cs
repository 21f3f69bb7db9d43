using System.Runtime.CompilerServices;

namespace Conformance.Cpu.Instructions;

/// <summary>One encoding of the manual: name, bit pattern, handler, and optionally what predecoding computes.</summary>
/// <remarks>
/// The pattern is written from bit 31 down in the manual's field names: <c>"sf:1 0 0 100010 sh:1 imm12:12 Rn:5 Rd:5"</c>;
/// <c>x</c> is a bit that does not matter. Rd/Rt, Rn, Rm/Rs and Ra/Rt2 land in <see cref="Operation"/> by themselves.
/// </remarks>
internal sealed unsafe class InsnRow
{
    public InsnRow(
        string name,
        string pattern,
        delegate*<Core, in Operation, void> execute,
        delegate*<ref Operation, void> prepare = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        Name = name;
        Execute = execute;
        Prepare = prepare;
        DeclaredAt = $"{file}:{line}";
        Pattern = Pattern.Parse(pattern, DeclaredAt);
    }

    public string Name { get; }

    public Pattern Pattern { get; }

    public delegate*<Core, in Operation, void> Execute { get; }

    /// <summary>Fills Imm and Aux from Word when a page is decoded; null when the handler needs neither.</summary>
    /// <remarks>For field values that the manual leaves UNDEFINED it calls <see cref="Operation.MakeUndefined"/>.</remarks>
    public delegate*<ref Operation, void> Prepare { get; }

    /// <summary>Feature without which the encoding is UNDEFINED; null is always present.</summary>
    public string? Feature { get; init; }

    /// <summary>A second feature that the encoding needs.</summary>
    public string? AlsoNeeds { get; init; }

    /// <summary>How the run loop gets to the handler.</summary>
    public Route Route { get; init; }

    public string DeclaredAt { get; }

    public override string ToString() => Name;
}
