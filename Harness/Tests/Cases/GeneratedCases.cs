using Conformance.Harness.Cases;
using Conformance.Harness.Spec;
using FsCheck;
using FsCheck.Fluent;
using Outcome = Conformance.Harness.Cases.Outcome;

namespace Conformance.Harness.Tests.Cases;

/// <summary>Well-formed cases of every shape, for properties.</summary>
internal static class GeneratedCases
{
    private static readonly Gen<ulong> s_value = Gen.OneOf(
        ArbMap.Default.GeneratorFor<ulong>(),
        Gen.Elements<ulong>(0, 1, 0x3C5, 0x8000_0000, 1UL << 53, (1UL << 53) + 1, 1UL << 63, ulong.MaxValue));

    private static readonly Gen<string> s_register = Gen.OneOf(
        Gen.Elements("HCR_EL2", "SCTLR_EL1", "ICH_LR3_EL2", "SP_EL0", "CPTR_EL2", "S3_4_C15_C1_7"),
        Gen.Elements(Encodings.RegisterNames.ToArray()));

    private static readonly Gen<string> s_text = Gen.Elements(
        "as expected", "traps \"here\" \\ there", "größer < kleiner & + 'x'", "tab\there", "\u2028 separator", "😀");

    private static readonly Gen<string> s_field = Gen.OneOf(
        Gen.Elements("target", "vector", "ESR", "ELR", "SPSR", "FAR", "PSTATE", "CurrentEL", "X0", "X30", "mem@0x40310008",
            "changed@0x40310000+0x100", "mem@0xfffffffffffffff8"),
        s_register);

    internal static Arbitrary<Case> Arbitrary { get; } = Case().ToArbitrary();

    private static Gen<Case> Case() =>
        from id in Gen.Choose(0, 999_999)
        from title in Gen.OneOf(Gen.Constant(""), s_text)
        from rules in List(Gen.Elements("EX-153", "MRS VTCR_EL2@EL1#2", "F068"), 1, 3)
        from needs in List(Gen.Elements("FEAT_NV2", "!FEAT_SEL2"), 0, 2)
        from like in Gen.Elements(null, "access/mrs-sctlr_el1/el1-3-n-110")
        from skip in Gen.Elements(null, "needs tables that the case has not")
        from registers in Registers(s_register)
        from fills in List(Fill(), 0, 2)
        from words in List(Gen.Choose(0, 0x1FFF), 0, 4)
        from values in List(s_value, 4, 4)
        from first in Step(registersToo: false)
        from rest in List(Step(registersToo: true), 0, 2)
        select new Case
        {
            Id = $"generated/group-{id % 7}/case_{id}.x",
            Title = title,
            Rules = rules,
            Needs = needs,
            Like = like,
            Skip = skip,
            Registers = registers,
            Fills = fills,
            Memory = [.. words.Distinct().Select((w, i) => new MemoryWord(GuestMemory.Data + (8 * (ulong)w), values[i]))],
            Steps = [first, .. rest],
        };

    private static Gen<Step> Step(bool registersToo) =>
        from level in Gen.Choose(0, 3)
        from pstate in s_value
        from code in List(ArbMap.Default.GeneratorFor<uint>(), 1, 5)
        from offset in Gen.Elements(0, 4, 3840)
        from pc in Gen.OneOf(Gen.Constant((ulong?)null), s_value.Select(v => (ulong?)v))
        from general in Registers(Gen.Choose(0, 30).Select(FieldNames.General))
        from registers in registersToo ? Registers(s_register) : Gen.Constant(new List<RegisterValue>())
        from observe in List(s_field, 0, 2)
        from allowed in List(Outcome(), 1, 3)
        select new Step
        {
            Level = level,
            Pstate = (pstate & ~0xCUL) | (ulong)level << 2,
            Code = code,
            CodeOffset = offset,
            EntryPc = pc,
            General = general,
            Registers = registers,
            Observe = observe,
            Allowed = allowed,
        };

    private static Gen<Outcome> Outcome() =>
        from name in s_text
        from fields in List(s_field, 1, 4)
        from values in List(List(Masked(), 1, 3), 4, 4)
        select new Outcome(name, [.. fields.Distinct(StringComparer.Ordinal).Select((f, i) => new FieldExpectation(f, values[i]))]);

    private static Gen<MaskedValue> Masked() =>
        from value in s_value
        from mask in Gen.OneOf(Gen.Constant(ulong.MaxValue), s_value)
        select new MaskedValue(value, mask);

    private static Gen<MemoryFill> Fill() =>
        from at in Gen.Choose(0, 100)
        from length in Gen.Choose(1, 0x1000)
        from first in s_value
        from stride in s_value
        select new MemoryFill(GuestMemory.Data + (8 * (ulong)at), 16 * (ulong)length, first, stride);

    private static Gen<List<RegisterValue>> Registers(Gen<string> names) =>
        from some in List(names, 0, 4)
        from values in List(s_value, 4, 4)
        select some.Distinct(StringComparer.Ordinal).Select((n, i) => new RegisterValue(n, values[i])).ToList();

    private static Gen<List<T>> List<T>(Gen<T> item, int min, int max) =>
        from count in Gen.Choose(min, max)
        from items in item.ListOf(count)
        select items.ToList();
}
