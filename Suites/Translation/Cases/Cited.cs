using Conformance.Suites.Translation.Faults;
using Conformance.Suites.Translation.Oracle;
using Conformance.Suites.Translation.Tables;

namespace Conformance.Suites.Translation.Cases;

/// <summary>The rules of a case: those that its answers rest on, the behaviours they belong to, and the fault that it shows.</summary>
internal static class Cited
{
    /// <param name="scene">Tables and registers.</param>
    /// <param name="given">Rules that the maker of the case knows.</param>
    /// <param name="answers">What is allowed.</param>
    /// <param name="access">Kind of access, for <see cref="FaultPoint"/>.</param>
    internal static List<string> By(Scene scene, IReadOnlyList<string> given, IReadOnlyList<Answer> answers, string access)
    {
        RuleSet rules = scene.Walker.Rules;
        World world = scene.World;
        List<string> cited = new(32);
        cited.AddRange(given);
        cited.AddRange(rules.Names);
        AddIf(rules.Has(114), "F062");
        AddIf(rules.Has(112), "F063");
        AddIf(rules.Has(111), "F064");
        AddIf(world.Facts.Nv && world.Bit(Control.HCR_EL2, 43) && !world.Bit(Control.HCR_EL2, 42) && !given.Contains("F065"), "F065");
        bool both = world.Stage2Enabled && rules.Has(60);
        AddIf(both && (rules.Has(55) || rules.Has(57)), "F019");
        AddIf(rules.Has(93), "F020");
        AddIf(both && rules.Has(38) && world.Field(Control.VTCR_EL2, 15, 14) != world.Field(Control.TCR_EL1, 15, 14), "F021");
        foreach (Answer answer in answers)
        {
            if (answer.Fault is { } fault)
            {
                AddIf(fault is { Stage2: true, Kind: FaultKind.AccessFlag } && !cited.Contains("F027"), "F027");
                string point = FaultPoint.Rule(fault, access);
                AddIf(point.Length > 0 && !cited.Contains(point), point);
            }

            if (answers.Count > 2)
            {
                break; // a choice: only what the pseudocode does is counted
            }
        }

        return cited;

        void AddIf(bool condition, string rule)
        {
            if (condition)
            {
                cited.Add(rule);
            }
        }
    }
}
