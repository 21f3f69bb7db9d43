using Conformance.Harness.Cases;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Nv2;

/// <summary>One MRS or MSR of a name in a state, and the case that follows from what it may do.</summary>
/// <remarks>
/// State that must not matter is drawn from a generator that depends on seed and id alone: PSTATE, Rt, other general
/// registers, bits of HCR_EL2, the contents of the page. The case then looks at all of it.
/// </remarks>
internal sealed partial class AccessStory
{
    /// <summary>CPTR_EL2 and CNTHCTL_EL2 with everything open, in the layouts of E2H = 1.</summary>
    internal const ulong CptrE2h = 0x0333_0000;
    internal const ulong CnthctlE2h = 0x0F03;
    private const ulong SctlrEe = 1UL << 25;
    internal const ulong PageSize = 0x1000;

    private readonly List<RegisterValue> _sets = [];
    private readonly List<(string Register, ulong Set, ulong Clear)> _changes = [];
    private readonly List<string> _rules = [];
    private readonly List<string> _needs = ["FEAT_NV2"];
    private RealRegister? _namesake;
    private bool _open;
    private bool _unexamined;

    internal AccessStory(SuiteTarget target, ulong seed, string id, NestedName name, bool write, Nvx nvx)
    {
        Target = target;
        Id = id;
        Name = name;
        Write = write;
        Nvx = nvx;
        Dice = new Dice(seed, id);
        Rt = Dice.Below(31);
        Value = Dice.Next();
        E2h = Layouts.Any(target, Dice);
        Stored = Dice.Next();
        _needs.AddRange(name.Required);
    }

    internal SuiteTarget Target { get; }
    internal string Id { get; }
    internal NestedName Name { get; }
    internal bool Write { get; }
    internal Nvx Nvx { get; }
    internal Dice Dice { get; }

    /// <summary>Level of the access.</summary>
    internal int Level { get; set; } = 1;

    /// <summary>The X register, 31 for XZR.</summary>
    internal int Rt { get; set; }

    /// <summary>What Rt holds before the access.</summary>
    internal ulong Value { get; set; }

    /// <summary>The little-endian word in the slot before the access.</summary>
    internal ulong Stored { get; set; }

    internal bool E2h { get; set; }

    /// <summary>SCTLR_EL2.EE is set.</summary>
    internal bool BigEndian { get; set; }

    /// <summary>SCTLR_EL1.EE is set, which must not matter.</summary>
    internal bool BigEndianEl1 { get; set; }

    /// <summary>VNCR_EL2.BADDR: physical address of the page.</summary>
    internal ulong Page { get; set; } = GuestMemory.Vncr;

    /// <summary>Value of VNCR_EL2 when it is not simply the page.</summary>
    internal ulong? Vncr { get; set; }

    /// <summary>EL2 is enabled in the Security state of the case.</summary>
    internal bool El2Enabled { get; set; } = true;

    internal Nvx InForce => Nvx.InForce(El2Enabled);

    /// <summary>Mnemonic as the facts write it: <c>MRS VTCR_EL2</c>.</summary>
    internal string Accessor => $"{(Write ? "MSR" : "MRS")} {Name.Name}";

    internal AccessStory Rules(params IReadOnlyList<string> ids)
    {
        _rules.AddRange(ids);
        return this;
    }

    internal AccessStory Needs(params IReadOnlyList<string> features)
    {
        _needs.AddRange(features);
        return this;
    }

    /// <summary>Gives a system register a value.</summary>
    internal AccessStory Set(string register, ulong value)
    {
        _sets.Add(new RegisterValue(register, value));
        return this;
    }

    /// <summary>Changes bits of a system register after everything else was set.</summary>
    internal AccessStory Change(string register, ulong set, ulong clear = 0)
    {
        _changes.Add((register, set, clear));
        return this;
    }

    /// <summary>
    /// What the bits mean is left open (EX-007), so an exception taken to EL1 may show EL1 or EL2 in SPSR_EL1.M and CurrentEL.
    /// </summary>
    internal AccessStory LeavesOpen()
    {
        _open = true;
        return this;
    }

    /// <summary>The register behind the slot is closed to EL3 too, so nothing is said of it.</summary>
    internal AccessStory LeavesRegisterOut()
    {
        _unexamined = true;
        return this;
    }

    /// <summary>The exception register that has the name itself keeps its value, when it is another one that is reached.</summary>
    internal AccessStory KeepsNamesake()
    {
        if (Name is { Kind: NameKind.Swapped, Name: not "TFSR_EL2" } && Target.HighestLevel == 3)
        {
            ulong stateful = Name.Name switch { "SPSR_EL2" => 0xF030_03CF, "ESR_EL2" => 0xFFFF_FFFF, _ => ulong.MaxValue };
            _namesake = new RealRegister(Name.Name, Dice.Next() & stateful, stateful, stateful);
            Set(_namesake.Name, _namesake.Base);
        }

        return this;
    }

    /// <summary>The case for the effects that are allowed.</summary>
    internal Case Build(string title, IReadOnlyList<Effect> allowed)
    {
        // A register that may be written gets only bits that do not disturb the case.
        RealRegister? real = RealRegisters.Of(Target, Name.Register);
        if (Write && allowed.Any(e => e is Effect.Register))
        {
            Value = real?.Safe(Value) ?? Baseline.Of(Name.Register);
        }

        if (Write && Rt == 31)
        {
            Value = 0;
        }

        Spsr pstate = AnyPstate();
        CaseBuilder says = CaseBuilder.Case(Id, title).Rules(_rules).Needs(_needs).Pstate(pstate);
        SetControls(says);
        real = Mark(says, real, allowed);
        says.Fill(Page, PageSize, Dice.Next(), Dice.Next() | 1);
        if (Name.HasSlot)
        {
            says.Memory(Page + (ulong)Name.Offset, Stored);
        }

        Dictionary<int, ulong> general = GeneralRegisters(says);
        says.Code(Word);
        bool[] orders = BigEndian ? Target.Features.Has("FEAT_MixedEnd") ? [true] : [true, false] : [false];
        foreach (Effect effect in allowed)
        {
            foreach (bool reversed in orders)
            {
                says.Or(Describe(effect, reversed));
                Outcome(says, effect, reversed, pstate, real, general);
            }
        }

        return says.Build();
    }

    /// <summary>The instruction: L, op0, op1, CRn, CRm, op2, Rt in bits 21, 20:19, 18:16, 15:12, 11:8, 7:5, 4:0.</summary>
    private uint Word => 0xD500_0000u | (Write ? 0 : 1u << 21) | Name.Encoding.Bits << 5 | (uint)Rt;

    /// <summary>ISS of a trapped MRS or MSR: Op0, Op2, Op1, CRn, Rt, CRm, Direction in 21:20, 19:17, 16:14, 13:10, 9:5, 4:1, 0.</summary>
    private uint Iss => (uint)(Name.Encoding.Op0 << 20 | Name.Encoding.Op2 << 17 | Name.Encoding.Op1 << 14
        | Name.Encoding.CRn << 10 | Rt << 5 | Name.Encoding.CRm << 1 | (Write ? 0 : 1));

    private void SetControls(CaseBuilder says)
    {
        ulong noise = HcrNoise.Pool(Target);
        says.Change("HCR_EL2", (Dice.Next() & noise) | Nvx.Hcr | (E2h ? Hcr.E2H : 0), noise | Nvx.Mask);
        if (E2h)
        {
            says.Set("CPTR_EL2", CptrE2h).Set("CNTHCTL_EL2", CnthctlE2h);
        }

        if ((Vncr ?? Page) is var vncr and not GuestMemory.Vncr)
        {
            says.Set("VNCR_EL2", vncr);
        }

        if (BigEndian)
        {
            says.Change("SCTLR_EL2", SctlrEe);
        }

        if (BigEndianEl1)
        {
            says.Change("SCTLR_EL1", SctlrEe);
        }

        foreach (Opening opening in Name.Openings)
        {
            says.Change(opening.Register, opening.Bits);
        }

        foreach (RegisterValue set in _sets)
        {
            says.Set(set.Name, set.Value);
        }

        foreach ((string register, ulong set, ulong clear) in _changes)
        {
            says.Change(register, set, clear);
        }
    }

    /// <summary>Gives the real register a value that differs from the slot's and from the one written; says what it must keep.</summary>
    private RealRegister? Mark(CaseBuilder says, RealRegister? real, IReadOnlyList<Effect> allowed)
    {
        switch (Name.Register)
        {
            case "HCR_EL2":
                return new RealRegister("HCR_EL2", says.Current("HCR_EL2"), 0, HcrNoise.Pool(Target) | Nvx.Mask | Hcr.RW);
            case "VNCR_EL2":
                return new RealRegister("VNCR_EL2", says.Current("VNCR_EL2"), 0, ~0xFFFUL);
            case var _ when real is null || _unexamined:
                return null;
            case "VBAR_EL1" when allowed.Any(e => Taken(e) == 1):
                return real with { Base = says.Current(real.Name), Free = 0 }; // the vectors are needed where they are
            case var _ when real.Free == 0:
                return real with { Base = says.Current(real.Name) };
            default:
                ulong value = (real with { Base = says.Current(real.Name) }).Unlike(Write ? Value : Stored);
                says.Set(real.Name, value);
                return real with { Base = value };
        }
    }

    private Dictionary<int, ulong> GeneralRegisters(CaseBuilder says)
    {
        Dictionary<int, ulong> general = [];
        int first = Dice.OneIn(3) ? 0 : Dice.Below(27);
        int last = first == 0 ? 30 : first + 3;
        for (int n = first; n <= last; n++)
        {
            general[n] = Dice.Next();
        }

        if (Rt < 31)
        {
            general[Rt] = Value;
        }

        foreach ((int n, ulong value) in general)
        {
            says.X(n, value);
        }

        return general;
    }

    private Spsr AnyPstate()
    {
        const ulong Free = Spsr.Nzcv | Spsr.Daif | Spsr.Pan | Spsr.Uao | Spsr.Dit | Spsr.Ssbs;
        ulong bits = Dice.Next();
        return new Spsr(bits & Free & Spsr.Implemented(Target.Features))
            .With((ulong)Level << 2).With(Spsr.Sp, Level > 0 && (bits & Spsr.Sp) != 0);
    }
}
