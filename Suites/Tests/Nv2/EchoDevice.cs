using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Spec;
using Conformance.Suites.Nv2;

namespace Conformance.Suites.Tests.Nv2;

/// <summary>A device that shows for every step what its first allowed outcome asks for, and is then made wrong in one way.</summary>
/// <param name="target">The device that it poses as.</param>
/// <param name="mutation">Changes what is shown; says whether the fault of the device comes into play in this step.</param>
internal sealed class EchoDevice(SuiteTarget target, Func<Echo, bool> mutation) : IDevice
{
    /// <summary>How often the fault came into play.</summary>
    internal int Touched { get; private set; }

    public DeviceInfo Info { get; } = new("echo", "1.0", target.Features, target.HighestLevel, []);

    public IEnumerable<Observation> Run(IEnumerable<Case> cases, CancellationToken cancellation)
    {
        foreach (Case c in cases)
        {
            List<StepObservation> steps = [];
            bool touched = false;
            foreach (Step step in c.Steps)
            {
                var echo = new Echo(c, step);
                touched |= mutation(echo);
                steps.Add(echo.Result());
            }

            Touched += touched ? 1 : 0;
            yield return new Observation.Finished(steps);
        }
    }

    public void Dispose()
    {
    }
}

/// <summary>What the device shows of a step, and what it knows of the case.</summary>
internal sealed class Echo
{
    private static readonly Dictionary<string, NestedName> s_names =
        Nv2Rules.Named(Nv2Targets.Everything).ToDictionary(n => n.Name, StringComparer.Ordinal);

    private readonly Dictionary<string, ulong> _fields;

    internal Echo(Case c, Step step)
    {
        Case = c;
        Step = step;
        _fields = step.Allowed[0].Fields.ToDictionary(f => f.Field, f => f.Any[0].Value & f.Any[0].Mask, StringComparer.Ordinal);
        uint word = step.Code[^1];
        if ((word & 0xFFC0_0000) == 0xD500_0000 && (word >> 20 & 1) == 1)
        {
            Write = (word >> 21 & 1) == 0;
            Rt = (int)(word & 31);
            Name = Encodings.NameOf(SystemEncoding.OfWord(word), !Write) is { } name ? s_names.GetValueOrDefault(name) : null;
        }
    }

    internal Case Case { get; }

    internal Step Step { get; }

    /// <summary>The name that the step's MRS or MSR uses; null when it does something else.</summary>
    internal NestedName? Name { get; }

    internal bool Write { get; }

    internal int Rt { get; }

    internal bool Completes => this[FieldNames.Target] == 0;

    /// <summary>The access has to go to memory, whatever choices the implementation has.</summary>
    internal bool Redirects => Name is { HasSlot: true, Choice: NameChoice.None } && Step.Allowed[0].Name.StartsWith("memory", StringComparison.Ordinal);

    /// <summary>The access is expected to reach a register.</summary>
    internal bool ReachesRegister => Name is not null && Step.Allowed[0].Name.StartsWith("register", StringComparison.Ordinal);

    internal ulong Vncr => Register("VNCR_EL2");

    internal ulong Page => Vncr & ~0xFFFUL;

    internal ulong Slot => Page + (ulong)Name!.Offset;

    /// <summary>What Rt holds before the step.</summary>
    internal ulong Value => Rt == 31 ? 0 : Step.General.FirstOrDefault(g => g.Name == FieldNames.General(Rt)).Value;

    internal ulong this[string field]
    {
        get => _fields.GetValueOrDefault(field);
        set
        {
            if (_fields.ContainsKey(field))
            {
                _fields[field] = value;
            }
        }
    }

    internal bool Has(string field) => _fields.ContainsKey(field);

    internal ulong Register(string name) =>
        Case.Registers.Where(r => r.Name == name).Select(r => (ulong?)r.Value).FirstOrDefault() ?? Baseline.Of(name);

    /// <summary>The word that set-up leaves at an address.</summary>
    internal ulong Word(ulong address)
    {
        foreach (MemoryWord word in Case.Memory.Reverse().Where(m => m.Address == address))
        {
            return word.Value;
        }

        foreach (MemoryFill fill in Case.Fills.Reverse().Where(f => address >= f.Address && address < f.Address + f.Length))
        {
            return unchecked(fill.First + ((address - fill.Address) / 8 * fill.Stride));
        }

        return 0;
    }

    /// <summary>The access goes to memory at another address than the slot's: a load from there, or a store there.</summary>
    internal bool GoesTo(ulong address)
    {
        if (!Write)
        {
            return Reads(Word(address));
        }

        if (Redirects)
        {
            this[FieldNames.Memory(Slot)] = Word(Slot);
        }

        return Stores(address, Value);
    }

    /// <summary>A word is stored.</summary>
    internal bool Stores(ulong address, ulong value)
    {
        if (Has(FieldNames.Memory(address)))
        {
            this[FieldNames.Memory(address)] = value;
            return true;
        }

        if (Word(address) == value)
        {
            return false;
        }

        foreach (string field in _fields.Keys.Where(f =>
            FieldNames.TryChanged(f, out ulong start, out ulong length) && address >= start && address < start + length).ToList())
        {
            _fields[field]++;
        }

        return true;
    }

    /// <summary>Rt gets a value.</summary>
    internal bool Reads(ulong value)
    {
        this[FieldNames.General(Rt)] = value;
        return Rt != 31;
    }

    /// <summary>The step ends with an exception after all.</summary>
    internal bool Takes(int target, ulong esr)
    {
        foreach (string field in (ReadOnlySpan<string>)[FieldNames.Vector, FieldNames.Elr, FieldNames.Spsr, FieldNames.CurrentEl])
        {
            _fields.TryAdd(field, 0);
        }

        _fields[FieldNames.Esr] = esr;
        _fields[FieldNames.Target] = (ulong)target;
        return true;
    }

    /// <summary>The step ends without an exception after all.</summary>
    internal bool Goes()
    {
        _fields[FieldNames.Target] = 0;
        _fields[FieldNames.Pstate] = Step.Pstate;
        foreach (string field in (ReadOnlySpan<string>)[FieldNames.Vector, FieldNames.Esr, FieldNames.Elr, FieldNames.Spsr, FieldNames.Far, FieldNames.CurrentEl])
        {
            _fields.Remove(field);
        }

        return true;
    }

    internal StepObservation Result() => new([.. _fields]);
}
