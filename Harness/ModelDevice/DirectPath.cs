using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Conformance.Cpu;
using Conformance.Cpu.Instructions;
using Conformance.Cpu.SystemRegisters;
using Conformance.Harness.Cases;
using Conformance.Harness.Executive;
using Conformance.Harness.Spec;
using ModelFeatures = Conformance.Cpu.Features.FeatureSet;

namespace Conformance.ModelDevice;

/// <summary>Runs cases on the reference machine without the executive: state in, instructions, state out.</summary>
internal sealed class DirectPath
{
    private const long Budget = 1_000_000; // instructions of one step
    private const ulong EretAt = GuestMemory.Executive;
    private const uint Eret = 0xD69F_03E0;
    private const uint MrsX28CurrentEl = 0xD538_425C;
    private const int SlotSize = 0x80;

    private readonly Machine _machine;
    private readonly Core _core;
    private readonly (SysReg Register, ulong Value)[] _baseline;
    private readonly SysReg _homeSpsr;
    private readonly SysReg _homeElr;

    internal DirectPath(ModelFeatures features)
    {
        _machine = new Machine(new MachineOptions { Features = features, RamSize = (long)GuestMemory.RamSize, Semihosting = false });
        _core = _machine.Core;
        _core.Reset(_core.HighestLevel);
        Home = new HomeProfile(_core.HighestLevel, IdRegisters.Features(ReadId));
        _homeSpsr = Find($"SPSR_EL{Home.Level}");
        _homeElr = Find($"ELR_EL{Home.Level}");
        _baseline = [.. Home.BaselineRows.Select(row => (Find(row.Register), row.Value))];
    }

    internal HomeProfile Home { get; }

    internal IEnumerable<Observation> Run(IEnumerable<Case> cases, CancellationToken cancellation)
    {
        foreach (Case c in cases)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return RunOne(c);
        }
    }

    private Observation RunOne(Case c)
    {
        var fieldsOfSteps = StepFields.Of(c, Home);
        if ((ModelLimits.Refuses(c) ?? Refusal.Of(c, fieldsOfSteps, Home, ExecutiveImage.Instance)) is { } reason)
        {
            return new Observation.Refused(reason);
        }

        if (Unknown(c) is { } unknown)
        {
            return new Observation.Refused($"{unknown} cannot be accessed at EL{Home.Level} on this device");
        }

        SetUp(c);
        List<StepObservation> steps = new(c.Steps.Count);
        for (int i = 0; i < c.Steps.Count; i++)
        {
            StepFields fields = fieldsOfSteps[i];
            byte[][] shadows = Enter(c, i, fields);
            bool? taken = Execute(c.Steps[i], out StopReason stop);
            if (taken is null)
            {
                string what = stop == StopReason.WaitForInterrupt ? "it waits for an interrupt that cannot come" : $"no end within {Budget} instructions";
                return new Observation.TimedOut(string.Create(CultureInfo.InvariantCulture, $"{what}, PC=0x{_core.Pc:x}, EL{_core.Pstate.EL}"));
            }

            steps.Add(Observe(fields, taken.Value, shadows, c.Steps[i]));
        }

        return new Observation.Finished(steps);
    }

    /// <summary>The first register of a case that the model has not got, or null.</summary>
    private static string? Unknown(Case c)
    {
        string? unknown = Unknown(c.Registers);
        for (int i = 0; unknown is null && i < c.Steps.Count; i++)
        {
            unknown = Unknown(c.Steps[i].Registers);
        }

        return unknown;
    }

    private static string? Unknown(IReadOnlyList<RegisterValue> registers)
    {
        for (int i = 0; i < registers.Count; i++)
        {
            if (Registers.Find(registers[i].Name) is null)
            {
                return registers[i].Name;
            }
        }

        return null;
    }

    private void SetUp(Case c)
    {
        InstallOwnCode();
        _core.Reset(Home.Level);
        foreach ((SysReg register, ulong value) in _baseline)
        {
            _core[register] = value;
        }

        for (int level = 0; level <= 3; level++)
        {
            _core[Registers.Find($"SP_EL{level}")!] = GuestMemory.Stacks + (0x1000UL * (ulong)level);
        }

        foreach (MemoryFill fill in c.Fills)
        {
            byte[] bytes = new byte[fill.Length];
            for (int word = 0; word < bytes.Length / 8; word++)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8 * word), unchecked(fill.First + ((ulong)word * fill.Stride)));
            }

            _machine.Board.Ram.Write(fill.Address, bytes);
        }

        Span<byte> eight = stackalloc byte[8];
        foreach (MemoryWord word in c.Memory)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(eight, word.Value);
            _machine.Board.Ram.Write(word.Address, eight);
        }
    }

    /// <summary>Installs a step and enters it by the ERET of the highest level, as the executive does.</summary>
    /// <returns>Copies of the regions of <c>changed@</c> fields.</returns>
    private byte[][] Enter(Case c, int index, StepFields fields)
    {
        Step step = c.Steps[index];
        foreach (RegisterValue general in step.General)
        {
            _ = FieldNames.TryGeneral(general.Name, out int number);
            _core.SetX(number, general.Value);
        }

        foreach (RegisterValue register in index == 0 ? c.Registers : step.Registers)
        {
            _core[Find(register.Name)] = register.Value;
        }

        // The end marker is never executed here: it only keeps the words behind the code from being what was there before.
        uint[] code = [.. step.Code, 0];
        ulong at = GuestMemory.Code + (ulong)step.CodeOffset;
        if (!_machine.Board.Ram.Read(at, 4 * code.Length).SequenceEqual(MemoryMarshal.AsBytes<uint>(code)))
        {
            _machine.Board.Ram.Write(at, MemoryMarshal.AsBytes<uint>(code)); // else what was decoded stays
        }

        byte[][] shadows = [.. fields.Regions.Select(r => _machine.Board.Ram.Read(r.Start, (int)r.Length).ToArray())];

        _core[_homeSpsr] = step.Pstate;
        _core[_homeElr] = step.EntryPc ?? at;
        _core.Pstate = new Pstate { EL = (byte)Home.Level, SP = true, Daif = 15 };
        _core.Pc = EretAt;
        _machine.Run(1);
        return shadows;
    }

    /// <returns>True when an exception ended the step, false when it reached its end, null when neither happened in time.</returns>
    private bool? Execute(Step step, out StopReason stop)
    {
        stop = StopReason.None;
        ulong end = GuestMemory.Code + (ulong)step.CodeOffset + (4UL * (ulong)step.Code.Count);
        ulong before = _core.ExceptionCount;
        _core.StopsAtExceptions = true;
        _core.AddStop(end);
        try
        {
            for (long left = Budget; left > 0 && stop != StopReason.WaitForInterrupt;)
            {
                if (_core.Pc == end)
                {
                    // Reaching the end in Illegal Execution state is not the end: the next instruction takes the exception. Nor
                    // is it with an interrupt to be taken: that goes before the end marker.
                    if (!_core.Pstate.IL && !_core.InterruptIsDue)
                    {
                        return false;
                    }

                    _core.RemoveStop(end);
                }

                RunResult run = _machine.Run(_core.Pc == end ? 1 : left);
                left -= Math.Max(1, run.Instructions);
                stop = run.Reason;
                if (_core.ExceptionCount != before)
                {
                    return true;
                }
            }

            return null;
        }
        finally
        {
            _core.StopsAtExceptions = false;
            _core.RemoveStop(end);
        }
    }

    private StepObservation Observe(StepFields fields, bool taken, byte[][] shadows, Step step)
    {
        var seen = new List<KeyValuePair<string, ulong>>(fields.Names.Count);
        int target = _core.LastExceptionTarget;
        ulong pstate = PstateWord.Of(_core);
        int region = 0;
        ulong? currentEl = null;
        foreach (string name in fields.Names)
        {
            ulong? value;
            if (FieldNames.TryGeneral(name, out int number))
            {
                // X28 belongs to the vectors of the levels below the executive's.
                value = number == 28 && taken && target < Home.Level ? null : _core.GetX(number);
            }
            else if (FieldNames.TryMemory(name, out ulong address))
            {
                value = Word(address);
            }
            else if (FieldNames.TryChanged(name, out ulong start, out ulong length))
            {
                value = Changed(shadows[region++], start, length, fields.Memory);
            }
            else
            {
                value = name switch
                {
                    FieldNames.Target => taken ? (ulong)target : 0,
                    FieldNames.Pstate => pstate,
                    FieldNames.CurrentEl => null, // last: reading it executes an instruction
                    FieldNames.Vector => taken ? (ulong)_core.LastVectorOffset : null,
                    FieldNames.Esr or FieldNames.Far when LeftAsItWas(taken, target) => null,
                    FieldNames.Esr or FieldNames.Elr or FieldNames.Spsr or FieldNames.Far =>
                        taken ? _core[Find($"{name}_EL{target}")] : null,
                    _ => SystemRegister(name, taken, target, step),
                };
            }

            if (value is { } known)
            {
                seen.Add(new(name, known));
            }
        }

        if (taken && fields.Names.Contains(FieldNames.CurrentEl))
        {
            currentEl = CurrentElAtVector();
        }

        return currentEl is { } level ? new StepObservation(InOrder(fields.Names, seen, level)) : new StepObservation(seen);
    }

    /// <summary>What the executive could not have seen is not reported either, so that the paths agree.</summary>
    private ulong? SystemRegister(string name, bool taken, int target, Step step)
    {
        if (Registers.Find(name) is not { } register)
        {
            return null;
        }

        if (name is [.., '_', 'E', 'L', char digit] && name[..^4] is "ESR" or "ELR" or "SPSR" or "FAR" && digit is >= '1' and <= '3')
        {
            int level = digit - '0';
            bool home = level == Home.Level;
            bool exitOverwrote = !taken && step.Level == 0 && level == EndTakenTo();
            bool leftAsItWas = home && name[..^4] is "ESR" or "FAR" && LeftAsItWas(taken, target);
            if ((home && !(taken && target == level)) || exitOverwrote || leftAsItWas)
            {
                return null;
            }
        }

        return _core.Peek(register);
    }

    /// <summary>An IRQ or FIQ taken to the home level leaves ESR and FAR there, which the executive has used before.</summary>
    private bool LeftAsItWas(bool taken, int target) => taken && target == Home.Level && (_core.LastVectorOffset & 0x180) is 0x080 or 0x100;

    /// <summary>The level that the executive's end marker at EL0, an UNDEFINED instruction, is taken to.</summary>
    private int EndTakenTo() => _core.UndefinedTarget;

    private ulong CurrentElAtVector()
    {
        ulong kept = _core.GetX(28);
        _machine.Run(1);
        ulong level = _core.GetX(28);
        _core.SetX(28, kept);
        return level;
    }

    private static List<KeyValuePair<string, ulong>> InOrder(
        IReadOnlyList<string> names, List<KeyValuePair<string, ulong>> seen, ulong currentEl)
    {
        var ordered = new List<KeyValuePair<string, ulong>>(seen.Count + 1);
        int next = 0;
        foreach (string name in names)
        {
            if (name == FieldNames.CurrentEl)
            {
                ordered.Add(new(name, currentEl));
            }
            else if (next < seen.Count && seen[next].Key == name)
            {
                ordered.Add(seen[next++]);
            }
        }

        return ordered;
    }

    private ulong Changed(byte[] before, ulong start, ulong length, List<ulong> excluded)
    {
        ReadOnlySpan<ulong> old = MemoryMarshal.Cast<byte, ulong>(before);
        ReadOnlySpan<ulong> now = MemoryMarshal.Cast<byte, ulong>(_machine.Board.Ram.Read(start, (int)length));
        ulong count = 0;
        for (int i = 0; i < old.Length; i++)
        {
            if (old[i] != now[i] && !excluded.Contains(start + (8UL * (ulong)i)))
            {
                count++;
            }
        }

        return count;
    }

    private ulong Word(ulong address) => BinaryPrimitives.ReadUInt64LittleEndian(_machine.Board.Ram.Read(address, 8));

    /// <summary>The ERET that enters a case, and the first word of every vector: again for each case, which may have overwritten them.</summary>
    private void InstallOwnCode()
    {
        PutWord(EretAt, Eret);
        for (int level = 1; level <= 3; level++)
        {
            for (ulong slot = 0; slot < 16; slot++)
            {
                PutWord(GuestMemory.Vectors(level) + (slot * SlotSize), MrsX28CurrentEl);
            }
        }
    }

    private void PutWord(ulong address, uint word)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(_machine.Board.Ram.Read(address, 4)) == word)
        {
            return; // writing would throw away what was decoded
        }

        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, word);
        _machine.Board.Ram.Write(address, bytes);
    }

    private ulong? ReadId(string name) => Registers.Find(name) is { } register ? _core.Peek(register) : null;

    private static SysReg Find(string name) => Registers.Find(name)
        ?? throw new InvalidOperationException($"The model has no register {name}, which the contract's baseline needs.");
}
