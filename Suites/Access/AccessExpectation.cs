using Conformance.Harness.Cases;
using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Conditions;

namespace Conformance.Suites.Access;

/// <summary>Turns a leaf into what a device must show: the oracle of the suite.</summary>
/// <remarks>
/// Sources: the leaf notation of the access facts; EX-063 for M[3:2] under NV; Arm Architecture Registers for the syndromes
/// and PSTATE layouts. It knows nothing of any implementation.
/// </remarks>
internal sealed class AccessExpectation(AccessSetup setup)
{
    private static readonly Condition s_el2Enabled = ConditionParser.Parse("EL2en");
    private static readonly Condition s_toEl2 = ConditionParser.Parse("EL2en & HCR_EL2.TGE=1");

    /// <summary>PSTATE fields by name: where they are in the SPSR layout.</summary>
    private static readonly Dictionary<string, (int Lsb, int Width)> s_pstate = new(StringComparer.Ordinal)
    {
        ["N"] = (31, 1),
        ["Z"] = (30, 1),
        ["C"] = (29, 1),
        ["V"] = (28, 1),
        ["TCO"] = (25, 1),
        ["DIT"] = (24, 1),
        ["UAO"] = (23, 1),
        ["PAN"] = (22, 1),
        ["ALLINT"] = (13, 1),
        ["SSBS"] = (12, 1),
        ["D"] = (9, 1),
        ["A"] = (8, 1),
        ["I"] = (7, 1),
        ["F"] = (6, 1),
        ["EL"] = (2, 2),
        ["SP"] = (0, 1),
        ["PM"] = (32, 1),
    };

    /// <summary>The allowed outcomes of a leaf; more than one where it is CONSTRAINED UNPREDICTABLE.</summary>
    internal IEnumerable<Outcome> Outcomes(Leaf leaf) => leaf switch
    {
        Leaf.ConstrainedUnpredictable => [Completed("completes", []), Undefined(), .. TrapToEl2()],
        _ when setup.Accessor is { Op: "DC", Name: "ZVA" or "GVA" or "GZVA" } && leaf is Leaf.Operation => [Outcome(leaf), DeviceMemoryFault()],
        _ => [Outcome(leaf)],
    };

    /// <summary>
    /// With the MMU off data is Device memory, and zeroing a block or setting tags there can give an Alignment fault
    /// (ISA DC ZVA): DFSC 0x21, WnR 1, and CM 0, since these are not cache maintenance.
    /// </summary>
    private Outcome DeviceMemoryFault()
    {
        const ulong writeAlignment = 0x0200_0061;
        int target = setup.Level > 0 ? setup.Level : Holds(s_toEl2) ? 2 : 1;
        Outcome fault = Exception("Alignment fault of Device memory", target, target > setup.Level ? 0x24 : 0x25);
        ulong esr = ((target > setup.Level ? 0x24UL : 0x25UL) << 26) | writeAlignment;
        return fault with
        {
            Fields = [.. fault.Fields.Where(f => f.Field != FieldNames.Esr), new(FieldNames.Esr, esr), new(FieldNames.Far, setup.Operand)],
        };
    }

    private Outcome Outcome(Leaf leaf) => leaf switch
    {
        Leaf.Undefined => Undefined(),
        Leaf.Trap trap => Exception($"trap to EL{trap.Level}, EC 0x{trap.Class:x2}", trap.Level, trap.Class),
        Leaf.Memory memory => Memory(memory),
        Leaf.ReadRegister read => Read(read),
        Leaf.WriteRegister write => Write(write),
        Leaf.ReadCounter read => Completed("reads the count", CountOffset(read.Offset) is { } off ? [X(0 - off, Clocks.Top)] : []),
        Leaf.WriteTimerValue write => Completed($"writes {write.Compare}", TimerValue(write)),
        Leaf.ReadPstate read => Completed("reads PSTATE", [X(PstateValue(read.Fields, setup.Pstate) << read.Shift, ulong.MaxValue)]),
        Leaf.WritePstate write => Completed("writes PSTATE", [], WrittenPstate(write)),
        Leaf.Constant { Value: { } value } => Completed("reads a constant", [X(value, ulong.MaxValue)]),
        Leaf.Operation when Instructions.IsReturn(setup.Accessor) => Completed("returns", [], setup.Returned),
        _ => Completed("completes", []),
    };

    private Outcome Undefined() => Exception("UNDEFINED", setup.Level > 0 ? setup.Level : Holds(s_toEl2) ? 2 : 1, 0);

    private IEnumerable<Outcome> TrapToEl2() =>
        setup.Level < 2 && Holds(s_el2Enabled) ? [Exception("trap to EL2, EC 0x18", 2, 0x18)] : [];

    private Outcome Exception(string name, int target, int exceptionClass)
    {
        List<FieldExpectation> fields =
        [
            new(FieldNames.Target, (ulong)target),
            new(FieldNames.Vector, target > setup.Level ? 0x400UL : setup.Pstate.Has(Spsr.Sp) ? 0x200UL : 0x000UL),
            new(FieldNames.Elr, setup.Address + (IsCalled(target, exceptionClass) ? 4UL : 0)),
            new(FieldNames.Spsr, SavedPstate(target)),
        ];
        if (Syndrome.Of(exceptionClass, setup.Word) is { } esr)
        {
            fields.Add(new(FieldNames.Esr, esr));
        }

        if (setup.IsRead)
        {
            fields.Add(X(setup.Operand, ulong.MaxValue));
            if (setup.Accessor.IsWide)
            {
                fields.Add(new(FieldNames.General(setup.Rt + 1), setup.SecondOperand));
            }
        }
        else
        {
            fields.AddRange(Unchanged(target));
        }

        return new Outcome(name, fields);
    }

    /// <summary>True if the call is made, and so returns behind itself; a trapped SMC returns to itself (EX-158).</summary>
    private bool IsCalled(int target, int exceptionClass) =>
        Instructions.IsCall(setup.Accessor) && (exceptionClass == 0x16 || (exceptionClass == 0x17 && target == 3));

    /// <summary>EX-063: an exception from EL1 to EL1 under NV is reported as from EL2, except for {NV,NV1,NV2} = {1,1,0}.</summary>
    private ulong SavedPstate(int target)
    {
        ArchState state = setup.State;
        bool nv = setup.Target.Implementation.Features.Has("FEAT_NV") && Holds(s_el2Enabled) && state["HCR_EL2.NV"] == 1;
        bool plainNv1 = state["HCR_EL2.NV1"] == 1 && state["HCR_EL2.NV2"] == 0;
        return setup.Level == 1 && target == 1 && nv && !plainNv1 ? setup.Pstate.WithLevel(2) : setup.Pstate;
    }

    private Outcome Memory(Leaf.Memory memory)
    {
        ulong address = GuestMemory.Vncr + (ulong)memory.Offset + ((ulong)memory.Stride * (ulong)setup.Index);
        List<FieldExpectation> fields = [new(FieldNames.Changed(GuestMemory.Vncr, AccessSetup.VncrSize), 0)];
        fields.Add(setup.IsRead
            ? X(AccessSetup.VncrWord(address), ulong.MaxValue)
            : new FieldExpectation(FieldNames.Memory(address), setup.Operand));
        return Completed($"{(setup.IsRead ? "loads from" : "stores to")} VNCR_EL2.BADDR + 0x{address - GuestMemory.Vncr:x}", [.. fields, .. Unchanged(0)]);
    }

    private Outcome Read(Leaf.ReadRegister read)
    {
        string register = read.Register.Architectural(setup.Index);
        if (register is "RNDR" or "RNDRRS")
        {
            return Completed($"reads {register}", [], changes: Spsr.Nzcv); // NZCV says whether the number is one
        }

        return read.Register.View is null && setup.Known(register) is var (value, compare) && compare != 0
            ? Completed($"reads {register}", [X(value, compare)])
            : Completed($"reads {register}", []);
    }

    private Outcome Write(Leaf.WriteRegister write)
    {
        string register = write.Register.Architectural(setup.Index);
        if (register == "OSLAR_EL1")
        {
            const ulong lockBit = 1UL << 1; // OSLSR_EL1.OSLK is OSLAR_EL1.OSLK
            return Completed("writes OSLAR_EL1", [new FieldExpectation("OSLSR_EL1", setup.Operand << 1 & lockBit, lockBit)]);
        }

        return write is { MaskedBy: null, Register.View: null } && setup.Writable(register) is var compare && compare != 0
            ? Completed($"writes {register}", [new FieldExpectation(
                setup.ReadBack >= 0 ? FieldNames.General(setup.ReadBack) : register, setup.Operand & compare, compare)])
            : Completed($"writes {register}", []);
    }

    /// <summary>The highest byte of a compare value that is a while ahead of the count.</summary>
    private IEnumerable<FieldExpectation> TimerValue(Leaf.WriteTimerValue write)
    {
        const ulong sign = 1UL << 31;
        return setup.CanSee(write.Compare) && (setup.Operand & sign) == 0 && CountOffset(write.Offset) is { } offset
            ? [new FieldExpectation(write.Compare, (0 - offset) & Clocks.Top, Clocks.Top)]
            : [];
    }

    /// <summary>What is taken off the physical count; null if it is not known, or not a matter of the highest byte alone.</summary>
    private ulong? CountOffset(string? register) => register is null ? 0
        : setup.Known(register) is (var value, ulong.MaxValue) && (value & ~Clocks.Top) == 0 ? value
        : null;

    /// <summary>The register behind the name keeps its value, unless an exception to <paramref name="target"/> writes it.</summary>
    private IEnumerable<FieldExpectation> Unchanged(int target)
    {
        if (setup.IsRead || setup.Natural is not { } natural || AccessSetup.IsWrittenByExceptions(natural, target))
        {
            return [];
        }

        return setup.Known(natural) is var (value, compare) && compare != 0 && setup.CanSee(natural)
            ? [new FieldExpectation(natural, value & compare, compare)]
            : [];
    }

    private Outcome Completed(string name, IEnumerable<FieldExpectation> fields, Spsr? pstate = null, ulong changes = 0)
    {
        ulong mask = setup.Target.StatusMask & ~changes;
        return new Outcome(
            name, [new(FieldNames.Target, 0), new(FieldNames.Pstate, (pstate ?? setup.Pstate) & mask, mask), .. fields]);
    }

    private FieldExpectation X(ulong value, ulong mask) => new(FieldNames.General(setup.Rt), value & mask, mask);

    private static ulong PstateValue(IReadOnlyList<string> fields, Spsr pstate) =>
        fields.Aggregate(0UL, (value, field) =>
        {
            (int lsb, int width) = s_pstate[field];
            return value << width | (pstate >> lsb & ((1UL << width) - 1));
        });

    private Spsr WrittenPstate(Leaf.WritePstate write)
    {
        ulong mask = write.Fields.Aggregate(0UL, (m, f) => m | 1UL << s_pstate[f].Lsb);
        ulong operand = setup.Accessor.Op == "MSRi" ? (ulong)setup.Immediate : setup.Operand >> write.Shift;

        // The fields of one write are adjacent in the operand and in the SPSR layout; the last one is the lowest bit.
        ulong placed = operand << s_pstate[write.Fields[^1]].Lsb & mask;
        return write.Update switch
        {
            PstateUpdate.Set => setup.Pstate.With(placed),
            PstateUpdate.Clear => setup.Pstate.Without(placed),
            _ => setup.Pstate.WithFrom(placed, mask),
        };
    }

    private bool Holds(Condition condition) => condition.Holds(setup.State, setup.Level, setup.Index);
}
