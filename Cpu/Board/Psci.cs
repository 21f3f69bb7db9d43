using Conformance.Cpu.Instructions;

namespace Conformance.Cpu.Board;

/// <summary>PSCI as the firmware of the board offers it.</summary>
/// <remarks>Source: DEN 0022, 1.1; rules PS-01 to PS-24 and SM-04. Function identifier in W0, result in X0.</remarks>
public static class Psci
{
    private const int NotSupported = -1;
    private const int InvalidParameters = -2;
    private const int AlreadyOn = -4;
    private const long Off = 1;
    private const uint Smc64 = 1u << 30;
    private const uint Version = 0x8400_0000;
    private const uint CpuSuspend = 0x8400_0001;
    private const uint CpuOff = 0x8400_0002;
    private const uint CpuOn = 0x8400_0003;
    private const uint AffinityInfo = 0x8400_0004;
    private const uint MigrateInfoType = 0x8400_0006;
    private const uint SystemOff = 0x8400_0008;
    private const uint SystemReset = 0x8400_0009;
    private const uint Features = 0x8400_000a;

    /// <summary>Whether the identifier in W0 is one of the standard range of PSCI, known or not.</summary>
    internal static bool IsCall(Core core) => ((uint)core.GetX(0) & ~(Smc64 | 0x1f)) == Version;

    /// <summary>Performs the call if it is one of PSCI.</summary>
    internal static bool TryCall(Core core)
    {
        if (!IsCall(core))
        {
            return false;
        }

        Call(core);
        return true;
    }

    /// <summary>Performs the call.</summary>
    internal static void Call(Core core)
    {
        uint function = (uint)core.GetX(0);
        bool wide = (function & Smc64) != 0;
        long result = Number(function) is { } number ? Perform(core, number, wide) : NotSupported;
        core.SetX(0, wide ? (ulong)result : (uint)result);
    }

    private static long Perform(Core core, uint function, bool wide)
    {
        ulong first = wide ? core.GetX(1) : (uint)core.GetX(1);
        switch (function)
        {
            case Version:
                return 0x1_0001;
            case CpuSuspend:
                Hints.Standby(core);
                return 0;
            case CpuOff:
                core.IsOff = true;
                core.RequestStop(StopReason.CpuOff);
                return 0;
            case CpuOn:
                return PowerOn(core, first, wide ? core.GetX(2) : (uint)core.GetX(2), wide ? core.GetX(3) : (uint)core.GetX(3));
            case AffinityInfo:
                return Find(core, first) is { } asked && core.GetX(2) == 0 ? asked.IsOff ? Off : 0 : InvalidParameters;
            case MigrateInfoType:
                return 2;
            case SystemOff:
                core.RequestStop(StopReason.PowerOff);
                return 0;
            case SystemReset:
                core.RequestStop(StopReason.Reset);
                return 0;
            case Features:
                return Number((uint)first) is not null ? 0 : NotSupported;
            default:
                return NotSupported;
        }
    }

    /// <summary>CPU_ON: the PE starts at the highest level below EL3.</summary>
    private static long PowerOn(Core core, ulong affinity, ulong entry, ulong context)
    {
        if (Find(core, affinity) is not { } target)
        {
            return InvalidParameters;
        }

        if (!target.IsOff)
        {
            return AlreadyOn;
        }

        target.PowerOn(Math.Min(core.HighestLevel, 2), entry, context);
        return 0;
    }

    /// <summary>The PE with an affinity, in the places of MPIDR_EL1.</summary>
    private static Core? Find(Core core, ulong affinity) => Array.Find(core.Cluster, c => c.Affinity == affinity);

    /// <summary>The 32-bit identifier of an offered function; null when it is not offered in the width asked for.</summary>
    private static uint? Number(uint function)
    {
        uint narrow = function & ~Smc64;
        bool bothWidths = narrow is CpuSuspend or CpuOn or AffinityInfo;
        bool known = bothWidths || narrow is Version or CpuOff or MigrateInfoType or SystemOff or SystemReset or Features;
        return known && (bothWidths || narrow == function) ? narrow : null;
    }
}
