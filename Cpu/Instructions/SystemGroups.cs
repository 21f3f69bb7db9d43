namespace Conformance.Cpu.Instructions;

/// <summary>The encoding groups of the system side.</summary>
internal static class SystemGroups
{
    internal static InsnRow[][] Groups =>
    [
        SystemRegisterMove.Rows,
        SystemPstate.Rows,
        ExceptionGeneration.Rows,
        ExceptionReturn.Rows,
        Hints.Rows,
        Barriers.Rows,
    ];
}
