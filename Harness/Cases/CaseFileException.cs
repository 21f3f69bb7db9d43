using System.Globalization;

namespace Conformance.Harness.Cases;

/// <summary>A case file that cannot be used. The message is one line: where, what is wrong, how to mend it.</summary>
/// <param name="file">Name of the file as the user gave it.</param>
/// <param name="line">Line from 1; 0 when it is about the file as a whole.</param>
/// <param name="problem">What is wrong and how to mend it.</param>
public sealed class CaseFileException(string file, int line, string problem) : Exception(Say(file, line, problem))
{
    public string File { get; } = file;

    public int Line { get; } = line;

    private static string Say(string file, int line, string problem) =>
        line == 0 ? $"{file}: {problem}" : string.Create(CultureInfo.InvariantCulture, $"{file}:{line}: {problem}");
}

/// <summary>What is wrong with the line being read; <see cref="CaseFile"/> adds file and line.</summary>
internal sealed class CaseProblemException(string problem) : Exception(problem);
