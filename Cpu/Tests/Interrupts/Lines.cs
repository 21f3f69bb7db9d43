using Conformance.Cpu.Interrupts;

namespace Conformance.Cpu.Tests.Interrupts;

/// <summary>Levels of the lines that tests look at.</summary>
internal static class Lines
{
    internal static bool IsVirtualLineUp(this Core core) => VirtualCpuInterface.Signalled(core) is not null;

    internal static int? SignalledGroup(this Core core) => VirtualCpuInterface.Signalled(core)?.Group;

    internal static bool IsMaintenanceUp(this Core core) => Maintenance.Asserts(core);
}
