using Conformance.Harness.Cases;
using Conformance.Harness.Lockstep;
using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Instructions;

namespace Conformance.Suites.Instructions;

/// <summary>The instruction set: what each encoding makes of registers, flags and memory, and that every other word is UNDEFINED.</summary>
/// <remarks>
/// Which words exist comes from the table of encodings (DDI 0487, C4). What they do comes from recorded vectors on which two
/// independent implementations agree: no rule of this project says it. System registers and instructions are other suites'.
/// </remarks>
public sealed class InstructionsSuite : ISuite
{
    private const string NotRecorded = "no vector: not both implementations that vectors are recorded from have it";
    private const string OtherVariant = "the vectors are for other optional features than this device has";
    private const string Level = "its exception goes to a level above those that cases can use";

    private static readonly EncodingTable s_table = A64Table.Table;

    private static readonly Lazy<Dictionary<string, InstructionEncoding>> s_tested = new(() =>
    {
        var rules = LockstepRules.For(s_table);
        return s_table.Encodings.Where(e => !IsOutside(e) && !IsOfOtherSuites(e) && rules.SkipsWhole(e) is null)
            .ToDictionary(e => e.Name, StringComparer.Ordinal);
    });

    public string Name => "instructions";

    public string Title => "instructions: what each A64 encoding does, and that unallocated words are UNDEFINED";

    public IEnumerable<Case> Generate(SuiteTarget target, ulong seed)
    {
        ulong pstate = Spsr.Implemented(target.Features);
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        foreach (InstructionVector vector in VectorFile.All)
        {
            int number = numbers[vector.Encoding] = numbers.GetValueOrDefault(vector.Encoding) + 1;
            if (s_tested.Value.TryGetValue(vector.Encoding, out InstructionEncoding? encoding) && Why(vector, encoding, target) is null)
            {
                yield return VectorCase.Of(vector, encoding, number, pstate);
            }
        }

        foreach (Case c in UnallocatedCases.All(s_table, seed))
        {
            yield return c;
        }
    }

    public IReadOnlyList<string> Reachable(SuiteTarget target) =>
        [.. Implemented(target).Select(VectorCase.Rule), .. UnallocatedCases.Rules];

    public IReadOnlyList<UnreachedRule> Unreached(SuiteTarget target)
    {
        ILookup<string, InstructionVector> vectors = VectorFile.All.ToLookup(v => v.Encoding, StringComparer.Ordinal);
        List<UnreachedRule> unreached = [];
        foreach (InstructionEncoding encoding in Implemented(target))
        {
            string?[] causes = [.. vectors[encoding.Name].Select(v => Why(v, encoding, target)).Distinct()];
            if (!causes.Contains(null))
            {
                unreached.Add(new UnreachedRule(VectorCase.Rule(encoding), causes.Length == 0 ? NotRecorded : causes[0]!));
            }
        }

        return unreached;
    }

    /// <summary>The encodings that the target has; a hint is there on every PE.</summary>
    private static IEnumerable<InstructionEncoding> Implemented(SuiteTarget target) =>
        s_tested.Value.Values.Where(e => e.NopWithout || Has(e, target.Features));

    private static bool Has(InstructionEncoding encoding, FeatureSet features) => encoding.Needs is null || encoding.Needs.Holds(0, features.Has);

    /// <summary>Why the vector says nothing of the target, or null.</summary>
    private static string? Why(InstructionVector vector, InstructionEncoding encoding, SuiteTarget target) =>
        target.Features.FirstUnmet(vector.Needs) is not null
            || (!vector.IsUndefined && !encoding.IsAllocated(vector.Word, target.Features.Has)) ? OtherVariant
        : Math.Max(vector.Target, vector.Level) > target.HighestLevel ? Level
        : null;

    /// <summary>MRS, MSR, SYS and SYSL (suites access, registers, translation), exception return and waiting (suite exceptions).</summary>
    internal static bool IsOfOtherSuites(InstructionEncoding encoding) =>
        encoding.Group.StartsWith("control.systemmove", StringComparison.Ordinal)
        || encoding.Group.StartsWith("control.systeminstrs", StringComparison.Ordinal)
        || encoding.Mnemonic is "ERET" or "ERETAA" or "ERETAB" or "WFE" or "WFI";

    /// <summary>SVE and SME are outside of the profile.</summary>
    private static bool IsOutside(InstructionEncoding encoding) =>
        encoding.Class.StartsWith("sve", StringComparison.Ordinal) || encoding.Class.StartsWith("mortlach", StringComparison.Ordinal);
}
