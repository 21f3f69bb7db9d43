using System.Text;
using System.Text.Json;
using Conformance.Harness.Cases.AccessLines;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Cases;

/// <summary>Cases as JSON Lines: a head, then one case per line. Schema: <c>Fixtures/schemas/case.schema.json</c>.</summary>
/// <remarks>
/// The format is for people too: system registers may be given by fields and PSTATE by name. What is written always has
/// whole values, so that a file means the same to a reader that knows no register.
/// </remarks>
public static class CaseFile
{
    public const string Format = "conformance-cases";

    /// <summary>The version that is written, and the newest that is read.</summary>
    public const int Version = 1;

    /// <summary>The first line of a file.</summary>
    public const string Head = """{"format":"conformance-cases","version":1}""";

    /// <summary>Reads a file; see <see cref="Read(TextReader, string)"/>.</summary>
    public static IEnumerable<Case> Read(string path)
    {
        Open(path).Dispose(); // a file that is not there is told now, not at the first case
        return ReadAndClose(path);
    }

    /// <summary>Reads cases one by one, once. Empty lines are skipped.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="fileName">Name for messages.</param>
    /// <exception cref="CaseFileException">The first thing that is wrong, when the enumeration gets to it.</exception>
    public static IEnumerable<Case> Read(TextReader reader, string fileName) => Entries(reader, fileName, accesses: false).Select(e => ((CaseEntry.Whole)e).Case);

    /// <summary>Reads a file that may hold access lines among its cases, line by line, once. Empty lines are skipped.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="fileName">Name for messages.</param>
    /// <exception cref="CaseFileException">The first thing that is wrong, when the enumeration gets to it.</exception>
    public static IEnumerable<CaseEntry> Entries(TextReader reader, string fileName) => Entries(reader, fileName, accesses: true);

    private static IEnumerable<CaseEntry> Entries(TextReader reader, string fileName, bool accesses)
    {
        HashSet<string> ids = new(StringComparer.Ordinal);
        int number = 0;
        bool headed = false;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            CaseEntry? read = ReadLine(line, headed, accesses, fileName, number);
            headed = true;
            if (read is null)
            {
                continue;
            }

            if (!ids.Add(read.Id))
            {
                throw new CaseFileException(fileName, number, $"id: '{read.Id}' is used twice; give each case an id of its own");
            }

            yield return read;
        }

        if (!headed)
        {
            throw new CaseFileException(fileName, 0, $"the file is empty; begin it with the line {Head}");
        }
    }

    /// <summary>Reads one case from a line without a file, as <see cref="ToJson"/> writes it.</summary>
    /// <exception cref="CaseFileException">The line is not a case.</exception>
    public static Case FromJson(string line, string source = "case") =>
        ((CaseEntry.Whole)ReadLine(line, headed: true, accesses: false, source, 1)!).Case;

    /// <summary>Writes a file: the head and the cases.</summary>
    public static void Write(string path, IEnumerable<Case> cases)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        Write(writer, cases);
    }

    /// <summary>Writes the head and the cases, one line each, ended by a line feed on every system.</summary>
    public static void Write(TextWriter writer, IEnumerable<Case> cases)
    {
        writer.Write(Head);
        writer.Write('\n');
        using var lines = new CaseWriter();
        char[] characters = [];
        foreach (Case c in cases)
        {
            ReadOnlySpan<byte> line = lines.Line(c);
            if (characters.Length < line.Length)
            {
                characters = new char[2 * line.Length];
            }

            int length = Encoding.UTF8.GetChars(line, characters);
            writer.Write(characters, 0, length);
            writer.Write('\n');
        }
    }

    /// <summary>One case as one line of a file, without the line feed.</summary>
    public static string ToJson(Case @case)
    {
        using var writer = new CaseWriter();
        return Encoding.UTF8.GetString(writer.Line(@case));
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CaseFileException(path, 0, $"the file cannot be read ({e.Message.TrimEnd('.')}); give the path of a case file");
        }
    }

    private static IEnumerable<Case> ReadAndClose(string path)
    {
        using StreamReader reader = Open(path);
        foreach (Case c in Read(reader, path))
        {
            yield return c;
        }
    }

    /// <summary>The entry of a line, or null for the head.</summary>
    private static CaseEntry? ReadLine(string line, bool headed, bool accesses, string file, int number)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var place = new JsonPlace(json.RootElement, "");
            if (!headed)
            {
                ReadHead(place);
                return null;
            }

            if (AccessLineReader.Recognises(json.RootElement))
            {
                return accesses
                    ? new CaseEntry.Access(AccessLineReader.Read(place, number))
                    : throw new CaseProblemException("an access line becomes a case for a device only; give the file to `conformance run --cases`");
            }

            Case read = CaseReader.Read(place);
            return CaseCheck.FirstProblem(read) is { } problem ? throw new CaseProblemException(problem) : new CaseEntry.Whole(read);
        }
        catch (JsonException e)
        {
            throw new CaseFileException(
                file, number, $"not JSON: {Reason(e)} at character {e.BytePositionInLine + 1}; write one case per line, as one object");
        }
        catch (CaseProblemException e)
        {
            throw new CaseFileException(file, number, e.Message);
        }
    }

    /// <summary>The first sentence of the parser's message, which ends with the position otherwise.</summary>
    private static string Reason(JsonException e)
    {
        int end = e.Message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? e.Message : e.Message[..end];
    }

    private static void ReadHead(JsonPlace head)
    {
        string? format = head.Element.ValueKind == JsonValueKind.Object
            && head.Element.TryGetProperty("format", out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;
        if (format is null)
        {
            throw new CaseProblemException($"the head is missing; begin the file with the line {Head}");
        }

        if (format != Format)
        {
            throw new CaseProblemException(
                $"format: '{format}' is not a case file{NearestName.Hint(format, [Format])}; begin the file with the line {Head}");
        }

        Dictionary<string, JsonPlace> members = head.Members("format", "version");
        ulong version = head.Required(members, "version").Value();
        if (version != Version)
        {
            throw new CaseProblemException(
                $"version: {version} is not supported, this program reads version {Version}; "
                    + $"use a newer program or write version {Version}");
        }
    }
}
