using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Harness.Spec.Instructions;

namespace Conformance.Suites.Instructions;

/// <summary>Words that belong to no encoding of the architecture are UNDEFINED, whatever features a device has.</summary>
/// <remarks>
/// From the table of encodings alone (DDI 0487, C4.1, "A64 instruction set encoding"). UNDEFINED is reported with EC 0x00 and ISS 0
/// (EX-151) and with IL = 1 (EX-111).
/// </remarks>
internal static class UnallocatedCases
{
    private const int PerGroup = 150;
    private const int Tries = 40_000;
    private const ulong Esr = 1ul << 25;
    private const uint FromEl0 = 0x400;
    private const uint FromEl1 = 0x200;

    /// <summary>The top-level groups, by bits 28:25 and where it matters bit 31.</summary>
    private static readonly (string Name, Func<uint, bool> Has)[] s_groups =
    [
        ("reserved", w => (w >> 25 & 15) == 0 && w >> 31 == 0),
        ("sme", w => (w >> 25 & 15) == 0 && w >> 31 == 1),
        ("none", w => (w >> 25 & 15) is 1 or 3),
        ("sve", w => (w >> 25 & 15) == 2),
        ("dpimm", w => (w >> 25 & 14) == 8),
        ("control", w => (w >> 25 & 14) == 10),
        ("ldst", w => (w >> 25 & 5) == 4),
        ("dpreg", w => (w >> 25 & 7) == 5),
        ("simd-dp", w => (w >> 25 & 7) == 7),
    ];

    internal static IEnumerable<string> Rules => s_groups.Select(g => Rule(g.Name));

    internal static IEnumerable<Case> All(EncodingTable table, ulong seed)
    {
        foreach ((string name, Func<uint, bool> has) in s_groups)
        {
            var dice = new Dice(seed, name);
            InstructionEncoding[] near = [.. table.Encodings.Where(e => has(e.Pattern.Value))];
            HashSet<uint> seen = [];
            for (int i = 0; i < Tries && seen.Count < PerGroup; i++)
            {
                uint word = near.Length == 0 || dice.OneIn(2) ? Anything(dice, has) : Beside(dice.Pick(near), dice);
                if (has(word) && table.Find(word) is null && seen.Add(word))
                {
                    yield return One(name, word, dice.Below(2));
                }
            }
        }
    }

    private static uint Anything(Dice dice, Func<uint, bool> has)
    {
        while (true)
        {
            uint word = (uint)dice.Next();
            if (has(word))
            {
                return word;
            }
        }
    }

    /// <summary>One bit beside an encoding.</summary>
    private static uint Beside(InstructionEncoding encoding, Dice dice) =>
        (encoding.Pattern.Value | encoding.Pattern.ShouldValue | ((uint)dice.Next() & ~(encoding.Pattern.Mask | encoding.Pattern.Should)))
        ^ (1u << dice.Below(32));

    private static Case One(string group, uint word, int level) => CaseBuilder
        .Case(string.Create(CultureInfo.InvariantCulture, $"instructions/unallocated-{group}/{word:x8}"),
            string.Create(CultureInfo.InvariantCulture, $"0x{word:x8}, which is no instruction, is UNDEFINED at EL{level}"))
        .Rules(Rule(group)).At(level).Code(word)
        .Takes(1, vector: level == 0 ? FromEl0 : FromEl1, esr: Esr, elr: GuestMemory.Code, spsr: Spsr.At(level).Value).Build();

    private static string Rule(string group) => $"A64 unallocated {group}";
}
