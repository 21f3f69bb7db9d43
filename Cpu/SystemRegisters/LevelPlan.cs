using System.Runtime.CompilerServices;
using Conformance.Cpu.Features;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>What one name does at one Exception level in one direction, for one feature set: checks, then a destination.</summary>
/// <remarks>
/// General rules, in the order in which they act: traps to EL1, EL2, EL3 as declared; redirection by FEAT_NV2; for EL2 names
/// at EL1 the NV trap or UNDEFINED; the E2H alias; the register.
/// </remarks>
internal sealed class LevelPlan
{
    private readonly Guard[] _guards;
    private readonly Guard[] _last;
    private readonly Situation _redirectRequire;
    private readonly Situation _redirectForbid;
    private readonly SysReg _register;
    private readonly SysReg? _swapped;
    private readonly SysReg? _host;
    private readonly Situation _hostRequire;

    private LevelPlan(Accessor accessor, int level, Directions direction, FeatureSet features, Func<string, SysReg> find)
    {
        bool haveEl3 = features.Has("FEAT_AA64EL3");
        bool el2Name = accessor.Encoding.IsEl2Space;
        bool el12Name = accessor.Encoding.Op1 == 5;
        bool atEl1ByNv = level == 1 && el2Name;
        List<Guard> guards = [];
        if (level >= 2 && el12Name)
        {
            guards.Add(Never(Situation.None, Situation.Host2));
        }

        if (level == 3 && accessor.El3NeedsEl2)
        {
            guards.Add(Never(Situation.None, Situation.El2Enabled));
        }

        foreach (Trap trap in accessor.Traps)
        {
            // Under NV the checks of EL3 do not stand before the redirection or the trap to EL2.
            bool applies = ((int)trap.Levels >> level & 1) != 0 && (trap.Directions & direction) != 0;
            if (applies && !(trap.Guard.Target == 3 && (atEl1ByNv || !haveEl3)))
            {
                guards.Add(trap.Guard);
            }
        }

        // Traps to a lower level come first; the order within a level cannot be seen.
        _guards = [.. guards.OrderBy(guard => guard.Target)];
        _last = atEl1ByNv
            ? [new Guard(Situation.Nv, Situation.None, 0, 0, 0, 2, 0x18), Never(Situation.None, Situation.None)]
            : [];
        _register = accessor.Register;
        VncrOffset = level == 1 ? accessor.VncrOffset : -1;
        _redirectRequire = Situation.Nv | Situation.Nv2;
        if (!el2Name && !accessor.VncrWhateverNv1)
        {
            _redirectRequire |= Situation.Nv1;
        }

        _redirectForbid = el12Name ? Situation.Nv1 : Situation.None;
        _swapped = level == 1 && accessor.SwapName is { } swap ? find(swap) : null;
        bool hostHere = level == 2 || (level == 0 && accessor.HostAtEl0);
        _host = hostHere && accessor.HostName is { } host ? find(host) : null;
        _hostRequire = level == 0 ? Situation.Host0 : Situation.Host2;
    }

    internal int VncrOffset { get; }

    /// <summary>The plan, or null when the name does not exist there.</summary>
    internal static LevelPlan? Build(
        Accessor accessor, int level, Directions direction, FeatureSet features, Func<string, SysReg> find)
    {
        bool exists = (accessor.Directions & direction) != 0 && accessor.Needs.TrueForAll(need => need[0] == '!' ? !features.Has(need[1..]) : features.Has(need));
        bool reachable = accessor.Encoding.Op1 switch
        {
            6 => level == 3,
            7 => level is 1 or 3,
            4 or 5 => level >= 1,
            3 => level >= 1 || (accessor.AtEl0 & direction) != 0,
            _ => level >= 1,
        };
        return exists && reachable ? new LevelPlan(accessor, level, direction, features, find) : null;
    }

    /// <summary>The first check that refuses.</summary>
    internal bool Refuses(Core core, Situation now, out Guard guard) => AnyRefuses(_guards, core, now, out guard);

    /// <summary>The check that ends an EL2 name at EL1 when FEAT_NV2 has not redirected it.</summary>
    internal bool RefusesAtLast(Core core, Situation now, out Guard guard) => AnyRefuses(_last, core, now, out guard);

    internal bool RedirectsToMemory(Situation now) =>
        VncrOffset >= 0 && (now & _redirectRequire) == _redirectRequire && (now & _redirectForbid) == 0;

    /// <summary>The EL1 register under an EL2 name (EX-291).</summary>
    internal bool Swaps(Situation now) =>
        _swapped is not null && (now & (Situation.Nv | Situation.Nv2)) == (Situation.Nv | Situation.Nv2);

    /// <summary>The register that is reached.</summary>
    internal SysReg Destination(Situation now) =>
        Swaps(now) ? _swapped! : _host is not null && (now & _hostRequire) != 0 ? _host : _register;

    private static bool AnyRefuses(Guard[] guards, Core core, Situation now, out Guard refusing)
    {
        for (int i = 0; i < guards.Length; i++)
        {
            ref readonly Guard guard = ref guards[i];
            if (guard.Refuses(core, now))
            {
                refusing = guard;
                return true;
            }
        }

        Unsafe.SkipInit(out refusing); // the caller looks at it only after true
        return false;
    }

    private static Guard Never(Situation require, Situation forbid) => new(require, forbid, 0, 0, 0, 0, 0);
}
