using Conformance.Harness.Cases.AccessLines;
using Conformance.Harness.Spec;

namespace Conformance.Suites.Access.Lines;

/// <summary>The state of a line on a device: fields over the contract's baseline, and why it cannot be if it cannot.</summary>
internal sealed class LineState(AccessTarget target)
{
    private readonly Dictionary<string, bool> _settable = new(StringComparer.Ordinal);
    private readonly List<int> _fields = [];
    private readonly List<Setting> _outside = [];

    /// <summary>All fields. One object for all lines: valid until the next line.</summary>
    internal ArchState State { get; } = target.Baseline.Clone();

    /// <summary>The fields and registers that a case has to set, by number.</summary>
    internal IReadOnlyList<int> Fields => _fields;

    /// <summary>Values of fields that the layout in force has not got, and that do not count for that reason.</summary>
    internal IReadOnlyList<Setting> Outside => _outside;

    /// <summary>PSTATE bits that the line gives, in SPSR layout.</summary>
    internal ulong Pstate { get; private set; }

    internal ulong PstateMask { get; private set; }

    /// <summary>Takes over what a line sets.</summary>
    /// <returns>Why the device cannot have the state, or null.</returns>
    internal string? Load(AccessLine line)
    {
        State.CopyFrom(target.Baseline);
        _fields.Clear();
        _outside.Clear();
        (Pstate, PstateMask) = (0, 0);
        string? problem = null;
        for (int pass = 0; pass < 4 && problem is null; pass++)
        {
            foreach (Setting setting in line.Set)
            {
                if (Pass(setting) == pass && (problem = Take(setting, line.Level)) is not null)
                {
                    break;
                }
            }
        }

        return problem ?? target.Reach.Broken(State, line.Level)?.Why ?? LineRules.Against(State, line.Level);
    }

    /// <summary>Adds fields that nothing resets between cases, so that they have the value the state says.</summary>
    internal void Pin(IReadOnlyList<int> fields)
    {
        foreach (int field in fields)
        {
            if (!_fields.Contains(field))
            {
                _fields.Add(field);
            }
        }
    }

    /// <summary>Registers that choose the layout of others first, whole registers before fields.</summary>
    private static int Pass(Setting setting) =>
        (setting.Register is "HCR_EL2" or "SCR_EL3" ? 0 : 2) + (setting.Field is null ? 0 : 1);

    private string? Take(Setting setting, int level) =>
        setting.Register == "PSTATE" ? TakePstate(setting, level)
        : setting.Register.StartsWith("eff.", StringComparison.Ordinal)
        ? (setting.Value == 0 ? null : $"{setting.Name} is an effective value; it follows from registers and cannot be set")
        : setting.Field is null ? TakeRegister(setting, level)
        : TakeField(setting, level);

    private string? TakeRegister(Setting setting, int level)
    {
        int id = NameTable.Fields.Id(setting.Register);
        bool given = _fields.Contains(id);
        ulong before = given ? State[id] : Backgrounds.Of(setting.Register, State);
        ulong value = Insert(before, setting);
        if (value == before && !CanSet(setting.Register))
        {
            return null;
        }

        RegisterValues.Load(State, setting.Register, value);
        State[id] = value;
        if (!given)
        {
            _fields.Add(id);
        }

        return CanSet(setting.Register) ? LineRules.Against(setting.Register, value, level) : Unsettable(setting.Register);
    }

    private string? TakeField(Setting setting, int level)
    {
        int id = NameTable.Fields.Id(setting.Name);
        ulong value = Insert(State[id], setting);
        if (RegisterValues.Place(setting.Register, setting.Field!, State) is not { } place)
        {
            return value == 0 || value == State[id] ? null : TakeAbsent(setting);
        }

        if (value == State[id] && !CanSet(setting.Register))
        {
            return null;
        }

        State[id] = value;
        _fields.Add(id);
        return setting.Name == "OSLSR_EL1.OSLK" ? null
            : !CanSet(setting.Register) ? Unsettable(setting.Register)
            : LineRules.Against(setting.Register, place.Insert(Backgrounds.Of(setting.Register, State), value), level);
    }

    /// <summary>A field that only another layout of its register has is left out; the caller sees that it decides nothing.</summary>
    private string? TakeAbsent(Setting setting)
    {
        RegisterInfo info = RegisterFacts.Find(setting.Register)!;
        if (info.Layouts.Count > 1 && CanSet(setting.Register)
            && info.Layouts.Any(l => l.Fields.Any(f => f.Name == setting.Field && f.When.Holds(State))))
        {
            _outside.Add(setting);
            return null;
        }

        return $"{setting.Name} is not there on this device, and so 0";
    }

    private string? TakePstate(Setting setting, int level)
    {
        if (setting.Field == "SP")
        {
            State["PSTATE.SP"] = setting.Value;
            return null; // at EL0 it is SP_EL0 in any case
        }

        (int lsb, int width) = setting.Field switch
        {
            "NZCV" => (28, 4),
            "N" => (31, 1),
            "Z" => (30, 1),
            "C" => (29, 1),
            "V" => (28, 1),
            "TCO" => (25, 1),
            "DIT" => (24, 1),
            "UAO" => (23, 1),
            "PAN" => (22, 1),
            "ALLINT" => (13, 1),
            "SSBS" => (12, 1),
            "DAIF" => (6, 4),
            "D" => (9, 1),
            "A" => (8, 1),
            "I" => (7, 1),
            "F" => (6, 1),
            _ => throw new InvalidOperationException($"PSTATE.{setting.Field} is not a field of a line."),
        };
        ulong mask = (1UL << width) - 1 << lsb;
        ulong value = Insert(Pstate >> lsb & ((1UL << width) - 1), setting) << lsb;
        (Pstate, PstateMask) = ((Pstate & ~mask) | value, PstateMask | mask);
        return (value & ~Spsr.Implemented(target.Target.Features)) != 0 ? $"{setting.Name} is not there on this device, and so 0" : null;
    }

    private bool CanSet(string register)
    {
        if (!_settable.TryGetValue(register, out bool can))
        {
            _settable[register] = can = target.Home.CanSet(register, target.Baseline);
        }

        return can || target.Home.CanSet(register, State); // registers that are there in Secure state only
    }

    private string Unsettable(string register) => $"{register} cannot be set from EL{target.Target.HighestLevel} on this device";

    private static ulong Insert(ulong before, Setting setting)
    {
        if (setting.Width is 0 or >= 64)
        {
            return setting.Value;
        }

        ulong mask = (1UL << setting.Width) - 1 << setting.Lsb;
        return (before & ~mask) | setting.Value << setting.Lsb;
    }
}
