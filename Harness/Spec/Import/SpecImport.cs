using Conformance.Harness.Spec.Import.Pages;
using Conformance.Harness.Spec.Import.Pseudocode;
using Conformance.Harness.Spec.Import.Translation;

namespace Conformance.Harness.Spec.Import;

/// <summary>Makes the access facts from Arm's published A-profile System Register XML.</summary>
/// <remarks>
/// Nothing of Arm's text is kept: the access pseudocode becomes decision trees in the notation of the facts. The rules that
/// the XML has no pseudocode for (MSR immediate, ERET, SMC, HVC) come from <c>Fixtures/spec/hand-rules.jsonl</c>.
/// </remarks>
public static class SpecImport
{
    /// <summary>Reads a folder of the XML.</summary>
    /// <param name="folder">The unpacked download, or the folder in it that holds <c>AArch64-*.xml</c>.</param>
    /// <param name="progress">Told how many of how many pages are read.</param>
    /// <param name="stop">Ends the import early.</param>
    /// <exception cref="ImportException">The folder does not hold that XML, or a file is damaged; the message is one line.</exception>
    public static ImportResult Read(string folder, Action<int, int>? progress = null, CancellationToken stop = default)
    {
        Release release = Release.Open(folder);
        List<RegisterPage> pages = [];
        for (int i = 0; i < release.Files.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            if (PageReader.Read(release.Files[i]) is { } page)
            {
                pages.Add(page);
            }

            progress?.Invoke(i + 1, release.Files.Count);
        }

        if (!pages.Any(p => p.Mechanisms.Count > 0))
        {
            throw new ImportException($"{folder}: no page says how its register is reached; give a complete SysReg_xml_A_profile download.");
        }

        List<ImportGap> gaps = [];
        IReadOnlyList<(string Id, string Line)> hand = HandRules.Lines;
        List<TranslatedRule> rules = Rules(pages, [.. hand.Select(h => h.Id)], gaps);
        var registers = new RegisterTranslator(gaps);
        return new ImportResult(
            release.Name,
            [RuleLines.Head(rules.Count + hand.Count, release.Name), .. rules.Select(RuleLines.Rule), .. hand.Select(h => h.Line)],
            [RegisterTranslator.Head, .. pages.Where(p => p.IsRegister).Select(registers.Line)],
            pages.Count,
            rules.Count,
            hand.Count,
            rules.Sum(r => r.Trees.Leaves),
            gaps);
    }

    /// <summary>Translates every accessor once, in the order of the pages; several pages can describe the same one.</summary>
    private static List<TranslatedRule> Rules(IReadOnlyList<RegisterPage> pages, HashSet<string> hand, List<ImportGap> gaps)
    {
        List<TranslatedRule> rules = [];
        foreach (IGrouping<string, (RegisterPage Page, AccessMechanism Mechanism)> same in pages
            .SelectMany(p => p.Mechanisms.Select(m => (Page: p, Mechanism: m)))
            .GroupBy(a => a.Mechanism.Accessor, StringComparer.Ordinal))
        {
            (string op, string name) = AccessorTranslator.Identify(same.Key);
            string home = name.Replace("<m>", "<n>", StringComparison.Ordinal);
            (RegisterPage page, AccessMechanism mechanism) = same.OrderBy(s => s.Page.Name == home ? 0 : 1).First();
            if (hand.Contains($"{op} {name}"))
            {
                continue;
            }

            void Gap(int line, string construct) => gaps.Add(new ImportGap(
                GapKind.AccessorMissing, $"{op} {name}", $"{page.File}, line {mechanism.Line + Math.Max(0, line - 1)}", construct));
            if (same.FirstOrDefault(s => !s.Mechanism.Agrees(mechanism)).Page is { } other)
            {
                Gap(0, $"{other.File} describes it otherwise");
                continue;
            }

            try
            {
                rules.Add(AccessorTranslator.Translate(mechanism, page, [.. same.Select(s => s.Page)]));
            }
            catch (UntranslatedException e)
            {
                Gap(e.Line, e.Construct);
            }
            catch (PseudocodeException e)
            {
                Gap(e.Line, e.Message);
            }
        }

        return rules;
    }
}
