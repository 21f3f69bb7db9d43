using Conformance.Harness.Programs;
using Conformance.Harness.Spec.Instructions;
using Layout = Conformance.Harness.Lockstep.Guest.LockstepLayout;

namespace Conformance.Harness.Lockstep;

/// <summary>Puts around a random instruction what makes it meaningful: an address in the window, a target in the block.</summary>
/// <param name="random">The source of choices.</param>
/// <param name="mapped">There is an MMU, and nothing behind the window.</param>
/// <param name="system">Makes the steps of system instructions.</param>
internal sealed class StepMaker(SplitMix random, bool mapped, SystemSteps system)
{
    private const uint LiteralLoadX = 0x5800_0000;
    private const uint LiteralLoadQ = 0x9c00_0000;
    private const ulong Beyond = 0x0b00_0000; // nothing is there: an External abort

    private readonly List<uint> _words = new(16);

    /// <summary>Makes the step.</summary>
    /// <param name="word">The instruction, with random fields.</param>
    /// <param name="encoding">Its encoding.</param>
    /// <param name="offset">Bytes from the start of the slot to the step.</param>
    /// <returns>Null when the fields do not fit what the step needs; another word may.</returns>
    internal LockstepStep? Make(uint word, InstructionEncoding encoding, int offset)
    {
        _words.Clear();
        string group = encoding.Group;
        if (group == "ldst.loadlit")
        {
            return Single(With(word, encoding, "imm19", (uint)(random.Below(16) - 8)), encoding);
        }

        if (group.StartsWith("ldst.", StringComparison.Ordinal))
        {
            return Memory(word, encoding);
        }

        switch (group)
        {
            case "control.branch_imm":
                return Branch(With(word, encoding, "imm26", 2), encoding);
            case "control.condbranch" or "control.compbranch":
                return Branch(With(word, encoding, "imm19", 2), encoding);
            case "control.testbranch":
                return Branch(With(word, encoding, "imm14", 2), encoding);
            case "control.branch_reg":
                return encoding.Mnemonic.StartsWith("ERET", StringComparison.Ordinal) ? system.Make(word, encoding) : Indirect(word, encoding);
            case "control.systemmove" or "control.systeminstrs" or "control.systeminstrswithreg":
                return system.Make(word, encoding);
            case "control.hints" when encoding.Mnemonic is "WFE" or "WFI":
                return system.Make(word, encoding);
            default:
                Refresh(encoding, word, offset);
                return Single(word, encoding);
        }
    }

    private LockstepStep Single(uint word, InstructionEncoding encoding)
    {
        _words.Add(word);
        return new LockstepStep([.. _words], _words.Count - 1, encoding);
    }

    /// <summary>Loads sources from the block's constants now and then: chains of random operations end in NaNs and zeros.</summary>
    private void Refresh(InstructionEncoding encoding, uint word, int offset)
    {
        bool vector = encoding.Class is "float" or "advsimd" or "fpsimd";
        foreach (string name in (string[])["Rn", "Rm", "Ra", "Rd"])
        {
            if (encoding.Pattern.Find(name) is { Width: 5 } field && random.Percent(vector ? 40 : 10))
            {
                int register = (int)field.Of(word);
                int at = random.Below(BlockEncoder.PoolBytes / 16) * 16;
                int distance = (at - (offset + (_words.Count * 4))) / 4;
                uint literal = ((uint)distance & 0x7_ffff) << 5;
                if (vector)
                {
                    _words.Add(LiteralLoadQ | literal | (uint)register);
                }
                else if (register != 31)
                {
                    _words.Add(LiteralLoadX | literal | (uint)register);
                }
            }
        }
    }

    /// <summary>A branch over one instruction, so that it shows whether it is taken.</summary>
    private LockstepStep Branch(uint word, InstructionEncoding encoding)
    {
        _words.Add(word);
        int main = _words.Count - 1;
        _words.Add(Filler());
        return new LockstepStep([.. _words], main, encoding);
    }

    private uint Filler()
    {
        int register = random.Below(31);
        return Emit(a => a.AddImm(register, register == 31 ? 0 : register, random.Below(4096)));
    }

    /// <summary>A branch to an address in a register: over one instruction, to a misaligned address, or to nothing.</summary>
    private LockstepStep Indirect(uint word, InstructionEncoding encoding)
    {
        bool authenticates = encoding.Mnemonic is not ("BR" or "BLR" or "RET");
        bool returns = encoding.Mnemonic.StartsWith("RETA", StringComparison.Ordinal);
        int register = returns ? 30 : (int)((word >> 5) & 31);
        if (register == 31)
        {
            // XZR: a fetch from address 0, where boards differ.
            return Single(0xd503_201f, encoding);
        }

        int kind = random.Below(10);
        bool sign = authenticates && random.Percent(70);
        if (kind == 0)
        {
            _words.Add(Emit(a => a.Movz(register, (int)(Beyond >> 16), 16)));
        }
        else
        {
            int distance = (sign ? 4 : 3) * 4; // over: ADR, PAC, the branch, one more
            int target = kind == 1 ? distance + 1 + random.Below(3) : distance;
            _words.Add(0x1000_0000 | ((uint)(target & 3) << 29) | ((uint)(target >> 2) << 5) | (uint)register);
        }

        if (sign)
        {
            bool keyB = (word & 0x400) != 0;
            int modifier = returns ? 31 : (word & 0x0100_0000) != 0 ? (int)(word & 31) : -1;
            uint pac = modifier < 0 ? 0xdac1_23e0u | (keyB ? 0x400u : 0) : 0xdac1_0000u | (keyB ? 0x400u : 0) | ((uint)modifier << 5);
            _words.Add(pac | (uint)register);
        }

        _words.Add(word);
        int main = _words.Count - 1;
        _words.Add(Filler());
        return new LockstepStep([.. _words], main, encoding);
    }

    private LockstepStep? Memory(uint word, InstructionEncoding encoding)
    {
        InstructionPattern pattern = encoding.Pattern;
        if (pattern.Find("Rn") is not { Width: 5 } baseField)
        {
            return Single(word, encoding);
        }

        int register = (int)baseField.Of(word);
        if (pattern.Find("imm12") is not null)
        {
            word = With(word, encoding, "imm12", (uint)random.Below(64));
        }

        if (encoding.Group == "ldst.ldst_pac")
        {
            word = With(word, encoding, "S", 0);
            word = With(word, encoding, "imm9", (uint)random.Below(64));
        }

        int index = -1;
        if (encoding.Group == "ldst.ldst_regoff")
        {
            index = (int)((word >> 16) & 31);
            if (index == register)
            {
                return null;
            }

            if (index != 31)
            {
                int value = random.Below(64);
                bool negative = random.Percent(20);
                int target = index;
                _words.Add(Emit(a => negative ? a.Word(0x9280_0000 | ((uint)value << 5) | (uint)target) : a.Movz(target, value)));
            }
        }

        bool storeExclusive = encoding.Group.StartsWith("ldst.ldstexcl", StringComparison.Ordinal) && (word & 0x0040_0000) == 0;
        bool several = encoding.Group.Contains("pair", StringComparison.Ordinal) || encoding.Group.StartsWith("ldst.asisdl", StringComparison.Ordinal);
        Base(register, index, storeExclusive, several);
        if (encoding.Group == "ldst.ldst_pac" && register != 31 && random.Percent(70))
        {
            _words.Add(0xdac1_2be0u | ((word & 0x0080_0000) != 0 ? 0x400u : 0) | (uint)register); // PACDZA or PACDZB
        }

        if (encoding.Group.StartsWith("ldst.comswap", StringComparison.Ordinal))
        {
            Compared(word, register);
        }

        if (storeExclusive && !Exclusive(word, register))
        {
            return null;
        }

        return Single(word, encoding);
    }

    /// <summary>The base register gets an address in the window, mostly aligned, seldom one where nothing is.</summary>
    /// <param name="register">The base register.</param>
    /// <param name="except">A register that must keep its value; -1 for none.</param>
    /// <param name="good">
    /// The access must not abort: whether a Store-Exclusive checks the monitor or the access first is IMPLEMENTATION DEFINED.
    /// </param>
    /// <param name="several">
    /// Several registers are transferred: where an abort comes in the middle, those before it may be changed or not.
    /// </param>
    private void Base(int register, int except, bool good, bool several)
    {
        int holder = register;
        if (register == 31)
        {
            do
            {
                holder = random.Below(31);
            }
            while (holder == except);
        }

        int offset = 0x600 + random.Below(0x400);
        if (mapped && !several && random.Percent(3))
        {
            offset = Layout.WindowSize - 1 - random.Below(32); // into the page behind
        }

        offset = good || random.Percent(75) ? offset & ~15 : offset;
        bool nothing = !good && random.Percent(2);
        ulong page = (nothing ? Beyond : Layout.Window) >> 16;
        _words.Add(Emit(a => a.Movz(holder, (int)page, 16)));
        _words.Add(Emit(a => a.Movk(holder, offset)));
        if (register == 31)
        {
            _words.Add(Emit(a => a.MovSp(31, holder)));
        }
    }

    /// <summary>Loads what CAS compares, so that it succeeds half of the time.</summary>
    private void Compared(uint word, int register)
    {
        int compared = (int)((word >> 16) & 31);
        bool pair = (word & 0x0080_0000) == 0;
        if (!random.Percent(50) || compared == register || compared + (pair ? 1 : 0) >= 31 || (pair && compared + 1 == register))
        {
            return;
        }

        bool wide = (word & 0x4000_0000) != 0;
        _words.Add(pair
            ? Emit(a => wide ? a.Ldp(compared, compared + 1, register) : a.LdpW(compared, compared + 1, register))
            : Emit(a => a.Ldr(compared, register)));
    }

    /// <summary>A Store-Exclusive follows its Load-Exclusive, or a CLREX: which of other pairs succeed is left open.</summary>
    private bool Exclusive(uint word, int register)
    {
        if (random.Percent(25))
        {
            _words.Add(0xd503_3f5f);
            return true;
        }

        bool pair = (word & 0x0020_0000) != 0;
        uint first = (uint)random.Below(31);
        uint second = (uint)random.Below(31);
        if (first == register || second == register || (pair && first == second))
        {
            return false;
        }

        uint load = (word & ~0x001f_7c1fu) | 0x0040_0000 | 0x001f_0000 | first | ((pair ? second : 31u) << 10);
        _words.Add(load);
        return true;
    }

    private static uint Emit(Func<Assembler, Assembler> emit) => emit(new Assembler(0)).Words()[0];

    private static uint With(uint word, InstructionEncoding encoding, string name, uint value)
    {
        InstructionField field = encoding.Pattern.Find(name) ?? throw new InvalidOperationException($"{encoding.Name} has no field {name}.");
        uint mask = (uint)(((1ul << field.Width) - 1) << field.Lsb);
        return (word & ~mask) | ((value << field.Lsb) & mask);
    }
}
