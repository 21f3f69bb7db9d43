namespace Conformance.Mutation.Points;

/// <summary>Which files hold access logic and declarations.</summary>
internal static class Scope
{
    private static readonly string[] s_folders = ["Cpu/SystemRegisters/", "Cpu/Nested/", "Cpu/Exceptions/"];

    private static readonly string[] s_files =
    [
        "Cpu/Interrupts/ActivePriorities.cs",
        "Cpu/Interrupts/ListRegister.cs",
        "Cpu/Interrupts/Maintenance.cs",
        "Cpu/Interrupts/PriorityGrouping.cs",
        "Cpu/Interrupts/VirtualControls.cs",
        "Cpu/Interrupts/VirtualCpuInterface.cs",
        "Cpu/Instructions/ExceptionGeneration.cs",
        "Cpu/Instructions/ExceptionReturn.cs",
        "Cpu/Instructions/Hints.cs",
        "Cpu/Instructions/SystemPstate.cs",
        "Cpu/Instructions/SystemRegisterMove.cs",
    ];

    internal static bool Holds(string file) =>
        s_files.Contains(file) || s_folders.Any(folder => file.StartsWith(folder, StringComparison.Ordinal));
}
