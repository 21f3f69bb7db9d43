using System.Globalization;

namespace Conformance.Mutation.Workers;

/// <summary>What a worker has to know before the first mutant.</summary>
/// <param name="Root">Root of the source tree.</param>
/// <param name="Suites">Names of suites.</param>
/// <param name="Profiles">Profiles of the model.</param>
/// <param name="CaseSeed">Seed of the cases.</param>
internal sealed record WorkerOptions(string Root, IReadOnlyList<string> Suites, IReadOnlyList<string> Profiles, ulong CaseSeed)
{
    internal const string Command = "worker";
    private const char Separator = ';'; // a profile may hold commas

    internal IReadOnlyList<string> Arguments =>
        [Command, Root, string.Join(Separator, Suites), string.Join(Separator, Profiles), CaseSeed.ToString(CultureInfo.InvariantCulture)];

    /// <summary>Reads <see cref="Arguments"/> back.</summary>
    internal static WorkerOptions Parse(IReadOnlyList<string> arguments) => new(
        arguments[1], arguments[2].Split(Separator), arguments[3].Split(Separator), ulong.Parse(arguments[4], CultureInfo.InvariantCulture));
}
