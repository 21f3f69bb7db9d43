using Conformance.Cpu.Instructions.Pauth;

namespace Conformance.Cpu.Instructions;

/// <summary>The encoding groups of the system side and of pointer authentication.</summary>
internal static class SystemGroups
{
    internal static InsnRow[][] Groups =>
    [
        SystemRegisterMove.Rows,
        SystemPstate.Rows,
        ExceptionGeneration.Rows,
        ExceptionReturn.Rows,
        Hints.Rows,
        TimedWaits.Rows,
        Barriers.Rows,
        PauthDataProcessing.Rows,
        PauthBranches.Rows,
        PauthLoads.Rows,
    ];
}
