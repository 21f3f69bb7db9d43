using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Tables;
using static Conformance.Suites.ControlBits;
using static Conformance.Suites.Exceptions.Directed.Say;

namespace Conformance.Suites.Exceptions.Directed;

/// <summary>Which instructions an indirect branch may reach in a guarded page: instruction × BTYPE × level × SCTLR_ELx.BT0 and BT1.</summary>
/// <remarks>
/// Source: EX-194, EX-119, EX-071, EX-210; DDI 0602, BTI, PACIASP, PACIBSP; DDI 0601, SCTLR_ELx.BT0, BT1, BT. The code runs at
/// an alias whose block has GP; the vectors are reached at their own addresses, in a block without.
/// </remarks>
internal static class BranchTargetCases
{
    private const ulong Alias = 0x8000_0000;
    private const ulong AliasOfCode = Code + Alias - GuestMemory.RamBase;
    private const ulong Gp = 1UL << 50;
    private const ulong Bt0 = 1UL << 35;
    private const ulong Bt1 = 1UL << 36;
    private const ulong MmuOn = 1UL << 0 | 1UL << 2 | 1UL << 12; // M, C, I
    private const ulong Tcr = 25 | 1UL << 23 | 5UL << 32;         // T0SZ, EPD1, IPS
    private const ulong TcrOfOneRange = 25 | 1UL << 23 | 1UL << 31 | 5UL << 16;

    private const ulong BrkZero = 0xF200_0000;

    /// <summary>Where the code runs: level, what selects the regime, and the register with its BT bits.</summary>
    private sealed record Place(string Name, int Level, string Suffix, ulong Hcr, bool TwoRanges, params string[] Needs);

    private static readonly Place[] s_places =
    [
        new("el0", 0, "EL1", 0, true, "FEAT_BTI"),
        new("el1", 1, "EL1", 0, true, "FEAT_BTI"),
        new("el0-host", 0, "EL2", Hcr.E2H | Hcr.TGE, true, "FEAT_BTI", "FEAT_VHE", "FEAT_AA64EL3"),
        new("el2-e2h", 2, "EL2", Hcr.E2H, true, "FEAT_BTI", "FEAT_VHE", "FEAT_AA64EL3"),
        new("el2", 2, "EL2", 0, false, "FEAT_BTI", "FEAT_E2H0", "FEAT_AA64EL3"),
        new("el3", 3, "EL3", 0, false, "FEAT_BTI", "FEAT_AA64EL3"),
    ];

    /// <summary>The landing pads, and instructions that are none.</summary>
    private static readonly (string Name, uint Word)[] s_words =
    [
        ("bti", Hint(32)), ("bti-c", Hint(34)), ("bti-j", Hint(36)), ("bti-jc", Hint(38)),
        ("paciasp", Hint(25)), ("pacibsp", Hint(27)), ("paciaz", Hint(24)), ("autiasp", Hint(29)), ("autibsp", Hint(31)),
        ("nop", Hint(0)), ("hint-33", Hint(33)), ("hint-42", Hint(42)),
        ("movz", 0xD280_0003), ("brk", 0xD420_0000), ("brk-max", 0xD43F_FFE0), ("hlt", 0xD440_0000), ("svc", 0xD400_0001), ("udf", 0x0000_0000),
    ];

    internal static IEnumerable<CaseBuilder> All() => [.. Guarded(), .. Unguarded(), .. Priority()];

    private static uint Hint(int number) => 0xD503_201F | (uint)number << 5;

    private static IEnumerable<CaseBuilder> Guarded()
    {
        foreach (Place place in s_places)
        {
            foreach ((string name, uint word) in s_words)
            {
                for (int type = 0; type < 4; type++)
                {
                    for (int bt = 0; bt < 4; bt++)
                    {
                        ulong bits = ((bt & 1) != 0 ? Bt0 : 0) | ((bt & 2) != 0 ? Bt1 : 0);
                        if (bt is 1 or 2 && word != Hint(25) && word != Hint(27))
                        {
                            continue; // the bits are about these two; none and both show that others do not look
                        }

                        if (!place.TwoRanges && (bits & Bt0) != 0)
                        {
                            continue; // RES0 where there is no EL0
                        }

                        bool accepted = type == 0 || Accepts(word, type, (bits & (place.Level == 0 ? Bt0 : Bt1)) != 0);
                        yield return Answer(
                            On(place, $"bti/{place.Name}/{name}-btype{type}{(bt == 0 ? "" : $"-bt{bt}")}",
                                $"In a guarded page, with BTYPE {type}: {name} {(accepted ? "executes" : "raises a Branch Target exception")}", bits, Gp),
                            place, word, type, accepted);
                    }
                }
            }
        }
    }

    /// <summary>Without GP nothing is asked of the target; with the MMU of the regime off there is no GP.</summary>
    private static IEnumerable<CaseBuilder> Unguarded()
    {
        foreach (Place place in s_places)
        {
            for (int type = 1; type < 4; type++)
            {
                yield return Answer(
                    On(place, $"bti/{place.Name}/unguarded-btype{type}", $"In a page that is not guarded BTYPE {type} asks for nothing", Bt1, 0),
                    place, Hint(0), type, accepted: true);
            }
        }
    }

    /// <summary>EX-210: after the Illegal Execution state, before what the instruction itself does.</summary>
    private static IEnumerable<CaseBuilder> Priority()
    {
        foreach (Place place in s_places)
        {
            int target = Target(place);
            Spsr state = Spsr.At(place.Level).With(2UL << 10 | Spsr.Il);
            yield return On(place, $"bti/{place.Name}/illegal-state-first", "The Illegal Execution state comes before the Branch Target exception", 0, Gp)
                .Rules("EX-210", "EX-193").Pstate(state).EntryPc(AliasOfCode).Code(Hint(0), 0)
                .Takes(target, Vector(place), 0x3A00_0000, AliasOfCode, state.Value);
        }
    }

    private static CaseBuilder On(Place place, string name, string title, ulong bits, ulong guard)
    {
        string suffix = place.Suffix;
        ulong block = GuestMemory.RamBase | Descriptor.Valid | Descriptor.Af | Descriptor.Sh(3);
        ulong leaf = block | Descriptor.ReadOnly;
        return That(name, title, "EX-194").Needs(place.Needs)
            .Change("HCR_EL2", place.Hcr)
            .Set($"MAIR_{suffix}", 0xFF).Set($"TCR_{suffix}", place.TwoRanges ? Tcr : TcrOfOneRange).Set($"TTBR0_{suffix}", GuestMemory.Tables)
            .Change($"SCTLR_{suffix}", MmuOn | bits)
            .Memory(GuestMemory.Tables + 8, place.Level == 3 ? block : leaf) // at its own level the executive writes before it turns the MMU off
            .Memory(GuestMemory.Tables + 16, leaf | guard | (place.TwoRanges ? Descriptor.El0 : 0));
    }

    private static CaseBuilder Answer(CaseBuilder sentence, Place place, uint word, int type, bool accepted)
    {
        Spsr state = Spsr.At(place.Level).With((ulong)type << 10);
        Spsr after = Spsr.At(place.Level);
        sentence = sentence.Pstate(state).EntryPc(AliasOfCode).Code(word, 0);
        int target = Target(place);
        uint vector = Vector(place);
        if (!accepted)
        {
            return sentence.Rules("EX-119", "EX-071", "EX-088").Takes(target, vector, 0x3600_0000 | (ulong)type, AliasOfCode, state.Value);
        }

        return word switch
        {
            _ when (word & 0xFFE0_001F) == 0xD420_0000 => sentence.Takes(target, vector, BrkZero | (word >> 5 & 0xFFFF), AliasOfCode, state.Value),
            0xD400_0001 => sentence.Takes(target, vector, 0x5600_0000, AliasOfCode + 4).Sees(FieldNames.Spsr, after.Value, ~Spsr.Btype),
            0x0000_0000 or 0xD440_0000 => sentence.Takes(target, vector, Undefined, AliasOfCode).Sees(FieldNames.Spsr, after.Value, ~Spsr.Btype),
            _ => sentence.Takes(target, vector, Undefined, AliasOfCode + 4, after.Value),
        };
    }

    /// <summary>What BTYPE asks for: 1 a jump through X16 or X17, 2 a call, 3 any other jump.</summary>
    private static bool Accepts(uint word, int type, bool strict) =>
        word == Hint(38) || (word == Hint(34) && type != 3) || (word == Hint(36) && type != 2)
        || ((word == Hint(25) || word == Hint(27)) && (type != 3 || !strict))
        || (word & 0xFFE0_001F) is 0xD420_0000 or 0xD440_0000;

    private static int Target(Place place) => place.Level > 0 ? place.Level : place.Suffix == "EL2" ? 2 : 1;

    private static uint Vector(Place place) => place.Level == 0 ? 0x400u : 0x200u;
}
