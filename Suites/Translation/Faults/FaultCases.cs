using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Cases;
using Conformance.Suites.Translation.Generated;
using Conformance.Suites.Translation.Oracle;

namespace Conformance.Suites.Translation.Faults;

/// <summary>At least one case for each cell of the table of faults: random tables, until they show just that fault.</summary>
internal static class FaultCases
{
    private const int Tries = 1500;
    private const int EachCell = 3;

    internal static IEnumerable<Case> All(Facts facts, ulong seed)
    {
        foreach (FaultPoint point in FaultTable.Reachable(facts))
        {
            Dice dice = new(seed, point.Name);
            for (int found = 0, tried = 0; found < EachCell && tried < Tries; tried++)
            {
                if (Try(facts, dice, point, found) is { } made)
                {
                    found++;
                    yield return made;
                }
            }
        }
    }

    private static Case? Try(Facts facts, Dice dice, FaultPoint point, int number)
    {
        bool stage2 = point.Stage != FaultStage.One;
        var random = new RandomScene(facts, dice)
        {
            Canonical = true,
            Wanted = point.Kind switch
            {
                FaultKind.Translation when point.Level == 0 && stage2 && dice.OneIn(2) => Spoil.Size,
                FaultKind.Translation => Spoil.Invalid,
                FaultKind.AddressSize when point.Level == 0 && !stage2 && dice.OneIn(2) => Spoil.BaseTooHigh,
                FaultKind.AddressSize => Spoil.TooHigh,
                FaultKind.AccessFlag => Spoil.NoFlag,
                FaultKind.Permission => Spoil.NoPermission,
                FaultKind.External => Spoil.External,
                _ => Spoil.None,
            },
            WantedLevel = point.Level,
            WantedAtStage2 = stage2,
            WantedOnWalk = point.Stage == FaultStage.Walk,
        };
        int level = dice.Below(2);
        bool misaligned = point.Kind == FaultKind.Alignment;
        random.Make(Regime.El10, stage1: true, stage2, misaligned ? 0x123UL : 0x120UL);
        if (!random.Complete)
        {
            return null;
        }

        string suffix = string.Create(CultureInfo.InvariantCulture, $"{point.Name["fault ".Length..].Replace(' ', '-')}-{number}");
        Case? made;
        if (point.Access == "at")
        {
            AtInstruction at = AtInstruction.All.First(a => a.Level == level && a.BothStages == stage2 && !a.Pan);
            made = AtCase.Make(t => t == Trait.None ? $"translation/faults/{suffix}" : $"translation/at/{Groups.Of(t)}/{suffix}",
                $"AT {at.Name}: {point.Name}", random.Scene, random.Va, [at], facts.Target.HighestLevel);
        }
        else
        {
            string name = point.Access switch { "fetch" => "fetch", "write" => "str", _ => "ldr" };
            Instruction instruction = Instruction.All.First(i => i.Name == name);
            made = new AccessCase(random.Scene, instruction, Spsr.At(level), random.Va, random.Target, dice).Make(
                t => Groups.OfAccess(t).Length == 0
                    ? $"translation/{(point.Kind == FaultKind.External ? "external" : "faults")}/{suffix}"
                    : string.Create(CultureInfo.InvariantCulture, $"translation/access/el{level}/{Groups.OfAccess(t)}{suffix}"),
                $"{instruction.Name} at EL{level}: {point.Name}");
        }

        // Only what shows the wanted fault and nothing remarkable beside it.
        return made is not null && made.Rules.Contains(point.Name) && made.Steps[0].Allowed.Count == 1 && Accepts(made, point) ? made : null;
    }

    private static bool Accepts(Case made, FaultPoint point) =>
        made.Id.StartsWith("translation/faults/", StringComparison.Ordinal)
        || made.Id.StartsWith("translation/external/", StringComparison.Ordinal)
        || (point.Kind == FaultKind.Alignment && made.Id.Contains("/misaligned-device/", StringComparison.Ordinal))
        || (point is { Kind: FaultKind.Permission, Stage: FaultStage.Two, Access: "at" } && made.Id.Contains("/refused-at-stage-2/", StringComparison.Ordinal));
}
