using System.Text;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Html;

/// <summary>What the device does where the architecture leaves a choice.</summary>
internal static class Choices
{
    private const int Rows = 200;

    public static void Write(StringBuilder html, RunRecord record) =>
        Section(html, "choices", "Choices of the device", "Where the architecture allows several outcomes (CONSTRAINED UNPREDICTABLE, IMPLEMENTATION DEFINED) this is what the device chose.", () =>
        {
            List<Choice> choices = Of(record);
            if (choices.Count == 0)
            {
                html.AppendLf("""<p class="empty">No case that passed had a choice.</p>""");
                return;
            }

            html.AppendLf("<div class=\"scroll\"><table><caption>Allowed outcomes and how often each was seen</caption>");
            html.AppendLf("<thead><tr><th scope=\"col\">Rule</th><th scope=\"col\">Outcome</th><th scope=\"col\" class=\"n\">Cases</th></tr></thead>");
            foreach (Choice choice in choices.Take(Rows))
            {
                html.AppendLf("<tbody>");
                for (int i = 0; i < choice.Allowed.Count; i++)
                {
                    int seen = choice.Chosen.GetValueOrDefault(choice.Allowed[i]);
                    string rules = i > 0 ? "" : $"<th scope=\"rowgroup\" rowspan=\"{choice.Allowed.Count}\">{string.Join(", ", choice.Rules.Select(r => $"<code>{Enc(r)}</code>"))}</th>";
                    html.AppendLf($"<tr>{rules}<td class=\"{(seen == 0 ? "none" : "chosen")}\">{Enc(choice.Allowed[i])}</td><td class=\"n {(seen == 0 ? "none" : "")}\">{Number(seen)}</td></tr>");
                }

                html.AppendLf("</tbody>");
            }

            html.AppendLf("</table></div>");
            if (choices.Count > Rows)
            {
                html.AppendLf($"<p class=\"intro\">{Count(choices.Count - Rows, "more choice")} in the run record.</p>");
            }
        });

    private sealed record Choice(IReadOnlyList<string> Rules, IReadOnlyList<string> Allowed, Dictionary<string, int> Chosen);

    private static List<Choice> Of(RunRecord record)
    {
        Dictionary<string, Choice> choices = new(StringComparer.Ordinal);
        foreach (RecordedCase recorded in record.Cases)
        {
            for (int step = 0; step < Math.Min(recorded.Chosen.Count, recorded.Expected.Count); step++)
            {
                IReadOnlyList<Outcome> allowed = recorded.Expected[step];
                if (allowed.Count < 2)
                {
                    continue;
                }

                string[] names = [.. allowed.Select(o => o.Name).Distinct(StringComparer.Ordinal)];
                string key = string.Join('\n', recorded.Rules.Concat(names));
                if (!choices.TryGetValue(key, out Choice? choice))
                {
                    choices[key] = choice = new Choice(recorded.Rules, names, new(StringComparer.Ordinal));
                }

                choice.Chosen[recorded.Chosen[step]] = choice.Chosen.GetValueOrDefault(recorded.Chosen[step]) + 1;
            }
        }

        return [.. choices.Values];
    }
}
