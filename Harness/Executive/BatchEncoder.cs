using System.Runtime.InteropServices;
using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Harness.Executive.Protocol;

namespace Conformance.Harness.Executive;

/// <summary>A step of a case inside a batch: where its result will be.</summary>
/// <param name="CaseIndex">Index into the cases of the batch.</param>
/// <param name="StepIndex">Index of the step.</param>
/// <param name="ResultWord">Word offset of the result from <see cref="Protocol.Results"/>.</param>
/// <param name="Fields">How its fields are observed.</param>
/// <param name="EndAddress">Address of the end marker.</param>
internal sealed record BatchEntry(int CaseIndex, int StepIndex, int ResultWord, StepFields Fields, ulong EndAddress);

/// <summary>Cases as the executive reads them: one record per step.</summary>
internal sealed class Batch
{
    internal required byte[] Records { get; init; }

    internal required IReadOnlyList<BatchEntry> Entries { get; init; }

    /// <summary>Words of the result area that the batch uses.</summary>
    internal required int ResultWords { get; init; }

    /// <summary>How many of the cases, from the first on, are in the batch.</summary>
    internal required int Cases { get; init; }
}

/// <summary>Turns cases into records. The layout is in <see cref="Protocol"/>.</summary>
internal sealed class BatchEncoder(ExecutiveImage image, HomeProfile home)
{
    private const ulong ScrSmd = 1UL << 7;
    private const ulong ScrEel2 = 1UL << 18;
    private const ulong MdcrTdosa = 1UL << 10;
    private const ulong SctlrM = 1;
    private const ulong SctlrEe = 1UL << 25;
    private const ulong HcrVm = 1;
    private const ulong HcrDc = 1UL << 12;
    private const ulong HcrTge = 1UL << 27;

    /// <summary>Part of the baseline that can only be written once a case has set SCR_EL3.EEL2; disabled, masked.</summary>
    private static readonly RegisterValue[] s_secureEl2Baseline =
    [
        new("CNTHPS_CTL_EL2", 2), new("CNTHPS_CVAL_EL2", 0), new("CNTHVS_CTL_EL2", 2), new("CNTHVS_CVAL_EL2", 0),
    ];

    private static readonly uint s_smc = Word(a => a.Smc(LeaveImmediate));
    private static readonly uint s_hvc = Word(a => a.Hvc(LeaveImmediate));
    private static readonly uint s_debug = Word(a => a.Msr("OSLAR_EL1", Reg.XZR));
    private static readonly uint s_endSmc = Word(a => a.Smc(EndImmediate));
    private static readonly uint s_endHvc = Word(a => a.Hvc(EndImmediate));
    private static readonly uint s_endUdf = Word(a => a.Udf(EndUdf));

    private readonly ulong _invalidate = Record.FlagInvalidate | (home.Features.Has("FEAT_AA64EL2") ? Record.FlagInvalidateEl2 : 0);

    private ulong[] _words = new ulong[4096];
    private int _used;

    /// <summary>Encodes cases from the first on until the record or result area is full or <paramref name="most"/> are in.</summary>
    internal Batch Encode(IReadOnlyList<Case> cases, int first, int most)
    {
        _used = 0;
        List<BatchEntry> entries = [];
        int results = 0;
        int taken = 0;
        while (taken < most && first + taken < cases.Count)
        {
            int mark = _used;
            int markEntries = entries.Count;
            int markResults = results;
            Case c = cases[first + taken];
            for (int s = 0; s < c.Steps.Count; s++)
            {
                var fields = new StepFields(c.Steps[s], home.Level);
                ulong end = EncodeStep(c, s, fields, Results + (8UL * (ulong)results));
                entries.Add(new BatchEntry(first + taken, s, results, fields, end));
                results += fields.ResultWords;
            }

            if (_used * 8 > RecordsSize || results * 8 > ResultsSize)
            {
                if (taken == 0)
                {
                    throw new ArgumentException($"Case {c.Id} alone is too large for the executive's tables.", nameof(cases));
                }

                _used = mark;
                results = markResults;
                entries.RemoveRange(markEntries, entries.Count - markEntries);
                break;
            }

            taken++;
        }

        return new Batch
        {
            Records = MemoryMarshal.AsBytes(_words.AsSpan(0, _used)).ToArray(),
            Entries = entries,
            ResultWords = results,
            Cases = taken,
        };
    }

    /// <summary>A record that runs nothing and reads the named registers, before or after the baseline is installed.</summary>
    internal Batch EncodeProbe(IReadOnlyList<string> registers, bool withBaseline)
    {
        _used = 0;
        Step step = new() { Level = home.Level, Pstate = 0, Code = [], Observe = registers, Allowed = [new Outcome("", [])] };
        var fields = new StepFields(step, home.Level);
        Header(fields, Results, FlagsFor(withBaseline) | Record.FlagObserveOnly, 0, 0, 0, 0, 0, 0, 0, 0, LeaveWord(false));
        Lists(fields);
        Finish(0);
        return new Batch
        {
            Records = MemoryMarshal.AsBytes(_words.AsSpan(0, _used)).ToArray(),
            Entries = [new BatchEntry(0, 0, 0, fields, 0)],
            ResultWords = fields.ResultWords,
            Cases = 1,
        };
    }

    private ulong EncodeStep(Case c, int index, StepFields fields, ulong result)
    {
        Step step = c.Steps[index];
        bool first = index == 0;
        bool debugLeave = home.Level == 3 && (Effective(c, index, "SCR_EL3") & ScrSmd) != 0;
        IReadOnlyList<RegisterValue> registers = RegistersOf(c, index, debugLeave);

        ulong code = GuestMemory.Code + (ulong)step.CodeOffset;
        ulong end = code + (4UL * (ulong)step.Code.Count);
        uint endWord = step.Level == 0 || step.Level == home.Level ? s_endUdf
            : home.Level == 2 ? s_endHvc : debugLeave ? s_debug : s_endSmc;
        ulong aligned = code & ~7UL;
        int lead = (int)((code - aligned) / 4);
        int pairs = (step.Code.Count + 1 + lead + 1) / 2;
        int fills = first ? c.Fills.Count : 0;
        int memory = first ? c.Memory.Count : 0;
        ulong stack = GuestMemory.Stacks + (0x1000UL * (ulong)home.Level);
        foreach (RegisterValue register in c.Registers)
        {
            stack = register.Name == home.StackPointer ? register.Value : stack;
        }


        int start = _used;
        bool ownSctlr = home.Level == 2 && NeedsOwnSctlr(c);
        ulong flags = FlagsFor(first) | (first && Translates(c) ? _invalidate | Invalidates(c) : 0) | (ownSctlr ? Record.FlagOwnSctlr : 0);
        Header(fields, result, flags, step.Pstate, step.EntryPc ?? code, aligned, pairs, fills, memory, step.General.Count,
            registers.Count, LeaveWord(debugLeave));
        _words[start + Record.StackPointer] = stack;

        CodeWords(step, lead, pairs, endWord);
        if (first)
        {
            foreach (MemoryFill fill in c.Fills)
            {
                Put(fill.Address);
                Put(fill.Length);
                Put(fill.First);
                Put(fill.Stride);
            }

            foreach (MemoryWord word in c.Memory)
            {
                Put(word.Address);
                Put(word.Value);
            }
        }

        foreach (RegisterValue general in step.General)
        {
            if (!FieldNames.TryGeneral(general.Name, out int number))
            {
                throw new ArgumentException($"Case {c.Id}: {general.Name} is not a general register.", nameof(c));
            }

            Put((ulong)number);
            Put(general.Value);
        }

        foreach (RegisterValue register in registers)
        {
            Put(image.WriteThunk(register.Name, home, ownSctlr));
            Put(register.Name == "HCR_EL2" ? HomeProfile.Hcr(register.Value, home.HostExtensions) : register.Value);
        }

        Lists(fields, ownSctlr);
        Finish(start);
        return end;
    }

    private void Header(StepFields fields, ulong result, ulong flags, ulong spsr, ulong pc, ulong code, int pairs, int fills, int memory,
        int general, int registers, uint leave)
    {
        int start = _used;
        for (int i = 0; i < Record.Lists; i++)
        {
            Put(0);
        }

        Span<ulong> header = _words.AsSpan(start);
        header[Record.Result] = result;
        header[Record.Flags] = flags;
        header[Record.Spsr] = spsr;
        header[Record.Pc] = pc;
        header[Record.Code] = code;
        header[Record.CodeWords] = (ulong)pairs;
        header[Record.Fills] = (ulong)fills;
        header[Record.Memory] = (ulong)memory;
        header[Record.General] = (ulong)general;
        header[Record.Registers] = (ulong)registers;
        header[Record.ObservedRegisters] = (ulong)fields.Registers.Count;
        header[Record.ObservedMemory] = (ulong)fields.Memory.Count;
        header[Record.Regions] = (ulong)fields.Regions.Count;
        header[Record.LeaveWord] = leave;
    }

    /// <summary>The code with its end marker, in pairs of words; what is before a code offset in the first pair is UDF.</summary>
    private void CodeWords(Step step, int lead, int pairs, uint endWord)
    {
        for (int pair = 0; pair < pairs; pair++)
        {
            Put(At((2 * pair) - lead) | ((ulong)At((2 * pair) + 1 - lead) << 32));
        }

        uint At(int n) => n < 0 || n > step.Code.Count ? 0 : n == step.Code.Count ? endWord : step.Code[n];
    }

    private void Lists(StepFields fields, bool ownSctlr = false)
    {
        foreach (string register in fields.Registers)
        {
            Put(image.ReadThunk(register, home, ownSctlr));
        }

        foreach (ulong address in fields.Memory)
        {
            Put(address);
        }

        foreach ((ulong address, ulong length) in fields.Regions)
        {
            Put(address);
            Put(length);
        }
    }

    private void Finish(int start) => _words[start] = 8UL * (ulong)(_used - start);

    /// <summary>The registers of a step in the order of writing: SCR_EL3 and HCR_EL2 last, since they change what is there.</summary>
    private List<RegisterValue> RegistersOf(Case c, int index, bool debugLeave)
    {
        IReadOnlyList<RegisterValue> given = index == 0 ? c.Registers : c.Steps[index].Registers;
        List<RegisterValue> ordered = new(given.Count + 1);
        foreach (RegisterValue register in given)
        {
            if (register.Name is not ("SCR_EL3" or "HCR_EL2") && !NeedsSecureEl2(register.Name) && register.Name != home.StackPointer
                && !(debugLeave && register.Name == "MDCR_EL3"))
            {
                ordered.Add(register);
            }
        }

        if (debugLeave)
        {
            ordered.Add(new RegisterValue("MDCR_EL3", Effective(c, index, "MDCR_EL3") | MdcrTdosa));
        }

        AddNamed(ordered, given, name => name == "SCR_EL3");
        if (index == 0 && home.Level == 3 && home.Features.Has("FEAT_SEL2") && (Effective(c, index, "SCR_EL3") & ScrEel2) != 0)
        {
            ordered.AddRange(s_secureEl2Baseline);
        }

        AddNamed(ordered, given, NeedsSecureEl2);
        AddNamed(ordered, given, name => name == "HCR_EL2");
        return ordered;
    }

    /// <summary>The Secure EL2 timers exist for EL3 only while SCR_EL3.EEL2 is 1.</summary>
    private static bool NeedsSecureEl2(string name) =>
        name.StartsWith("CNTHPS_", StringComparison.Ordinal) || name.StartsWith("CNTHVS_", StringComparison.Ordinal);

    private static void AddNamed(List<RegisterValue> ordered, IReadOnlyList<RegisterValue> given, Func<string, bool> named)
    {
        foreach (RegisterValue register in given)
        {
            if (named(register.Name))
            {
                ordered.Add(register);
            }
        }
    }

    /// <summary>The last value the case gave a register up to a step, or the baseline's.</summary>
    private static ulong Effective(Case c, int index, string register)
    {
        for (int s = index; s >= 0; s--)
        {
            IReadOnlyList<RegisterValue> given = s == 0 ? c.Registers : c.Steps[s].Registers;
            for (int i = given.Count - 1; i >= 0; i--)
            {
                if (given[i].Name == register)
                {
                    return given[i].Value;
                }
            }
        }

        return Baseline.Of(register);
    }

    /// <summary>True for a case that turns a stage of translation on in a register: only such a one can meet what a TLB holds.</summary>
    private static bool Translates(Case c)
    {
        foreach (RegisterValue register in c.Registers)
        {
            if (TurnsOn(register))
            {
                return true;
            }
        }

        for (int s = 1; s < c.Steps.Count; s++)
        {
            foreach (RegisterValue register in c.Steps[s].Registers)
            {
                if (TurnsOn(register))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>True for a case that gives SCTLR_EL2 an MMU or a byte order with which an executive at EL2 itself could not run.</summary>
    private static bool NeedsOwnSctlr(Case c)
    {
        for (int s = 0; s < c.Steps.Count; s++)
        {
            foreach (RegisterValue register in s == 0 ? c.Registers : c.Steps[s].Registers)
            {
                if (register.Name == "SCTLR_EL2" && (register.Value & (SctlrM | SctlrEe)) != 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>
    /// Which entries of EL1&amp;0 the case can meet: those of several VMIDs, or, with {E2H,TGE} = {1,1}, by whose TLBI
    /// VMALLE1 those of EL2&amp;0 would go; or stage 2 of one VMID; or stage 1 of one.
    /// </summary>
    private static ulong Invalidates(Case c)
    {
        ulong hcr = 0;
        bool vmids = false;
        for (int s = 0; s < c.Steps.Count; s++)
        {
            foreach (RegisterValue register in s == 0 ? c.Registers : c.Steps[s].Registers)
            {
                hcr |= register.Name == "HCR_EL2" ? register.Value : 0;
                vmids |= s > 0 && register.Name == "VTTBR_EL2";
            }
        }

        return vmids || (hcr & HcrTge) != 0 ? Record.FlagInvalidateVmids
            : (hcr & (HcrVm | HcrDc)) != 0 ? Record.FlagInvalidateStage2 : 0;
    }

    private static bool TurnsOn(RegisterValue register) => register.Name switch
    {
        "SCTLR_EL1" or "SCTLR_EL2" or "SCTLR_EL3" => (register.Value & SctlrM) != 0,
        "HCR_EL2" => (register.Value & (HcrVm | HcrDc)) != 0,
        _ => false,
    };

    private uint LeaveWord(bool debugLeave) => home.Level == 2 ? s_hvc : debugLeave ? s_debug : s_smc;

    private static ulong FlagsFor(bool first) => first ? Record.FlagFirst : 0;

    private void Put(ulong word)
    {
        if (_used == _words.Length)
        {
            Array.Resize(ref _words, _words.Length * 2);
        }

        _words[_used++] = word;
    }

    private static uint Word(Func<Assembler, Assembler> emit) => emit(new Assembler(0)).Words()[0];
}
