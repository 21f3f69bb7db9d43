using System.Text.Json;
using Conformance.Harness.Spec.Import;

namespace Conformance.Harness.Spec.Compare;

/// <summary>One version of the facts: rules, registers, or both.</summary>
/// <param name="Name">Where they come from, for messages.</param>
/// <param name="Rules">The accessors, or null if there is no rules file.</param>
/// <param name="Registers">The rows of the register file, or null if there is none.</param>
public sealed record FactSet(string Name, IReadOnlyList<RuleRow>? Rules, IReadOnlyList<JsonElement>? Registers)
{
    /// <summary>The name that stands for the facts of this program.</summary>
    public const string BuiltIn = "built-in";

    private const string RulesFile = "access-rules.jsonl";
    private const string RegistersFile = "registers.jsonl";

    /// <summary>The facts that the suite judges by.</summary>
    public static FactSet OfThisProgram() => new(
        BuiltIn, [.. Rows(Facts.Lines(RulesFile), "acc")], [.. Facts.Lines(RegistersFile).Where(r => Kind(r) == "reg").Select(r => r.Clone())]);

    /// <summary>Reads facts: <see cref="BuiltIn"/>, a file in our notation, a folder of such files, or a folder of Arm's XML.</summary>
    /// <param name="path">What the user gave, already a full path unless it is <see cref="BuiltIn"/>.</param>
    /// <param name="progress">Told how many of how many pages of XML are read.</param>
    /// <param name="stop">Ends the reading early.</param>
    /// <exception cref="FactsException">A file is not in our notation.</exception>
    /// <exception cref="ImportException">A folder is neither ours nor Arm's.</exception>
    public static FactSet Read(string path, Action<int, int>? progress = null, CancellationToken stop = default)
    {
        if (path == BuiltIn)
        {
            return OfThisProgram();
        }

        if (File.Exists(path))
        {
            return FromFile(path);
        }

        if (!Directory.Exists(path))
        {
            throw new FactsException($"{path}: there is no such file or folder; give a rules file, a folder, or {BuiltIn}.");
        }

        if (File.Exists(Path.Combine(path, RulesFile)))
        {
            string registers = Path.Combine(path, RegistersFile);
            return FromFile(Path.Combine(path, RulesFile)) with
            {
                Name = path,
                Registers = File.Exists(registers) ? FromFile(registers).Registers : null,
            };
        }

        ImportResult import = SpecImport.Read(path, progress, stop);
        return new FactSet(
            path,
            [.. Rows(import.Rules.Select(Parse), "acc")],
            [.. import.Registers.Select(Parse).Where(r => Kind(r) == "reg")]);
    }

    private static FactSet FromFile(string path)
    {
        List<JsonElement> rows = [];
        string? format = null;
        int number = 0;
        foreach (string line in Lines(path))
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            JsonElement row;
            try
            {
                row = Parse(line);
                format ??= Kind(row) == "head" ? row.GetProperty("format").GetString() : throw new FactsException(
                    $"{path}, line {number}: the first line is not the head ({{\"k\":\"head\",…}}); give a file that `conformance spec import` wrote.");
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new FactsException($"{path}, line {number}: this is not a line of facts ({e.Message.Split('.')[0]}); write the file again.", e);
            }

            rows.Add(row);
        }

        try
        {
            return format switch
            {
                "a64-access-rules/1" => new FactSet(path, [.. Rows(rows, "acc")], null),
                "a64-registers/1" => new FactSet(path, null, [.. rows.Where(r => Kind(r) == "reg")]),
                null => throw new FactsException($"{path}: the file is empty; write it with `conformance spec import`."),
                _ => throw new FactsException($"{path}: format '{format}' is not known; a64-access-rules/1 and a64-registers/1 are."),
            };
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new FactsException($"{path}: a rule is not in the notation of {format} ({e.Message.TrimEnd('.')}); write the file again.", e);
        }
    }

    private static IEnumerable<RuleRow> Rows(IEnumerable<JsonElement> rows, string kind)
    {
        List<JsonElement> kept = [.. rows.Where(r => Kind(r) == kind).Select(r => r.Clone())];
        return AccessRules.Read(kept).Zip(kept, static (a, row) => new RuleRow(a, row));
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FactsException($"{path}: cannot be read ({e.Message.TrimEnd('.')}).", e);
        }
    }

    private static string? Kind(JsonElement row) => row.GetProperty("k").GetString();

    private static JsonElement Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.Clone();
    }
}

/// <summary>An accessor with the row that it was read from.</summary>
public sealed record RuleRow(Accessor Accessor, JsonElement Row);
