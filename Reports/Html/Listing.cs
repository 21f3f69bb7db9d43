using System.Globalization;
using System.Text;
using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using Conformance.Reports.Decoding;
using Conformance.Reports.Failures;
using static Conformance.Reports.Html.Markup;

namespace Conformance.Reports.Html;

/// <summary>What ran: the state that a case sets up and the code of the step that failed.</summary>
internal static class Listing
{
    private const int WordsShown = 64;
    private const int ValuesShown = 40;

    public static void Write(StringBuilder html, Case @case, int step, StepComparison? comparison, FieldDecoder decoder)
    {
        Step shown = @case.Steps[Math.Min(step, @case.Steps.Count - 1)];
        html.AppendLf("<div class=\"ran\">");
        html.AppendLf("<h3>What ran</h3>");
        WriteState(html, @case, shown, decoder);
        ulong start = GuestMemory.Code + (ulong)shown.CodeOffset;
        html.AppendLf("<div class=\"scroll\"><table class=\"code\"><caption>Code</caption><thead><tr><th scope=\"col\">Address</th><th scope=\"col\">Word</th><th scope=\"col\">Instruction</th></tr></thead><tbody>");
        foreach ((int index, uint word) in shown.Code.Take(WordsShown).Index())
        {
            ulong pc = start + (4 * (ulong)index);
            html.AppendLf(string.Create(CultureInfo.InvariantCulture, $"<tr><td>{pc:x8}</td><td>{word:x8}</td><td>{Enc(Disassembler.Text(word, pc))}{Marks(pc, comparison)}</td></tr>"));
        }

        html.AppendLf("</tbody></table></div>");
        if (shown.Code.Count > WordsShown)
        {
            html.AppendLf($"<p class=\"intro\">{Count(shown.Code.Count - WordsShown, "more word")} in the case file.</p>");
        }

        html.AppendLf("</div>");
    }

    /// <summary>Where ELR points, as far as it points into the code.</summary>
    private static string Marks(ulong pc, StepComparison? comparison)
    {
        FieldComparison? elr = comparison?.Fields.FirstOrDefault(f => f.Field == FieldNames.Elr);
        string text = ValueNotation.Text(pc);
        return (elr?.Expected == text, elr?.Observed == text) switch
        {
            (true, true) => " <span class=\"elr\">ELR</span>",
            (true, false) => " <span class=\"elr\">ELR expected</span>",
            (false, true) => " <span class=\"elr\">ELR observed</span>",
            _ => "",
        };
    }

    private static void WriteState(StringBuilder html, Case @case, Step step, FieldDecoder decoder)
    {
        html.AppendLf("<dl class=\"state\">");
        Row("Starts at", string.Create(CultureInfo.InvariantCulture, $"EL{step.Level}, PSTATE {decoder.Line(FieldNames.Pstate, step.Pstate)}"));
        if (step.EntryPc is { } entry)
        {
            Row("First instruction", ValueNotation.Text(entry));
        }

        IEnumerable<(string, string)> values =
        [
            .. @case.Registers.Concat(step.Registers).Concat(step.General).Select(r => (r.Name, decoder.Line(r.Name, r.Value))),
            .. @case.Memory.Select(m => (FieldNames.Memory(m.Address), ValueNotation.Text(m.Value))),
            .. @case.Fills.Select(f => (FieldNames.Memory(f.Address), string.Create(CultureInfo.InvariantCulture, $"0x{f.Length:x} bytes: 0x{f.First:x}, then 0x{f.Stride:x} more each word"))),
        ];
        foreach ((string name, string value) in values.Take(ValuesShown))
        {
            Row(name, value);
        }

        html.AppendLf("</dl>");

        void Row(string name, string value) => html.AppendLf($"<div><dt>{Enc(name)}</dt><dd>{Enc(value)}</dd></div>");
    }
}
