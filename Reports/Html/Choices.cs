using System.Text;
using Conformance.Harness.Runs;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Html;

/// <summary>What the device does where the architecture leaves a choice.</summary>
internal static class Choices
{
    private const int Rows = 100;
    private const int Shown = 10;

    public static void Write(StringBuilder html, RunRecord record) =>
        Section(html, "choices", "Choices of the device", "Where the architecture allows several outcomes (CONSTRAINED UNPREDICTABLE, IMPLEMENTATION DEFINED) this is what the device chose.", () =>
        {
            List<Choice> choices = Of(record);
            if (choices.Count == 0)
            {
                html.AppendLf("""<p class="empty">No case that passed had a choice.</p>""");
                return;
            }

            html.AppendLf($"<details class=\"missing\"{(choices.Count <= Shown ? " open" : "")}><summary>{Count(choices.Count, "choice")}</summary>");
            html.AppendLf("<div class=\"scroll\"><table><caption>Allowed outcomes and how often each was seen</caption>");
            html.AppendLf("<thead><tr><th scope=\"col\">Outcome</th><th scope=\"col\" class=\"n\">Cases</th><th scope=\"col\">Rules</th><th scope=\"col\">For example</th></tr></thead>");
            foreach (Choice choice in choices.Take(Rows))
            {
                WriteRows(html, choice);
            }

            html.AppendLf("</table></div></details>");
            if (choices.Count > Rows)
            {
                html.AppendLf($"<p class=\"intro\">{Count(choices.Count - Rows, "more choice")} in the run record.</p>");
            }
        });

    private static void WriteRows(StringBuilder html, Choice choice)
    {
        html.AppendLf("<tbody>");
        foreach ((int i, string outcome) in choice.Allowed.Index())
        {
            int seen = choice.Chosen.GetValueOrDefault(outcome);
            html.Append($"<tr><td class=\"{(seen == 0 ? "none" : "chosen")}\">{Enc(outcome)}</td><td class=\"n {(seen == 0 ? "none" : "")}\">{Number(seen)}</td>");
            if (i == 0)
            {
                string rules = string.Join(", ", choice.Rules.Select(r => $"<code>{Enc(r)}</code>"));
                html.Append($"<td rowspan=\"{choice.Allowed.Count}\">{rules}</td><td rowspan=\"{choice.Allowed.Count}\"><code>{Enc(choice.Example)}</code></td>");
            }

            html.AppendLf("</tr>");
        }

        html.AppendLf("</tbody>");
    }

    /// <summary>Cases that leave the same choice.</summary>
    /// <param name="Allowed">The names of the outcomes, in the order of the case.</param>
    /// <param name="Example">The first case.</param>
    /// <param name="Rules">The rules that all of the cases check; those of the first case when there are none.</param>
    /// <param name="Chosen">How often each outcome was seen.</param>
    private sealed record Choice(IReadOnlyList<string> Allowed, string Example, IReadOnlyList<string> Rules, Dictionary<string, int> Chosen);

    private static List<Choice> Of(RunRecord record) =>
    [
        .. Decisions(record).GroupBy(d => string.Join('\n', d.Allowed), StringComparer.Ordinal).Select(group =>
        {
            RecordedCase first = group.First().Case;
            IReadOnlyList<string> common = [.. first.Rules.Where(r => group.All(d => d.Case.Rules.Contains(r)))];
            return new Choice(
                group.First().Allowed,
                first.Id,
                common.Count > 0 ? common : first.Rules,
                group.CountBy(d => d.Chosen, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal));
        }),
    ];

    /// <summary>Every step that matched one of several outcomes.</summary>
    private static IEnumerable<(RecordedCase Case, IReadOnlyList<string> Allowed, string Chosen)> Decisions(RunRecord record) =>
        from recorded in record.Cases
        from step in Enumerable.Range(0, Math.Min(recorded.Chosen.Count, recorded.Expected.Count))
        where recorded.Expected[step].Count > 1
        select (recorded, (IReadOnlyList<string>)[.. recorded.Expected[step].Select(o => o.Name).Distinct(StringComparer.Ordinal)],
            recorded.Chosen[step]);
}
