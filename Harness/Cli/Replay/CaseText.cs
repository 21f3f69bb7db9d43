using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using Conformance.Harness.Runs;
using Conformance.Reports.Decoding;
using Conformance.Reports.Failures;

namespace Conformance.Cli.Replay;

/// <summary>A judged case in full, as text: what was set up, what ran, what was expected and what was seen.</summary>
internal sealed class CaseText
{
    private readonly RunRecord _record;
    private readonly FieldDecoder _decoder;

    public CaseText(RunSummary summary, IReadOnlyList<Case> cases)
    {
        _record = new RunRecord(summary, [], null) { Definitions = cases.ToDictionary(c => c.Id, StringComparer.Ordinal) };
        _decoder = FieldDecoder.Of(_record);
    }

    public void Write(TextWriter to, Judgement judgement, string replay)
    {
        Case c = judgement.Case;
        to.WriteLine($"{judgement.Verdict.ToString().ToUpperInvariant()} {c.Id}");
        Line(to, "says", c.Title);
        Line(to, "rules", string.Join(", ", c.Rules));
        Line(to, "needs", string.Join(", ", c.Needs));
        FieldDecoder decoder = _decoder.For(Recorded(judgement, -1));
        foreach (RegisterValue register in c.Registers)
        {
            Line(to, "set", $"{register.Name} = {decoder.Line(register.Name, register.Value)}");
        }

        foreach (MemoryFill fill in c.Fills)
        {
            Line(to, "set", $"0x{fill.Length:x} bytes at 0x{fill.Address:x} = 0x{fill.First:x}, then 0x{fill.Stride:x} more each word");
        }

        foreach (MemoryWord word in c.Memory)
        {
            Line(to, "set", $"{FieldNames.Memory(word.Address)} = 0x{word.Value:x}");
        }

        for (int i = 0; i < c.Steps.Count; i++)
        {
            WriteStep(to, c, i, decoder);
            WriteComparison(to, judgement, i);
        }

        Line(to, "reason", judgement.Reason);
        Line(to, "replay", replay);
    }

    private static void WriteStep(TextWriter to, Case c, int index, FieldDecoder decoder)
    {
        Step step = c.Steps[index];
        to.WriteLine(c.Steps.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"\nStep {index + 1} of {c.Steps.Count}"));
        Line(to, "from", $"EL{step.Level}, PSTATE = {decoder.Line(FieldNames.Pstate, step.Pstate)}");
        foreach (RegisterValue register in step.Registers.Concat(step.General))
        {
            Line(to, "set", $"{register.Name} = {decoder.Line(register.Name, register.Value)}");
        }

        ulong start = GuestMemory.Code + (ulong)step.CodeOffset;
        ulong entry = step.EntryPc ?? start;
        foreach ((int n, uint word) in step.Code.Index())
        {
            ulong pc = start + (4 * (ulong)n);
            string mark = pc == entry ? ">" : " ";
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {mark} {pc:x8}  {word:x8}  {Disassembler.Text(word, pc)}"));
        }

        if (step.EntryPc is { } odd && (odd < start || odd >= start + (4 * (ulong)step.Code.Count) || odd % 4 != 0))
        {
            Line(to, "entry", $"0x{odd:x}");
        }
    }

    private void WriteComparison(TextWriter to, Judgement judgement, int index)
    {
        Case c = judgement.Case;
        if (judgement.Observed is not Observation.Finished finished || index >= finished.Steps.Count)
        {
            foreach (Outcome outcome in c.Steps[index].Allowed)
            {
                Line(to, "expected", $"{outcome.Name}: {string.Join(", ", outcome.Fields.Select(f => $"{f.Field} {ValueNotation.Text(f)}"))}");
            }

            return;
        }

        if (StepComparison.Of(Recorded(judgement, index), _decoder) is not { } comparison)
        {
            return;
        }

        string others = comparison.Allowed > 1
            ? string.Create(CultureInfo.InvariantCulture, $" (the closest of {comparison.Allowed} allowed outcomes)")
            : "";
        Line(to, "expected", comparison.Closest.Name + others);
        List<(string Mark, string Name, string Expected, string Observed)> rows = [("", "", "expected", "observed")];
        foreach (FieldComparison field in comparison.Fields)
        {
            rows.Add((field.Differs ? "*" : "", field.Field, field.Expected, field.Observed));
            rows.AddRange(field.Parts.Where(p => p.IsWorthShowing)
                .Select(p => (p.Differs ? "*" : "", "  " + p.Name, p.Expected, p.Observed)));
        }

        int name = rows.Max(r => r.Name.Length);
        int expected = rows.Max(r => r.Expected.Length);
        foreach ((string mark, string field, string left, string right) in rows)
        {
            to.WriteLine($"  {mark,1} {field.PadRight(name)}  {left.PadRight(expected)}  {right}".TrimEnd());
        }
    }

    /// <summary>The judgement as a record would hold it, looked at from one step: also one that matched.</summary>
    private static RecordedCase Recorded(Judgement judgement, int step) => new()
    {
        Id = judgement.Case.Id,
        Suite = judgement.Case.Suite,
        Title = judgement.Case.Title,
        Rules = judgement.Case.Rules,
        Verdict = judgement.Verdict,
        Reason = judgement.Reason,
        FailedStep = step,
        Chosen = judgement.Chosen,
        Expected = [.. judgement.Case.Steps.Select(s => s.Allowed)],
        Observed = judgement.Observed,
        Replay = "",
    };

    private static void Line(TextWriter to, string what, string text)
    {
        if (text.Length > 0)
        {
            to.WriteLine($"  {what,-9} {text}");
        }
    }
}
