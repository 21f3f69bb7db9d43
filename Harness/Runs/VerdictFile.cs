using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json;

namespace Conformance.Harness.Runs;

/// <summary>The lines of a whole <c>run.jsonl</c>, read on all cores: it holds a kilobyte per case.</summary>
internal static class VerdictFile
{
    private const int SmallestPart = 1 << 20; // bytes

    /// <summary>All lines; the last one may be without its end, and is then left out if it is not whole.</summary>
    /// <exception cref="RunException">A line is not a verdict; of several such lines the first is named.</exception>
    internal static (List<RecordedCase> Cases, bool Cut) Read(byte[] file, string path)
    {
        List<(int Start, int End, int FirstLine)> parts = Parts(file);
        var read = new (List<RecordedCase> Cases, bool Cut, ExceptionDispatchInfo? Problem)[parts.Count];
        Parallel.For(0, parts.Count, i =>
        {
            (int start, int end, int firstLine) = parts[i];
            try
            {
                (List<RecordedCase> cases, bool cut) = ReadPart(file.AsSpan(start..end), firstLine, path);
                read[i] = (cases, cut, null);
            }
            catch (RunException e)
            {
                read[i] = ([], false, ExceptionDispatchInfo.Capture(e));
            }
        });
        foreach ((_, _, ExceptionDispatchInfo? problem) in read)
        {
            problem?.Throw();
        }

        return ([.. read.SelectMany(r => r.Cases)], read.Length > 0 && read[^1].Cut);
    }

    /// <summary>Cuts at ends of lines, so that every part but the last ends with one.</summary>
    private static List<(int Start, int End, int FirstLine)> Parts(ReadOnlySpan<byte> file)
    {
        List<(int, int, int)> parts = [];
        int size = Math.Max(SmallestPart, file.Length / Environment.ProcessorCount);
        int line = 1;
        for (int start = 0; start < file.Length;)
        {
            int wanted = start + Math.Min(size, file.Length - start);
            int next = wanted == file.Length ? -1 : file[wanted..].IndexOf((byte)'\n');
            int end = next < 0 ? file.Length : wanted + next + 1;
            parts.Add((start, end, line));
            line += file[start..end].Count((byte)'\n');
            start = end;
        }

        return parts;
    }

    private static (List<RecordedCase> Cases, bool Cut) ReadPart(ReadOnlySpan<byte> part, int number, string path)
    {
        List<RecordedCase> cases = [];
        var reader = new RecordReader(path);
        for (; !part.IsEmpty; number++)
        {
            int end = part.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? part : part[..end];
            part = end < 0 ? default : part[(end + 1)..];
            try
            {
                cases.Add(reader.Read(line, number));
            }
            catch (JsonException) when (end < 0)
            {
                return (cases, true);
            }
            catch (JsonException)
            {
                throw new RunException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path}:{number}: not JSON: {Start(line)}; this is not the record of a run, or it was changed."));
            }
        }

        return (cases, false);
    }

    private static string Start(ReadOnlySpan<byte> line) =>
        $"'{Encoding.UTF8.GetString(line[..Math.Min(line.Length, 40)]).Replace('\r', ' ')}'";
}
