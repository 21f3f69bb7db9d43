using System.Text.RegularExpressions;

namespace Conformance.Harness.Devices.Qemu;

/// <summary>Picks what a reader wants out of the monitor's <c>info registers</c>.</summary>
internal static partial class MonitorText
{
    /// <returns><c>PC=0x…, EL2h</c>, or an empty text when the dump holds no PC.</returns>
    internal static string Where(string dump)
    {
        Match pc = Pc().Match(dump);
        Match level = Level().Match(dump);
        return !pc.Success ? "" : level.Success
            ? $"PC=0x{pc.Groups[1].Value.TrimStart('0')}, {level.Groups[1].Value}"
            : $"PC=0x{pc.Groups[1].Value.TrimStart('0')}";
    }

    [GeneratedRegex(@"\bPC=([0-9a-f]{16})", RegexOptions.CultureInvariant)]
    private static partial Regex Pc();

    [GeneratedRegex(@"PSTATE=[0-9a-f]+.*?\b(EL[0-3][th]?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Level();
}
