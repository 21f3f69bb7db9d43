using System.Text;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;

namespace Conformance.Cli;

/// <summary>
/// Keeps the cases that did not pass beside the run record, in <c>cases.jsonl</c>: a case file, so that they can be shown,
/// changed and run again without the suites that made them.
/// </summary>
/// <param name="folder">The folder of the record; it has to exist when the first case is kept.</param>
internal sealed class KeptCases(string folder) : IRunProgress, IDisposable
{
    public const string Name = "cases.jsonl";

    private readonly string _path = Path.Combine(folder, Name);
    private StreamWriter? _writer;

    public void Judged(Judgement judgement)
    {
        if (judgement.Verdict is Verdict.Pass or Verdict.Skip)
        {
            return;
        }

        Writer().Write(CaseFile.ToJson(judgement.Case));
        Writer().Write('\n');
    }

    /// <summary>An earlier run's file must not stay beside this run's record, so one is written even if it holds no case.</summary>
    public void Progressed(VerdictCounts counts, int? total) => Writer().Flush();

    public void Dispose() => _writer?.Dispose();

    /// <summary>The kept cases of a run folder by id; none when there is no such file.</summary>
    /// <exception cref="CaseFileException">The file is there and cannot be used.</exception>
    public static IReadOnlyDictionary<string, Case> Read(string folder, string shownAs)
    {
        string path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            return new Dictionary<string, Case>(StringComparer.Ordinal);
        }

        using var reader = new StreamReader(path);
        return CaseFile.Read(reader, Path.Combine(shownAs, Name)).ToDictionary(c => c.Id, StringComparer.Ordinal);
    }

    private StreamWriter Writer()
    {
        if (_writer is null)
        {
            try
            {
                _writer = new StreamWriter(_path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new RunException($"{_path}: cannot be written ({e.Message.TrimEnd('.')}); name a folder that can be written with --out.");
            }

            _writer.Write(CaseFile.Head);
            _writer.Write('\n');
        }

        return _writer;
    }
}
