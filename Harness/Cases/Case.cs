namespace Conformance.Harness.Cases;

/// <summary>One conformance case: plain data that any device can run and any observer can judge.</summary>
/// <remarks>
/// Everything the case does not set has the value of the contract's baseline (<c>Harness/INTERPRETING.md</c>), so a case
/// means the same on every device. Serialised by <c>CaseFile</c>.
/// </remarks>
public sealed record Case
{
    /// <summary>Stable identity, <c>suite/group/name</c>, lower case; unique in a run and never reused.</summary>
    public required string Id { get; init; }

    /// <summary>One sentence that says what is observed.</summary>
    public string Title { get; init; } = "";

    /// <summary>Ids of the rules the case checks (<c>EX-153</c>, <c>MRS VTCR_EL2@EL1#2</c>, <c>F068</c>); never empty.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>Features the device must have (<c>FEAT_NV2</c>), or must not have (<c>!FEAT_SEL2</c>).</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>Id of a case of the suites that shows the same of a device: what waives that one waives this one; null if none.</summary>
    public string? Like { get; init; }

    /// <summary>Why the case cannot be run at all; null for one that can. Whoever runs it gives the verdict skip with this reason.</summary>
    public string? Skip { get; init; }

    /// <summary>System registers set before the first step, by architectural name; the rest has the baseline value.</summary>
    public IReadOnlyList<RegisterValue> Registers { get; init; } = [];

    /// <summary>Memory set before the first step, in order.</summary>
    public IReadOnlyList<MemoryFill> Fills { get; init; } = [];

    /// <summary>Aligned 64-bit little-endian words of memory set after <see cref="Fills"/>.</summary>
    public IReadOnlyList<MemoryWord> Memory { get; init; } = [];

    /// <summary>What runs, one step after the other; at least one. State carries over from step to step.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>The suite the case belongs to: the first part of <see cref="Id"/>.</summary>
    public string Suite => Id[..Math.Max(0, Id.IndexOf('/', StringComparison.Ordinal))];

    /// <summary>The group the case is reported under: <see cref="Id"/> without its last part.</summary>
    public string Group => Id[..Math.Max(0, Id.LastIndexOf('/'))];
}

/// <summary>A piece of code run once from a given level, and what must be seen when it ends.</summary>
/// <remarks>
/// The code is placed at <see cref="GuestMemory.Code"/> (plus <see cref="CodeOffset"/>), followed by the end marker of the
/// contract. The step ends when an exception is taken or when the end marker is reached, whichever is first.
/// </remarks>
public sealed record Step
{
    /// <summary>Exception level the code starts at, 0 to 3.</summary>
    public required int Level { get; init; }

    /// <summary>PSTATE at the first instruction, in SPSR_ELx layout; M[3:2] must equal <see cref="Level"/>.</summary>
    public required ulong Pstate { get; init; }

    /// <summary>The A64 words, at most <see cref="GuestMemory.MaxCodeWords"/>.</summary>
    public required IReadOnlyList<uint> Code { get; init; }

    /// <summary>Bytes from <see cref="GuestMemory.Code"/> to the first word: 0 to 3840, a multiple of 4.</summary>
    public int CodeOffset { get; init; }

    /// <summary>Address of the first instruction when it is not the first word of the code (a misaligned PC, for one).</summary>
    public ulong? EntryPc { get; init; }

    /// <summary>General registers set before the step (<c>X0</c> … <c>X30</c>); the rest is 0 in the first step, kept later.</summary>
    public IReadOnlyList<RegisterValue> General { get; init; } = [];

    /// <summary>System registers changed before this step (later steps only; the first uses <see cref="Case.Registers"/>).</summary>
    public IReadOnlyList<RegisterValue> Registers { get; init; } = [];

    /// <summary>Extra fields to observe and record although no expectation names them.</summary>
    public IReadOnlyList<string> Observe { get; init; } = [];

    /// <summary>The allowed outcomes: the step passes when one of them matches whole; never empty.</summary>
    public required IReadOnlyList<Outcome> Allowed { get; init; }

    /// <summary>Every field the device has to report for this step, each once, in order of first mention.</summary>
    public IReadOnlyList<string> Fields
    {
        get
        {
            // A dozen names at most times: looking through the list is cheaper than a set. An outcome names each field once.
            List<string> names = new(32);
            for (int i = 0; i < Allowed.Count; i++)
            {
                IReadOnlyList<FieldExpectation> fields = Allowed[i].Fields;
                for (int f = 0; f < fields.Count; f++)
                {
                    if (i == 0)
                    {
                        names.Add(fields[f].Field);
                    }
                    else
                    {
                        AddOnce(names, fields[f].Field, f);
                    }
                }
            }

            for (int i = 0; i < Observe.Count; i++)
            {
                AddOnce(names, Observe[i], i);
            }

            return names;
        }
    }

    /// <summary>Adds a name unless it is there; outcomes mostly name the same fields in the same places.</summary>
    private static void AddOnce(List<string> names, string name, int likely)
    {
        if (likely < names.Count && string.Equals(names[likely], name, StringComparison.Ordinal))
        {
            return;
        }

        foreach (string known in names)
        {
            if (string.Equals(known, name, StringComparison.Ordinal))
            {
                return;
            }
        }

        names.Add(name);
    }
}

/// <summary>A register by architectural name (<c>HCR_EL2</c>, <c>X0</c>) and its 64-bit value.</summary>
public readonly record struct RegisterValue(string Name, ulong Value);

/// <summary>An aligned 64-bit word at a guest physical address.</summary>
public readonly record struct MemoryWord(ulong Address, ulong Value);

/// <summary>Fills a region with <c>First + n * Stride</c> (modulo 2^64) in its n-th 64-bit word.</summary>
/// <param name="Address">Guest physical address, a multiple of 8.</param>
/// <param name="Length">Bytes, a multiple of 16, at most 64 KiB.</param>
/// <param name="First">The first word.</param>
/// <param name="Stride">Added for each further word.</param>
public readonly record struct MemoryFill(ulong Address, ulong Length, ulong First, ulong Stride);
