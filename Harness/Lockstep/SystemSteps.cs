using Conformance.Harness.Programs;
using Conformance.Harness.Spec.Instructions;
using Layout = Conformance.Harness.Lockstep.Guest.LockstepLayout;

namespace Conformance.Harness.Lockstep;

/// <summary>Steps of MRS, MSR, SYS, SYSL, ERET, WFE, WFI: the word is chosen so that its outcome is determined.</summary>
/// <param name="random">The source of choices.</param>
/// <param name="pool">What is accessed.</param>
/// <param name="level">The level of the block.</param>
/// <param name="tge">HCR_EL2.TGE is 1: a return to EL1 is illegal.</param>
internal sealed class SystemSteps(SplitMix random, SystemPool pool, int level, bool tge)
{
    private const uint Nop = 0xd503_201f;
    private const uint Isb = 0xd503_3fdf;
    private const uint Sevl = 0xd503_20bf;
    private const uint FieldsOfMove = 0x000f_ffe0; // o0, op1, CRn, CRm, op2
    private const uint FieldsOfSys = 0x0007_ffe0;
    private const ulong IllegalState = 1ul << 20;

    /// <summary>What an illegal return leaves open of PSTATE (EX-267, EX-268), BTYPE aside: given a value behind it.</summary>
    private static readonly string[] s_unknown = ["PAN", "UAO", "DIT", "SSBS"];

    private readonly List<uint> _words = new(16);

    /// <summary>The step before was a return to a lower level: nothing may follow it.</summary>
    internal bool HasLeft { get; private set; }

    /// <summary>Makes the step; null when there is none for this level.</summary>
    internal LockstepStep? Make(uint word, InstructionEncoding encoding)
    {
        _words.Clear();
        int main = encoding.Mnemonic switch
        {
            "MRS" => Read((int)(word & 31), word),
            "MSR" => Write((int)(word & 31), word),
            "SYS" => Instruction(word),
            "SYSL" => SystemPool.IsUnallocated(word) ? Add(word) : -1,
            "ERET" or "ERETAA" or "ERETAB" => Return(word),
            "WFE" => After(Sevl, word),
            "WFI" => level == 3 ? -1 : Add(word),
            "WFET" or "WFIT" => Timed(word, encoding.Mnemonic == "WFET"),
            _ => throw new InvalidOperationException($"There is no step for {encoding.Name}."),
        };
        return main < 0 ? null : new LockstepStep([.. _words], main, encoding);
    }

    private int Add(uint word)
    {
        _words.Add(word);
        return _words.Count - 1;
    }

    private int After(uint before, uint word)
    {
        _words.Add(before);
        return Add(word);
    }

    private void Emit(Action<Assembler> emit)
    {
        var a = new Assembler(0);
        emit(a);
        _words.AddRange(a.Words());
    }

    private int Scratch() => random.Below(31);

    private int Read(int rt, uint word)
    {
        int kind = random.Below(100);
        if (kind >= 70)
        {
            return Elsewhere(word, true, rt, kind);
        }

        StorageRegister register = random.Pick(pool.Registers);
        if (register.Kept != 0)
        {
            int source = Scratch();
            Emit(a => a.MovImm(source, RandomState.General(random) & register.Kept).Msr(register.Name, source));
        }

        return Add(SystemPool.WordOf(register.Name, true, rt));
    }

    private int Write(int rt, uint word)
    {
        int kind = random.Below(100);
        StorageRegister register = random.Pick(pool.Registers);
        if (kind >= 70)
        {
            return Elsewhere(word, false, rt, kind);
        }

        if (rt != 31)
        {
            Emit(a => a.MovImm(rt, RandomState.General(random) & register.Kept));
        }

        int main = Add(SystemPool.WordOf(register.Name, false, rt));
        if (register.Kept != 0)
        {
            Emit(a => a.Mrs(Scratch(), register.Name));
        }

        return main;
    }

    /// <summary>An access that is UNDEFINED or trapped: a register of a higher level, a read-only one, none at all.</summary>
    private int Elsewhere(uint word, bool read, int rt, int kind)
    {
        if (kind < 90 && pool.OutOfReach(random, read, level) is { } out1)
        {
            return Add(out1 | (uint)rt);
        }

        if (!read && kind < 95)
        {
            return Add(random.Pick(pool.ReadOnly) | (uint)rt);
        }

        return SystemPool.IsUnallocated(word) ? Add(word) : -1;
    }

    private int Instruction(uint word)
    {
        if (random.Percent(5))
        {
            return SystemPool.IsUnallocated(word) ? Add(word) : -1;
        }

        SystemInstruction instruction = pool.Instruction(random, level);
        int rt = instruction.TakesRegister ? Scratch() : 31;
        switch (instruction.Op)
        {
            case "AT":
                ulong address = random.Below(8) switch
                {
                    0 => Layout.Mailbox,
                    1 => Layout.Code,
                    2 => Layout.Window + Layout.WindowSize,
                    3 => random.Next(),
                    _ => Layout.Window + (ulong)random.Below(Layout.WindowSize),
                };
                Emit(a => a.MovImm(rt, address).Msr("PAR_EL1", Reg.XZR));
                int main = Add(instruction.Word | (uint)rt);
                _words.Add(Isb);
                Emit(a => a.Mrs(Scratch(), "PAR_EL1"));
                return main;
            case "DC" or "IC" when instruction.Name.EndsWith("SW", StringComparison.Ordinal):
                Emit(a => a.Movz(rt, 0)); // a set and way that every cache has
                break;
            case "DC" or "IC" when instruction.TakesRegister:
                Emit(a => a.MovImm(rt, Layout.Window + (ulong)random.Below(Layout.WindowSize)));
                break;
            default:
                break;
        }

        return Add((instruction.Word & ~31u) | (uint)rt);
    }

    /// <summary>
    /// A return over one instruction, by a random SPSR: legal to the same level, legal to a lower one (then the block ends), or
    /// illegal, whereupon the next instruction is in Illegal Execution state.
    /// </summary>
    private int Return(uint word)
    {
        if (level == 0)
        {
            return Add(word);
        }

        int register = Scratch();
        bool authenticates = (word & 0x800) != 0;
        bool sign = authenticates && random.Percent(80);
        ulong spsr = Spsr(authenticates, out bool leaves, out bool illegal);
        HasLeft = leaves;
        var after = new Assembler(0);
        after.MovImm(register, spsr).Msr($"SPSR_EL{level}", register);
        uint[] set = after.Words();
        int distance = 4 * ((sign ? 2 : 1) + 1 + set.Length + 2); // PAC, MSR ELR, the SPSR, ERET, one instruction
        _words.Add(0x1000_0000u | ((uint)(distance >> 2) << 5) | (uint)register);
        if (sign)
        {
            _words.Add(0xdac1_0000u | ((word & 0x400) != 0 ? 0x400u : 0) | (31u << 5) | (uint)register); // PACIA or PACIB Xn, SP
        }

        Emit(a => a.Msr($"ELR_EL{level}", register));
        _words.AddRange(set);
        int main = Add(word);
        Emit(a => a.AddImm(register, register, 1));
        foreach (string field in illegal ? s_unknown : [])
        {
            Emit(a => a.MsrImm(field, random.Below(2)));
        }

        return main;
    }

    private ulong Spsr(bool stays, out bool leaves, out bool illegal)
    {
        ulong spsr = (random.Next() & 0xf180_13c0) | (random.Percent(12) ? 1ul << 22 : 0) | (random.Percent(10) ? IllegalState : 0);
        leaves = false;
        int kind = random.Below(10);
        illegal = kind < 2;
        if (illegal)
        {
            // Illegal: a higher level, a reserved M, EL1 under TGE.
            ulong[] modes = [0b0001, 0b0010, 0b0110, 0b1010, 0b1110, .. level < 3 ? [0b1100, 0b1101] : Array.Empty<ulong>(),
                .. level < 2 ? [0b1000, 0b1001] : Array.Empty<ulong>(), .. tge ? [0b0100, 0b0101] : Array.Empty<ulong>()];
            return spsr | random.Pick(modes);
        }

        int[] lower = [.. Enumerable.Range(0, level).Where(l => !(tge && l == 1))];
        int to = level;
        if (kind < 4 && !stays && lower.Length > 0)
        {
            to = random.Pick(lower);
            leaves = true;
        }

        return spsr | ((ulong)to << 2) | (to > 0 ? random.Next() & 1 : 0);
    }

    /// <summary>A time that is over; behind an event for WFET.</summary>
    private int Timed(uint word, bool forEvent)
    {
        int register = (int)(word & 31);
        if (register != 31)
        {
            Emit(a => a.Movz(register, 0));
        }

        return forEvent ? After(Sevl, word) : Add(word);
    }
}
