using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Generated;
using Conformance.Suites.Translation.Oracle;

namespace Conformance.Suites.Tests.Translation;

/// <summary>Devices that are wrong in one way each: the suite has to see every one of them.</summary>
/// <remarks>
/// Such a device answers by the oracle's own rules, but for one defect: it takes registers, descriptors or the access for
/// something else, or makes something else of the answer.
/// </remarks>
public class DefectTests
{
    private const int Most = 9000;
    private const ulong FirstTable = GuestMemory.Tables;

    private static readonly Dictionary<string, Defect> s_defects = new()
    {
        ["TBI is ignored"] = Registers(w => Clear(w, (Control.TCR_EL1, 37), (Control.TCR_EL1, 38), (Control.TCR_EL2, 20))),
        ["TBI holds for every address"] = Registers(w => Set(w, (Control.TCR_EL1, 37), (Control.TCR_EL1, 38))),
        ["TBID is ignored"] = Registers(w => Clear(w, (Control.TCR_EL1, 51), (Control.TCR_EL1, 52))),
        ["the tag chooses nothing: TTBR0 is used for both halves"] = Registers(w => w[Control.TTBR1_EL1] = w[Control.TTBR0_EL1]),
        ["T0SZ holds for both halves"] = Registers(w => w.Set(Control.TCR_EL1, 21, 16, w.Field(Control.TCR_EL1, 5, 0))),
        ["TnSZ is one too large"] = Registers(w => w.Set(Control.TCR_EL1, 21, 16, w.Field(Control.TCR_EL1, 21, 16) + 1)),
        ["TG1 is read like TG0"] = Registers(w => w.Set(Control.TCR_EL1, 31, 30, Swapped(w.Field(Control.TCR_EL1, 31, 30)))),
        ["EPD is ignored"] = Registers(w => Clear(w, (Control.TCR_EL1, 7), (Control.TCR_EL1, 23))),
        ["PS is always 48 bits"] = Registers(w => w.Set(Control.TCR_EL1, 34, 32, 5)),
        ["PS of stage 2 is always 48 bits"] = Registers(w => w.Set(Control.VTCR_EL2, 18, 16, 5)),
        ["HPD is ignored"] = Registers(w => Clear(w, (Control.TCR_EL1, 41), (Control.TCR_EL1, 42), (Control.TCR_EL2, 24))),
        ["WXN is ignored"] = Registers(w => Clear(w, (Control.SCTLR_EL1, 19), (Control.SCTLR_EL2, 19))),
        ["stage 1 tables are always little-endian"] = Registers(w => Clear(w, (Control.SCTLR_EL1, 25))),
        ["stage 2 tables are always little-endian"] = Registers(w => Clear(w, (Control.SCTLR_EL2, 25))),
        ["HA is ignored"] = Registers(w => Clear(w, (Control.TCR_EL1, 39))),
        ["HA of stage 2 is ignored"] = Registers(w => Clear(w, (Control.VTCR_EL2, 21))),
        ["HD is ignored"] = Registers(w => Clear(w, (Control.TCR_EL1, 40))),
        ["HD of stage 2 is ignored"] = Registers(w => Clear(w, (Control.VTCR_EL2, 22))),
        ["HD works without HA"] = Registers(w => w.Set(Control.TCR_EL1, 39, w.Bit(Control.TCR_EL1, 39) || w.Bit(Control.TCR_EL1, 40))),
        ["MAIR is that of EL2"] = Registers(w => w[Control.MAIR_EL1] = w[Control.MAIR_EL2]),
        ["NV1 is ignored"] = Registers(w => Clear(w, (Control.HCR_EL2, 43))),
        ["NV1 is ignored with NV"] = Registers(w => w.Set(Control.HCR_EL2, 43, w.Bit(Control.HCR_EL2, 43) && !w.Bit(Control.HCR_EL2, 42))),
        ["FWB is ignored"] = Registers(w => Clear(w, (Control.HCR_EL2, 46))),
        ["PTW is ignored"] = Registers(w => Clear(w, (Control.HCR_EL2, 2))),
        ["DC is ignored"] = Registers(w => Clear(w, (Control.HCR_EL2, 12))),
        ["stage 2 is off"] = Registers(w => Clear(w, (Control.HCR_EL2, 0))),
        ["TGE leaves stage 1 on"] = Registers(w => Clear(w, (Control.HCR_EL2, 27))),
        ["T0SZ of stage 2 is one too small"] = Registers(w => w.Set(Control.VTCR_EL2, 5, 0, w.Field(Control.VTCR_EL2, 5, 0) - 1)),
        ["SL0 is one too low"] = Registers(w => w.Set(Control.VTCR_EL2, 7, 6, w.Field(Control.VTCR_EL2, 7, 6) + 1)),
        ["TTBR keeps its lowest bit for an address"] = Registers(w => w[Control.TTBR0_EL1] += 0x1000),
        ["AP[1] is ignored"] = Descriptors(d => d & ~(1UL << 6)),
        ["AP[2] is ignored"] = Descriptors(d => d & ~(1UL << 7)),
        ["AF is ignored"] = Descriptors(d => d | 1UL << 10),
        ["PXN is ignored"] = Descriptors(d => d & ~(1UL << 53)),
        ["UXN is ignored"] = Descriptors(d => d & ~(1UL << 54)),
        ["UXN and PXN are swapped"] = Descriptors(d => (d & ~(3UL << 53)) | (d >> 53 & 1) << 54 | (d >> 54 & 1) << 53),
        ["DBM is ignored"] = Descriptors(d => d & ~(1UL << 51)),
        ["APTable[0] is ignored"] = Descriptors(d => d & ~(1UL << 61)),
        ["APTable[1] is ignored"] = Descriptors(d => d & ~(1UL << 62)),
        ["UXNTable is ignored"] = Descriptors(d => d & ~(1UL << 60)),
        ["PXNTable is ignored"] = Descriptors(d => d & ~(1UL << 59)),
        ["AttrIndx loses its top bit"] = Descriptors(d => d & ~(1UL << 4)),
        ["SH is ignored"] = Descriptors(d => d & ~(3UL << 8)),
        ["a block at level 3 is a page"] = Descriptors(d => (d & 1) != 0 ? d | 2 : d),
        ["bits 51:48 of an output are lost"] = Descriptors(d => d & ~0xF000UL),
        ["PAN is ignored"] = Accesses(a => a with { Pan = false }),
        ["EL0 has the permissions of EL1"] = Accesses(a => a with { Level = Math.Max(a.Level, 1) }),
        ["LDTR has the permissions of EL1"] = Accesses(a => a.Purpose == Purpose.Data ? a with { Level = Math.Max(a.Level, 1) } : a),
        ["AT S1E0 asks for EL1"] = Accesses(a => a.Purpose == Purpose.AddressTranslation ? a with { Level = Math.Max(a.Level, 1) } : a),
        ["a store is checked as a load"] = Accesses(a => a.Write && a.Purpose == Purpose.Data ? a with { Read = true, Write = false } : a),
        ["AT W asks for read permission"] = Accesses(a => a.Purpose == Purpose.AddressTranslation ? a with { Read = true, Write = false } : a),
        ["an atomic needs no read permission"] = Accesses(a => a is { Read: true, Write: true } ? a with { Read = false } : a),
        ["a fetch is checked as a load"] = Accesses(a => a.IsFetch ? a with { Purpose = Purpose.Data, Read = true } : a),
        ["Device memory takes any alignment"] = Accesses(a => a with { Aligned = true }),
        ["the VNCR page is looked up for EL0"] = Accesses(a => a.Purpose == Purpose.Vncr ? a with { Level = 0 } : a),
        ["the level is one too low"] = Faults(f => f with { Level = f.Level == 0 ? 1 : f.Level - 1 }),
        ["a Permission fault is a Translation fault"] = Faults(f => f.Kind == FaultKind.Permission ? f with { Kind = FaultKind.Translation } : f),
        ["an Access flag fault is a Permission fault"] = Faults(f => f.Kind == FaultKind.AccessFlag ? f with { Kind = FaultKind.Permission } : f),
        ["an Address size fault is a Translation fault"] = Faults(f => f.Kind == FaultKind.AddressSize ? f with { Kind = FaultKind.Translation } : f),
        ["S1PTW is missing"] = Faults(f => f with { OnWalk = false }),
        ["S1PTW is always there"] = Faults(f => f.Stage2 ? f with { OnWalk = true } : f),
        ["a stage 2 fault is one of stage 1"] = Faults(f => f with { Stage2 = false }),
        ["a stage 2 fault of a walk is one of stage 1"] = Faults(f => f.OnWalk ? f with { Stage2 = false, OnWalk = false } : f),
        ["HPFAR has the page before"] = Faults(f => f with { Ipa = f.Ipa - 0x1000 }),
        ["WnR is inverted"] = Faults(f => f with { Write = !f.Write }),
        ["WnR is 1 for every fault of an atomic"] = Faults(f => f with { Write = true }),
        ["no descriptor is ever updated"] = Answers(a => a with { Updates = [] }),
        ["the access flag is set, dirty state is not"] = Answers(a => a with { Updates = [.. a.Updates.Select(u => u with { Set = u.Set & (1UL << 10), Clear = 0 })] }),
        ["the output is the next page"] = Answers(a => a with { Address = a.Address + 0x1000 }),
        ["every memory is Non-cacheable"] = Answers(a => a with { Attributes = MemoryAttributes.NormalNonCacheable, Descriptor = MemoryAttributes.NormalNonCacheable }),
        ["every memory is Inner Shareable"] = Answers(a => a with { Attributes = a.Attributes with { Sh = 3 }, Descriptor = a.Descriptor with { Sh = 3 } }),
    };

    public static TheoryData<string> Names => [.. s_defects.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_device_that_is_wrong_in_one_way_is_seen(string defect)
    {
        var good = new Facts(TranslationTargets.Nv2);
        var bad = new Facts(TranslationTargets.Nv2) { Defect = s_defects[defect] };

        Pairs(good, bad).Any(p => Judge.Of(p.Case, Seen(p.Case, p.Other, bad.Defect!.World is null)).Verdict == Verdict.Fail).ShouldBeTrue();
    }

    [Fact]
    public void A_device_without_a_defect_is_not_blamed()
    {
        var facts = new Facts(TranslationTargets.Nv2);

        Pairs(facts, new Facts(TranslationTargets.Nv2)).Take(2000)
            .Where(p => Judge.Of(p.Case, Seen(p.Case, p.Other, tables: true)).Verdict != Verdict.Pass).Select(p => p.Case.Id).ShouldBeEmpty();
    }

    /// <summary>The same random cases, made for a good and for a bad device.</summary>
    private static IEnumerable<(Case Case, Case Other)> Pairs(Facts good, Facts bad)
    {
        Func<Facts, Dice, string, Case?>[] kinds = [RandomAt.One, RandomAccesses.One, RandomAtFromEl1.One, RandomVncr.One];
        for (int n = 0; n < Most; n++)
        {
            string name = $"{n}";
            Func<Facts, Dice, string, Case?> kind = kinds[n % 8 < 3 ? 0 : n % 8 < 6 ? 1 : n % 8 == 6 ? 2 : 3];
            if (kind(good, new Dice(1, name), name) is { } made && kind(bad, new Dice(1, name), name) is { } other && made.Steps.Count == other.Steps.Count)
            {
                yield return (made, other);
            }
        }
    }

    /// <summary>What the bad device shows. One that takes registers or descriptors for something else leaves the tables as the good one does.</summary>
    private static Observation.Finished Seen(Case made, Case other, bool tables)
    {
        Observation.Finished shown = Echo.Of(other);
        return tables ? shown : new Observation.Finished(
            [.. shown.Steps.Select((step, n) => new StepObservation([.. step.Fields.Select(f => IsTable(f.Key) ? Wanted(made.Steps[n], f) : f)]))]);
    }

    private static bool IsTable(string field) => FieldNames.TryMemory(field, out ulong address) && address >= FirstTable;

    private static KeyValuePair<string, ulong> Wanted(Step step, KeyValuePair<string, ulong> field) =>
        step.Allowed[0].Fields.FirstOrDefault(f => f.Field == field.Key) is { } wanted ? KeyValuePair.Create(field.Key, wanted.Any[0].Value) : field;

    private static Defect Registers(Action<World> change) => new(World: change);

    private static Defect Descriptors(Func<ulong, ulong> change) => new(Access: null, World: w =>
    {
        foreach (ulong address in w.Addresses.ToArray())
        {
            if (address >= FirstTable)
            {
                w.Write(address, change(w.Word(address)));
            }
        }
    });

    private static Defect Accesses(Func<MemoryAccess, MemoryAccess> change) => new(Access: change);

    private static Defect Answers(Func<Answer, Answer> change) => new(Answer: change);

    private static Defect Faults(Func<Fault, Fault> change) => new(Answer: a => a.Fault is { } fault ? a with { Fault = change(fault) } : a);

    private static ulong Swapped(ulong tg1) => tg1 switch { 1 => 3UL, 3 => 1, _ => tg1 };

    private static void Clear(World world, params (Control Register, int Bit)[] bits)
    {
        foreach ((Control register, int bit) in bits)
        {
            world.Set(register, bit, false);
        }
    }

    private static void Set(World world, params (Control Register, int Bit)[] bits)
    {
        foreach ((Control register, int bit) in bits)
        {
            world.Set(register, bit, true);
        }
    }
}
