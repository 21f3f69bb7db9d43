using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Conformance.Harness.Cases;
using Conformance.Harness.Coverage;

namespace Conformance.Harness.Runs;

/// <summary>Writes the record of a run to its folder as the run goes, so that a killed run loses nothing.</summary>
internal sealed class RunRecorder : IDisposable
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the file is not pasted into HTML
        SkipValidation = true,
    };

    private readonly string _folder;
    private readonly LineFile _verdicts;
    private readonly LineFile _cases;
    private readonly Utf8JsonWriter _json;
    private readonly CaseWriter _caseWriter = new();

    /// <summary>Opens the folder, replaces an older record in it, and writes a first summary without results.</summary>
    /// <exception cref="RunException">The folder cannot be written.</exception>
    public RunRecorder(string folder, RunSummary atStart)
    {
        _folder = folder;
        try
        {
            Directory.CreateDirectory(folder);
            File.Delete(Path.Combine(folder, RunRecord.CoverageName)); // written at the end only; an older one must not stay
            File.Delete(Path.Combine(folder, RunRecord.AttributionName));
            WriteSummary(atStart);
            _verdicts = new LineFile(Path.Combine(folder, RunRecord.VerdictsName));
            _cases = new LineFile(Path.Combine(folder, RunRecord.CasesName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            _verdicts?.Dispose();
            throw Unwritable(folder, e);
        }

        _json = new Utf8JsonWriter(_verdicts.Buffer, s_options);
        _cases.Buffer.Write(Encoding.UTF8.GetBytes(CaseFile.Head));
        _cases.EndLine();
    }

    public void Add(Judgement judgement, Waiver? waiver, string replay)
    {
        WriteVerdict(_json, judgement, waiver, replay);
        _json.Flush();
        _json.Reset();
        _verdicts.EndLine();
        _cases.Buffer.Write(_caseWriter.Line(judgement.Case));
        _cases.EndLine();
        if (_verdicts.IsFull || _cases.IsFull)
        {
            Flush();
        }
    }

    /// <summary>Hands everything to the operating system: a process killed after this has lost nothing.</summary>
    public void Flush()
    {
        try
        {
            _cases.Flush(); // first, so that every verdict on disk has its case
            _verdicts.Flush();
        }
        catch (IOException e)
        {
            throw Unwritable(_folder, e);
        }
    }

    /// <summary>Writes what is known at the end only.</summary>
    public void Finish(RunSummary summary, CoverageMap? map, IReadOnlyList<Attribution> attributions)
    {
        Flush();
        try
        {
            if (map is not null)
            {
                File.WriteAllBytes(Path.Combine(_folder, RunRecord.CoverageName), CoverageFile.Write(map));
            }

            if (attributions.Count > 0)
            {
                File.WriteAllText(Path.Combine(_folder, RunRecord.AttributionName), AttributionFile.Write(attributions));
            }

            WriteSummary(summary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(_folder, e);
        }
    }

    public void Dispose()
    {
        _json.Dispose();
        _caseWriter.Dispose();
        _verdicts.Dispose();
        _cases.Dispose();
    }

    /// <summary>Writes beside and renames, so that the file is always whole.</summary>
    private void WriteSummary(RunSummary summary)
    {
        string path = Path.Combine(_folder, RunRecord.SummaryName);
        File.WriteAllBytes(path + ".new", SummaryFile.Write(summary));
        File.Move(path + ".new", path, overwrite: true);
    }

    private static RunException Unwritable(string folder, Exception e) =>
        new($"{folder}: cannot write the run record ({e.Message.TrimEnd('.')}); name a folder that can be written with --out.");

    internal static void WriteVerdict(Utf8JsonWriter json, Judgement judgement, Waiver? waiver, string replay)
    {
        Case @case = judgement.Case;
        json.WriteStartObject();
        json.WriteString("case"u8, @case.Id);
        json.WriteString("suite"u8, @case.Suite);
        json.WriteString("title"u8, @case.Title);
        WriteTexts(json, "rules"u8, @case.Rules);
        json.WriteString("verdict"u8, Text(judgement.Verdict));
        json.WriteString("reason"u8, judgement.Reason);
        if (judgement.FailedStep >= 0)
        {
            json.WriteNumber("failedStep"u8, judgement.FailedStep);
        }

        WriteTexts(json, "chosen"u8, judgement.Chosen);
        json.WriteStartArray("expected"u8);
        foreach (Step step in @case.Steps)
        {
            WriteOutcomes(json, step.Allowed);
        }

        json.WriteEndArray();
        WriteObserved(json, judgement.Observed);
        if (waiver is not null)
        {
            json.WriteString("waiver"u8, waiver.Id);
        }

        if (judgement.Leak is not null)
        {
            json.WriteString("leak"u8, judgement.Leak);
        }

        json.WriteString("replay"u8, replay);
        json.WriteEndObject();
    }

    private static void WriteOutcomes(Utf8JsonWriter json, IReadOnlyList<Outcome> outcomes)
    {
        json.WriteStartArray();
        foreach (Outcome outcome in outcomes)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, outcome.Name);
            json.WriteStartObject("fields"u8);
            foreach (FieldExpectation field in outcome.Fields)
            {
                RecordJson.WriteField(json, field);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteObserved(Utf8JsonWriter json, Observation observation)
    {
        switch (observation)
        {
            case Observation.Finished finished:
                json.WriteStartArray("observed"u8);
                foreach (StepObservation step in finished.Steps)
                {
                    json.WriteStartObject();
                    foreach (KeyValuePair<string, ulong> field in step.Fields)
                    {
                        json.WritePropertyName(field.Key);
                        RecordJson.WriteValue(json, field.Value);
                    }

                    json.WriteEndObject();
                }

                json.WriteEndArray();
                break;
            case Observation.Refused refused:
                json.WriteString("observed"u8, RecordJson.Refused + refused.Reason);
                break;
            case Observation.TimedOut timedOut:
                json.WriteString("observed"u8, RecordJson.TimedOut + timedOut.Seen);
                break;
            case Observation.Died died:
                json.WriteString("observed"u8, RecordJson.Died + died.Seen);
                break;
            default:
                throw new UnreachableException($"unknown observation {observation.GetType().Name}");
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        for (int i = 0; i < texts.Count; i++)
        {
            json.WriteStringValue(texts[i]);
        }

        json.WriteEndArray();
    }

    private static ReadOnlySpan<byte> Text(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "pass"u8,
        Verdict.Fail => "fail"u8,
        Verdict.Skip => "skip"u8,
        Verdict.Waived => "waived"u8,
        Verdict.Error => "error"u8,
    };
}
