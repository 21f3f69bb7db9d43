using Conformance.Harness.Cases;
using Conformance.Harness.Lockstep;
using Conformance.Harness.Programs;
using Conformance.Harness.Spec.Instructions;

namespace Conformance.Suites.Instructions.Recording;

/// <summary>Makes instructions with a random state in which they show what they do: vectors without an outcome.</summary>
internal sealed class VectorMaker(EncodingPool pool, Func<string, bool> has, SplitMix random)
{
    private const int Tries = 200;
    private const int MainOffset = (int)(VectorCase.Pc - GuestMemory.Code);
    private const int None = 31;
    private const ulong Canonical = 0x7f_ffff_fff0; // below 39 bits: a pointer of the lower half
    private const ulong BaseOffset = 0x800;

    private readonly List<uint> _before = [];
    private readonly List<uint> _after = [];
    private readonly SortedDictionary<int, ulong> _general = [];
    private readonly SortedSet<int> _vectors = [];
    private readonly List<VectorField> _system = [];

    /// <summary>V registers that may be changed by the last vector.</summary>
    internal IReadOnlyCollection<int> Vectors => _vectors;

    /// <summary>A vector, or null when no word of the encoding was found that can be compared.</summary>
    /// <param name="encoding">Its encoding.</param>
    /// <param name="level">The level it runs at, if the encoding can run there.</param>
    /// <param name="faults">The access shall abort.</param>
    internal InstructionVector? Make(InstructionEncoding encoding, int level, bool faults)
    {
        for (int i = 0; i < Tries; i++)
        {
            _before.Clear();
            _after.Clear();
            _general.Clear();
            _vectors.Clear();
            _system.Clear();
            InstructionPattern pattern = encoding.Pattern;
            uint word = Narrowed(encoding, pattern.Value | pattern.ShouldValue | ((uint)random.Next() & ~(pattern.Mask | pattern.Should)));
            if (pool.IsComparable(word, out InstructionEncoding? found, out bool executes) && found == encoding && (executes || i > Tries / 2)
                && Whole(word, encoding, level, faults) is { } vector)
            {
                return vector;
            }
        }

        return null;
    }

    /// <summary>Offsets small enough for the window, targets over one instruction.</summary>
    private uint Narrowed(InstructionEncoding encoding, uint word) => encoding.Group switch
    {
        "ldst.loadlit" => With(word, encoding, "imm19", 2),
        "ldst.ldst_pac" => With(With(word, encoding, "S", 0), encoding, "imm9", (uint)random.Below(64)),
        "control.branch_imm" => With(word, encoding, "imm26", 2),
        "control.condbranch" or "control.compbranch" => With(word, encoding, "imm19", 2),
        "control.testbranch" => With(word, encoding, "imm14", 2),
        _ when encoding.Group.StartsWith("ldst.", StringComparison.Ordinal) && encoding.Pattern.Find("imm12") is { } => With(word, encoding, "imm12", (uint)random.Below(64)),
        _ => word,
    };

    private InstructionVector? Whole(uint word, InstructionEncoding encoding, int level, bool faults)
    {
        bool memory = encoding.Group.StartsWith("ldst.", StringComparison.Ordinal);
        bool signs = encoding.Needs is { } needs && needs.Features.Contains("FEAT_PAuth");
        level = signs ? 0 : level;
        Registers(word, encoding);
        int spare = Enumerable.Range(0, 28).Reverse().First(n => !_general.ContainsKey(n));
        if (level == 1 && encoding.Pattern.Fields.Any(f => f.Name is "Rn" or "Rd" && f.Width == 5 && f.Of(word) == None))
        {
            return null; // SP of EL1 is not seen from EL1
        }

        foreach (int n in _general.Keys.ToArray())
        {
            _general[n] = signs ? random.Next() & Canonical : RandomState.General(random);
        }

        if (signs)
        {
            Keys();
        }

        if (memory && !Memory(word, encoding, spare, faults ? level : -1))
        {
            return null;
        }

        if (encoding.Group.StartsWith("control.", StringComparison.Ordinal))
        {
            Branch(word, encoding, spare);
        }
        else if (encoding.Mnemonic.StartsWith("AUT", StringComparison.Ordinal))
        {
            _before.Add(word & ~0x1000u);
        }

        if (_vectors.Count > 0 && !memory)
        {
            _system.Add(new VectorField("FPCR", RandomState.Fpcr(random)));
            _system.Add(new VectorField("FPSR", 0));
        }

        return new InstructionVector
        {
            Encoding = encoding.Name,
            Needs = [.. (encoding.Needs?.Features ?? []).Select(f => has(f) ? f : $"!{f}"), .. signs ? ["FEAT_PACQARMA5"] : (string[])[]],
            Code = [.. _before, word, .. _after],
            Main = _before.Count,
            Pstate = Spsr.At(level).Value | (random.Next() & Spsr.Nzcv),
            Base = spare,
            State =
            [
                .. _general.Select(g => new VectorField(FieldNames.General(g.Key), g.Value)),
                .. _vectors.Select(v => new VectorField($"V{v}", RandomState.Vector(random), RandomState.Vector(random))),
                .. _system,
            ],
            Outcome = [],
        };
    }

    /// <summary>The registers that the word names, or means without naming them.</summary>
    private void Registers(uint word, InstructionEncoding encoding)
    {
        bool simd = encoding.Class is "float" or "advsimd" or "fpsimd";
        bool memory = encoding.Group.StartsWith("ldst.", StringComparison.Ordinal);
        int more = encoding.Mnemonic is "CASP" or "CASPA" or "CASPAL" or "CASPL" ? 1 : 0;
        foreach (InstructionField field in encoding.Pattern.Fields.Where(f => f.Name[0] == 'R' && f.Width is 4 or 5))
        {
            int n = (int)field.Of(word);
            bool address = memory && field.Name is "Rn" or "Rm";
            bool both = simd && (encoding.Group.Contains("2int", StringComparison.Ordinal) || encoding.Group.Contains("2fix", StringComparison.Ordinal)
                || encoding.Group.Contains("asimdins", StringComparison.Ordinal));
            if ((!simd || address || both) && n != None)
            {
                _general[n] = 0;
                if (more > 0 && field.Name is "Rs" or "Rt" && n + 1 != None)
                {
                    _general[n + 1] = 0;
                }
            }

            if (simd && !address)
            {
                int count = encoding.Group.Contains("asisdl", StringComparison.Ordinal) || (encoding.Group == "simd_dp.asimdtbl" && field.Name == "Rn") ? 4 : 1;
                for (int i = 0; i < count; i++)
                {
                    _vectors.Add((n + i) % 32);
                }

                if (field.Width == 4)
                {
                    _vectors.Add(n + 16);
                }
            }
        }

        if (encoding.Group is "control.hints" or "control.branch_reg")
        {
            _general[16] = _general[17] = 0;
        }

        if (encoding.Group is "control.hints" or "control.branch_reg" or "control.branch_imm")
        {
            _general[30] = 0;
        }
    }

    private void Keys()
    {
        foreach (string key in (string[])["APIAKey", "APIBKey", "APDAKey", "APDBKey", "APGAKey"])
        {
            _system.Add(new VectorField($"{key}Lo_EL1", random.Next()));
            _system.Add(new VectorField($"{key}Hi_EL1", random.Next()));
        }

        const ulong Enables = (3ul << 30) | (1ul << 27) | (1ul << 13);
        _system.Add(new VectorField("SCTLR_EL1", Baseline.Of("SCTLR_EL1") | Enables));
        _system.Add(new VectorField("TCR_EL1", VectorCase.Tcr));
    }

    /// <param name="word">The instruction.</param>
    /// <param name="encoding">Its encoding.</param>
    /// <param name="spare">A register that it does not use.</param>
    /// <param name="fault">The level at which the access shall abort; -1 if it shall not.</param>
    private bool Memory(uint word, InstructionEncoding encoding, int spare, int fault)
    {
        // The window turns the MMU on, which sets this register itself.
        var fill = new VectorField(VectorCase.Fill, random.Next(), random.Next() | 1);
        _system.RemoveAll(s => s.Name == "TCR_EL1");
        _system.Add(fill);
        bool storeExclusive = encoding.Group.StartsWith("ldst.ldstexcl", StringComparison.Ordinal) && (word & 0x0040_0000) == 0;
        if (encoding.Group == "ldst.loadlit")
        {
            // B over four words, which are what is loaded.
            _after.AddRange([0x1400_0005, (uint)random.Next(), (uint)random.Next(), (uint)random.Next(), (uint)random.Next()]);
            return true;
        }

        if (encoding.Pattern.Find("Rn") is not { Width: 5 } field)
        {
            return true;
        }

        int register = (int)field.Of(word);
        ulong offset = BaseOffset + (random.Percent(75) ? (ulong)random.Below(16) * 16 : (ulong)random.Below(256));
        ulong address = fault < 0 ? VectorCase.Window + offset : Faulting(offset, fault, register != None);
        if (register == None)
        {
            address &= ~15ul;
            _system.Add(new VectorField("SP_EL0", address));
        }
        else
        {
            _general[register] = address;
        }

        if (encoding.Pattern.Find("Rm") is { Width: 5 } index && index.Of(word) is not None and var m)
        {
            if (m == register)
            {
                return false;
            }

            if (!encoding.Group.Contains("comswap", StringComparison.Ordinal))
            {
                _general[(int)m] = (ulong)random.Below(64);
            }
        }

        if (encoding.Group == "ldst.ldst_pac" && register != None)
        {
            _before.Add(0xdac1_2be0u | ((word & 0x0080_0000) != 0 ? 0x400u : 0) | (uint)register); // PACDZA, PACDZB
        }

        if (encoding.Mnemonic.StartsWith("CAS", StringComparison.Ordinal) && random.Percent(60))
        {
            Compared(word, encoding, fill, offset);
        }

        if (storeExclusive)
        {
            int[] free = [.. Enumerable.Range(0, 28).Where(n => n != spare && !_general.ContainsKey(n)).Take(2)];
            bool pair = (word & 0x0020_0000) != 0;
            _before.Add(random.Percent(25) ? 0xd503_3f5f // CLREX
                : (word & ~0x001f_7c1fu) | 0x0040_0000 | 0x001f_0000 | (uint)free[0] | ((pair ? (uint)free[1] : None) << 10));
        }

        return true;
    }

    /// <summary>An address whose access aborts: misaligned, not translated at one of three levels, or not permitted.</summary>
    private ulong Faulting(ulong offset, int level, bool mayBeMisaligned)
    {
        int kind = random.Below(level == 0 ? 5 : 4);
        if (kind == 0 && mayBeMisaligned)
        {
            _system.Add(new VectorField(VectorCase.Alignment, 1));
            return VectorCase.Window + (offset | 1);
        }

        _system.Add(new VectorField(VectorCase.Faults, 1));
        return offset + kind switch
        {
            1 => 1ul << 39,                                       // beyond what TCR_EL1.T0SZ lets through
            2 => GuestMemory.RamBase + GuestMemory.RamSize,       // level 2
            4 => GuestMemory.RamBase + (GuestMemory.RamSize / 2), // EL1's
            _ => 0x10_0000,                                       // level 1
        };
    }

    /// <summary>What CAS and CASP compare is what memory holds.</summary>
    private void Compared(uint word, InstructionEncoding encoding, VectorField fill, ulong offset)
    {
        ulong At(ulong bytes) => fill.Low + (fill.High * (bytes / 8));
        int compared = (int)((word >> 16) & 31);
        bool pair = encoding.Group.StartsWith("ldst.comswappr", StringComparison.Ordinal);
        bool wide = (word & 0x4000_0000) != 0;
        if (compared < 30 && (compared + (pair ? 1 : 0)) < 31 && (int)((word >> 5) & 31) != compared && (!pair || (int)((word >> 5) & 31) != compared + 1))
        {
            _general[compared] = At(offset);
            if (pair)
            {
                _general[compared + 1] = wide ? At(offset + 8) : At(offset) >> 32;
            }
        }
    }

    /// <summary>Behind the instruction one that shows whether it was executed; registers hold its address or the one behind it.</summary>
    private void Branch(uint word, InstructionEncoding encoding, int spare)
    {
        _after.Add(new Assembler(0).AddImm(spare, spare, 1).Words()[0]);
        if (encoding.Group == "control.branch_reg")
        {
            bool returns = encoding.Mnemonic.StartsWith("RETA", StringComparison.Ordinal);
            int register = returns ? 30 : (int)((word >> 5) & 31);
            if (register != None)
            {
                _general[register] = GuestMemory.Code + MainOffset + 8;
            }

            if (encoding.Mnemonic is not ("BR" or "BLR" or "RET") && register != None)
            {
                bool keyB = (word & 0x400) != 0;
                int modifier = returns ? None : (word & 0x0100_0000) != 0 ? (int)(word & 31) : -1;
                uint pac = modifier < 0 ? 0xdac1_23e0u | (keyB ? 0x400u : 0) : 0xdac1_0000u | (keyB ? 0x400u : 0) | ((uint)modifier << 5);
                _before.Add(pac | (uint)register);
            }
        }
        else if (encoding.Group == "control.hints" && encoding.Mnemonic.StartsWith("AUT", StringComparison.Ordinal))
        {
            _before.Add(word & ~0x80u); // the PAC instruction of the same operands
        }
    }

    private static uint With(uint word, InstructionEncoding encoding, string name, uint value)
    {
        InstructionField field = encoding.Pattern.Find(name) ?? throw new InvalidOperationException($"{encoding.Name} has no field {name}.");
        uint mask = (uint)(((1ul << field.Width) - 1) << field.Lsb);
        return (word & ~mask) | ((value << field.Lsb) & mask);
    }
}
