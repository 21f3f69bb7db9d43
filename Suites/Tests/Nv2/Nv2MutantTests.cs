using System.Buffers.Binary;
using Conformance.Harness.Cases;
using Conformance.Suites.Nv2;

namespace Conformance.Suites.Tests.Nv2;

/// <summary>Devices that are wrong in one way each, and the suite that notices (law 3: no check that cannot fail).</summary>
public class Nv2MutantTests
{
    private const ulong Nv2 = 1UL << 45;
    private const ulong Nv1 = 1UL << 43;
    private const ulong Nv = 1UL << 42;
    private const ulong Ee = 1UL << 25;

    /// <summary>The cases of the profile; of the many values that go through each slot a few, to keep the tests fast.</summary>
    private static readonly Lazy<IReadOnlyList<Case>> s_cases = new(() =>
        [.. new Nv2Suite().Generate(Nv2Targets.Profile, 1).Where((c, i) => !Nv2Targets.IsValueCase(c, "bytes", "high-half", "any-0") && (i % 2 == 0 || IsOfSmallGroup(c)))]);

    [Fact]
    public void A_device_that_does_what_the_oracle_says_passes_every_case()
    {
        Judgement[] judgements = Judged(_ => false, out _);

        judgements.ShouldAllBe(j => j.Verdict == Verdict.Pass);
    }

    /// <summary>Name of the fault, what such a device shows, and how many in a hundred of the cases it touches must fail.</summary>
    /// <remarks>Less than all where a value hides the fault, or the register has IMPLEMENTATION DEFINED contents.</remarks>
    private static readonly Dictionary<string, (Func<Echo, bool> Fault, int Percent)> s_mutants = new(StringComparer.Ordinal)
    {
        ["uses the slot of the register behind"] = (e => e.Redirects && e.GoesTo(e.Slot + 8), 100),
        ["uses the slot of the register before"] = (e => e.Redirects && e.GoesTo(e.Slot - 8), 100),
        ["has one offset wrong"] = (e => e.Redirects && e.Name!.Register == "VBAR_EL1" && e.GoesTo(e.Slot + 0x10), 100),
        ["takes the page that follows"] = (e => e.Redirects && e.GoesTo(e.Slot + 0x1000), 95),
        ["has the page at a fixed address"] = (e => e.Redirects && e.Page != GuestMemory.Vncr && e.GoesTo(GuestMemory.Vncr + (ulong)e.Name!.Offset), 100),
        ["drops bit 15 of the base"] = (e => e.Redirects && (e.Page & 0x8000) != 0 && e.GoesTo(e.Slot & ~0x8000UL), 100),
        ["does not transform reads"] = (e => e.Redirects && !e.Write && e.Reads(RegisterValue(e)), 98),
        ["does not transform writes"] = (e => e.Redirects && e.Write && NotStored(e) && WritesRegister(e), 99),
        ["writes the register as well as the slot"] = (e => e.Redirects && e.Write && WritesRegister(e), 95),
        ["writes the slot on reads"] = (e => e.Redirects && !e.Write && e.Stores(e.Slot, e.Word(e.Slot) ^ 1), 100),
        ["stores 32 bits"] = (e => e.Redirects && e.Write && Keeps(e, 0xFFFF_FFFF_0000_0000), 97),
        ["loads 32 bits"] = (e => e.Redirects && !e.Write && Loads(e, 0xFFFF_FFFF), 99),
        ["loads 32 bits with their sign"] = (e => e.Redirects && !e.Write && SignedLoad(e), 97),
        ["keeps bit 63 out of the slot"] = (e => e.Redirects && e.Write && Loses(e, 1UL << 63), 100),
        ["keeps RES0 bits 11:0 of a base address out of the slot"] =
            (e => e.Redirects && e.Write && e.Name!.Name is "VBAR_EL1" or "VBAR_EL12" or "VNCR_EL2" && Loses(e, 0xFFF), 100),
        ["transforms EL1 names although NV1 is 0"] =
            (e => AtEl1(e) && e is { ReachesRegister: true, Name.Kind: NameKind.El1 } && On(e, Nv | Nv2) && e.GoesTo(e.Slot), 90),
        ["transforms EL12 names although NV1 is 1"] =
            (e => AtEl1(e) && e.Name is { Kind: NameKind.Guest } && On(e, Nv | Nv1 | Nv2) && e.Goes() && e.GoesTo(e.Slot), 100),
        ["obeys NV2 although NV is 0"] =
            (e => AtEl1(e) && e.Name is { Kind: NameKind.El2 } && Only(e, Nv2) && e.Goes() && e.GoesTo(e.Slot), 100),
        ["transforms under NV without NV2"] =
            (e => AtEl1(e) && e.Name is { Kind: NameKind.El2 } && Only(e, Nv) && e.Goes() && e.GoesTo(e.Slot), 100),
        ["transforms at EL2"] = (e => e is { Step.Level: 2, ReachesRegister: true, Name.HasSlot: true } && e.GoesTo(e.Slot), 90),
        ["transforms at EL0"] = (e => e is { Step.Level: 0, ReachesRegister: true, Name.HasSlot: true } && e.GoesTo(e.Slot), 95),
        ["transforms while EL2 is disabled"] =
            (e => e is { Step.Level: 1, ReachesRegister: true, Name.HasSlot: true } && (e.Register("SCR_EL3") & 1) == 0 && e.GoesTo(e.Slot), 90),
        ["traps instead of transforming"] = (e => e.Redirects && e.Takes(2, 0x6200_0000), 100),
        ["finds EL2 names UNDEFINED under NV2"] = (e => e is { Redirects: true, Name.Kind: NameKind.El2 } && e.Takes(1, 0x0200_0000), 82),
        ["stores little-endian whatever SCTLR_EL2.EE is"] =
            (e => e.Redirects && e.Write && (e.Register("SCTLR_EL2") & Ee) != 0 && e.Stores(e.Slot, e.Value), 100),
        ["loads little-endian whatever SCTLR_EL2.EE is"] =
            (e => e.Redirects && !e.Write && (e.Register("SCTLR_EL2") & Ee) != 0 && e.Reads(e.Word(e.Slot)), 100),
        ["takes the byte order from SCTLR_EL1.EE"] =
            (e => e.Redirects && (e.Register("SCTLR_EL1") & Ee) != 0 && (e.Write ? e.Stores(e.Slot, Reversed(e.Value)) : e.Reads(Reversed(e.Word(e.Slot)))), 100),
        ["reverses the bytes of each half only"] =
            (e => e.Redirects && !e.Write && (e.Register("SCTLR_EL2") & Ee) != 0 && e.Reads(ulong.RotateLeft(Reversed(e.Word(e.Slot)), 32)), 100),
        ["reaches the real EL2 register by a swapped name"] =
            (e => Swapped(e) && !e.Write && e.Reads(e.Register(e.Name!.Name)), 95),
        ["writes the real EL2 register by a swapped name"] =
            (e => Swapped(e) && e.Write && Exchanged(e, e.Name!.Name), 90),
        ["confuses ELR_EL2 with SPSR_EL2"] = (e => Swapped(e) && e.Name!.Name is "ELR_EL2" && !e.Write && e.Reads(e.Register("SPSR_EL1")), 95),
        ["sends swapped names to memory"] = (e => Swapped(e) && e.Write && e.Stores(e.Page + 0x230, e.Value) && Unwritten(e), 95),
        ["transforms before it asks HCR_EL2.TVM"] = (e => Guarded(e, "tvm") && e.Goes() && e.GoesTo(e.Slot), 100),
        ["transforms before it asks the fine-grained traps"] = (e => Guarded(e, "fgt") && e.Goes() && e.GoesTo(e.Slot), 100),
        ["asks the fine-grained traps without SCR_EL3.FGTEn"] = (e => Guarded(e, "fgt-off") && e.Takes(2, 0x6200_0000), 100),
        ["asks the controls of the EL1 name for the EL12 name"] = (e => e.Case.Id.EndsWith("-ignored") && e.Takes(2, 0x6200_0000), 100),
        ["reports the EL1 encoding for an EL12 name"] =
            (e => Trapped(e) && e.Name!.Kind == NameKind.Guest && Esr(e, e[FieldNames.Esr] & ~(7UL << 14)), 100),
        ["reports a read as a write"] = (e => Trapped(e) && Esr(e, e[FieldNames.Esr] ^ 1), 100),
        ["reports the wrong register number"] = (e => Trapped(e) && Esr(e, e[FieldNames.Esr] ^ (1 << 5)), 100),
        ["takes trapped accesses to EL1"] = (e => Trapped(e) && e[FieldNames.Target] == 2 && Target(e, 1), 100),
        ["gives slots to names that have none"] = (e => AtEl1(e) && e.Name is { Kind: NameKind.Trapped } && On(e, Nv | Nv2) && e.Goes() && e.GoesTo(e.Page + 0x18), 100),
        ["lends EL1 the stack pointer of EL2"] = (e => e.Name is { Name: "SP_EL2" } && On(e, Nv) && e.Takes(2, 0x6200_0000), 100),
        ["keeps EL1 as the saved level"] = (e => e.Case.Id.StartsWith("nv2/saved-level/svc") && Saved(e, 1), 50),
        ["always saves EL2 as the level"] = (e => e.Case.Id.StartsWith("nv2/saved-level/svc") && Saved(e, 2), 40),
        ["saves the exception to the page"] = (e => e.Case.Id.StartsWith("nv2/saved-level/svc") && e.Stores(e.Page + 0x160, 5), 100),
        ["reads CurrentEL as EL1 under NV"] = (e => e.Case.Id.StartsWith("nv2/saved-level/currentel") && Reads5(e, 4), 50),
        ["clobbers another general register"] = (Clobbers, 100),
        ["changes the flags"] = (e => e.Redirects && e.Has(FieldNames.Pstate) && Pstate(e, 1UL << 31), 100),
        ["unmasks interrupts"] = (e => e.Redirects && e.Has(FieldNames.Pstate) && Pstate(e, 1UL << 7), 100),
        ["has no NV2 bit"] = (e => e.Case.Id.StartsWith("nv2/registers/hcr") && Bit(e, Nv2), 50),
        ["has no AT bit"] = (e => e.Case.Id.StartsWith("nv2/registers/hcr") && Bit(e, 1UL << 44), 50),
        ["keeps 48 bits of VNCR_EL2 without their sign"] = (e => e.Case.Id.StartsWith("nv2/registers/vncr") && Base(e, 0x0000_FFFF_FFFF_F000), 30),
        ["translates the page by EL1's rules"] = (e => Translated(e, "mapped") && e.GoesTo(0x8000_0000 + (ulong)e.Name!.Offset) && NotBehind(e), 100),
        ["lets EL1 write a read-only page"] = (e => Translated(e, "read-only") && e.Write && Behind(e), 100),
        ["leaves ISS.VNCR at 0"] = (e => Aborts(e) && Esr(e, e[FieldNames.Esr] & ~(1UL << 13)), 100),
        ["reports the abort as from a lower level"] = (e => Aborts(e) && Esr(e, e[FieldNames.Esr] ^ (1UL << 26)), 100),
        ["leaves WnR at 0"] = (e => Aborts(e) && e.Write && Esr(e, e[FieldNames.Esr] & ~(1UL << 6)), 100),
        ["reports the base as the faulting address"] = (e => Aborts(e) && e.Has(FieldNames.Far) && Far(e, ~0xFFFUL), 100),
        ["does not extend the sign of the address"] = (e => Aborts(e) && e.Has(FieldNames.Far) && e[FieldNames.Far] >> 63 != 0 && Far(e, 0x0000_FFFF_FFFF_FFFF), 100),
        ["takes the abort to EL1"] = (e => Aborts(e) && Target(e, 1), 100),
        ["looks up the page before it asks for traps"] = (e => e.Case.Id.EndsWith("-trap-first") && e.Step.Level == 1 && Esr(e, 0x9600_2007), 100),
        ["keeps a copy of what it stored"] = (e => e.Case.Id.StartsWith("nv2/sequence/") && e.Has("X6") && CopyKept(e), 100),
        ["has a slot for each name"] = (e => e.Case.Id.StartsWith("nv2/sequence/") && e.Case.Steps.Count == 2 && e.Step == e.Case.Steps[1] && OldValue(e), 100),
        ["adds the RES0 bits of VNCR_EL2 to the offset"] =
            (e => e.Redirects && (e.Vncr & 0xFFF) is > 7 and var low && e.GoesTo(e.Page + (((ulong)e.Name!.Offset + low) & 0xFF8)), 95),
        ["lets PAN guard the page"] = (e => Translated(e, "user-page-with-pan") && e.Takes(2, 0x9600_200F), 100),
    };

    public static TheoryData<string> Mutants => [.. s_mutants.Keys];

    [Theory]
    [MemberData(nameof(Mutants))]
    public void A_device_fails_that(string fault)
    {
        (Func<Echo, bool> mutation, int percent) = s_mutants[fault];

        Judgement[] judgements = Judged(mutation, out int touched);

        int failed = judgements.Count(j => j.Verdict == Verdict.Fail);
        touched.ShouldBeGreaterThan(0);
        judgements.ShouldAllBe(j => j.Verdict == Verdict.Pass || j.Verdict == Verdict.Fail);
        (100 * failed / touched).ShouldBeGreaterThanOrEqualTo(percent, $"{failed} of {touched} cases failed; not, for one, {Unnoticed(mutation)}");
    }

    /// <summary>Cases that the fault touches and that pass all the same.</summary>
    private static string Unnoticed(Func<Echo, bool> mutation) => string.Join(", ", s_cases.Value.Where(c =>
    {
        using var device = new EchoDevice(Nv2Targets.Profile, mutation);
        return Judge.Of(c, device.Run([c], CancellationToken.None).Single()).Verdict == Verdict.Pass && device.Touched > 0;
    }).Take(8).Select(c => c.Id));

    private static Judgement[] Judged(Func<Echo, bool> mutation, out int touched)
    {
        using var device = new EchoDevice(Nv2Targets.Profile, mutation);
        Judgement[] judgements = [.. s_cases.Value.Zip(device.Run(s_cases.Value, CancellationToken.None), Judge.Of)];
        touched = device.Touched;
        return judgements;
    }

    private static bool IsOfSmallGroup(Case c) => c.Id.Split('/')[1] is "registers" or "saved-level" or "priority" or "translated" or "sequence";

    private static bool AtEl1(Echo e) => e is { Name: not null, Step.Level: 1 } && !e.Case.Id.EndsWith("-left-open")
        && !e.Case.Id.StartsWith("nv2/translated/") && (e.Register("SCR_EL3") & 1) != 0;

    private static bool On(Echo e, ulong bits) => (e.Register("HCR_EL2") & (Nv | Nv1 | Nv2)) == bits || (bits == Nv && (e.Register("HCR_EL2") & Nv) != 0);

    private static bool Only(Echo e, ulong bits) => (e.Register("HCR_EL2") & (Nv | Nv1 | Nv2)) == bits;

    private static bool Swapped(Echo e) => e.Name is { Kind: NameKind.Swapped } && e.ReachesRegister;

    private static bool Trapped(Echo e) => AtEl1(e) && e[FieldNames.Target] == 2 && e[FieldNames.Esr] >> 26 == 0x18;

    private static bool Guarded(Echo e, string control) =>
        e.Case.Id.StartsWith("nv2/priority/") && e.Case.Id.EndsWith("-" + control) && e.Name!.HasSlot;

    private static bool Translated(Echo e, string scenario) =>
        e.Case.Id.StartsWith("nv2/translated/") && e.Case.Id.EndsWith("-" + scenario) && e is { Step.Level: 1, Name: not null };

    private static bool Aborts(Echo e) => e.Case.Id.StartsWith("nv2/translated/") && e.Has(FieldNames.Esr) && e[FieldNames.Esr] >> 26 == 0x25;

    private static ulong RegisterValue(Echo e) => e.Register(e.Name!.Register);

    private static ulong Reversed(ulong value) => BinaryPrimitives.ReverseEndianness(value);

    private static bool NotStored(Echo e)
    {
        e[FieldNames.Memory(e.Slot)] = e.Word(e.Slot);
        return true;
    }

    /// <summary>The real register takes the value; false when the case does not look at it.</summary>
    private static bool WritesRegister(Echo e)
    {
        string register = e.Name!.Register;
        bool differs = e.Has(register) && e.Step.Allowed[0].Fields.Any(f => f.Field == register && !f.Allows(e.Value));
        e[register] = e.Value;
        return differs || e[FieldNames.Memory(e.Slot)] == e.Word(e.Slot);
    }

    private static bool CopyKept(Echo e)
    {
        e["X6"] = e["X3"];
        return true;
    }

    private static bool OldValue(Echo e)
    {
        e["X3"] = ~e["X3"];
        return true;
    }

    private static bool Exchanged(Echo e, string register)
    {
        e[e.Name!.Register] = e.Register(e.Name.Register);
        e[register] = e.Value;
        return true;
    }

    private static bool Unwritten(Echo e)
    {
        e[e.Name!.Register] = e.Register(e.Name.Register);
        return true;
    }

    private static bool Keeps(Echo e, ulong old)
    {
        ulong stored = (e[FieldNames.Memory(e.Slot)] & ~old) | (e.Word(e.Slot) & old);
        bool differs = stored != e[FieldNames.Memory(e.Slot)];
        e[FieldNames.Memory(e.Slot)] = stored;
        return differs;
    }

    private static bool Loses(Echo e, ulong bits)
    {
        bool differs = (e[FieldNames.Memory(e.Slot)] & bits) != 0;
        e[FieldNames.Memory(e.Slot)] &= ~bits;
        return differs;
    }

    private static bool Loads(Echo e, ulong mask)
    {
        bool differs = (e[FieldNames.General(e.Rt)] & ~mask) != 0;
        return e.Reads(e[FieldNames.General(e.Rt)] & mask) && differs;
    }

    private static bool SignedLoad(Echo e)
    {
        ulong loaded = (ulong)(long)(int)e[FieldNames.General(e.Rt)];
        bool differs = loaded != e[FieldNames.General(e.Rt)];
        return e.Reads(loaded) && differs;
    }

    private static bool Clobbers(Echo e)
    {
        string? other = e.Redirects ? Enumerable.Range(0, 31).Where(n => n != e.Rt).Select(FieldNames.General).FirstOrDefault(e.Has) : null;
        if (other is null)
        {
            return false;
        }

        e[other] ^= 1;
        return true;
    }

    private static bool Esr(Echo e, ulong esr)
    {
        bool differs = e[FieldNames.Esr] != esr;
        e[FieldNames.Esr] = esr;
        return differs;
    }

    private static bool Target(Echo e, int target)
    {
        e[FieldNames.Target] = (ulong)target;
        return true;
    }

    private static bool Saved(Echo e, int level)
    {
        e[FieldNames.Spsr] = new Spsr(e[FieldNames.Spsr]).WithLevel(level);
        return true;
    }

    private static bool Reads5(Echo e, ulong value)
    {
        e["X5"] = value;
        return true;
    }

    private static bool Pstate(Echo e, ulong bits)
    {
        e[FieldNames.Pstate] ^= bits;
        return true;
    }

    private static bool Bit(Echo e, ulong bit)
    {
        e["X3"] &= ~bit;
        e["HCR_EL2"] &= ~bit;
        return true;
    }

    private static bool Base(Echo e, ulong mask)
    {
        e["X2"] &= mask;
        e["VNCR_EL2"] &= mask;
        return true;
    }

    private static bool Far(Echo e, ulong mask)
    {
        bool differs = (e[FieldNames.Far] & ~mask) != 0;
        e[FieldNames.Far] &= mask;
        return differs;
    }

    /// <summary>The page that EL2's tables name is not the one that was accessed.</summary>
    private static bool NotBehind(Echo e)
    {
        string slot = FieldNames.Memory(GuestMemory.Data + (ulong)e.Name!.Offset);
        e[slot] = e.Word(GuestMemory.Data + (ulong)e.Name.Offset);
        return true;
    }

    private static bool Behind(Echo e)
    {
        e.Goes();
        e[FieldNames.Memory(GuestMemory.Data + (ulong)e.Name!.Offset)] = e.Value;
        return true;
    }
}
