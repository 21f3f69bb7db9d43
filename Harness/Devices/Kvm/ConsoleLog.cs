using System.Globalization;
using System.Text.RegularExpressions;

namespace Conformance.Harness.Devices.Kvm;

/// <summary>Reads what the kernel and the monitor say on the console.</summary>
internal static partial class ConsoleLog
{
    private const string Ours = "conformance: ";
    private const int MostLines = 12;

    /// <summary>Physical addresses of the pages of the guest and of the control area, in order; null while they are not said.</summary>
    internal static ulong[]? Pages(string text) => After(text, "pages ") is { } pages
        ? [.. pages.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => ulong.Parse(p, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))]
        : null;

    /// <summary>The kernel's release, or null while it is not said.</summary>
    internal static string? Kernel(string text) => After(text, "kernel ");

    /// <summary>Why there can be no guest, or null.</summary>
    internal static string? Unavailable(string text) => After(text, "unavailable: ");

    internal static bool IsReady(string text) => After(text, "ready") is not null;

    /// <summary>The lines in which the kernel says that it found itself at fault, without time stamps; null when there are none.</summary>
    /// <remarks>Of a report of many lines, those that say what, where, and of which virtual CPU; not the register dump.</remarks>
    internal static string? Complaints(string text)
    {
        string[] lines = [.. text.Split('\n').Select(l => Stamp().Replace(l.Trim(), "")).Where(l => Fault().IsMatch(l)).Take(MostLines)];
        return lines.Length == 0 ? null : string.Join("; ", lines);
    }

    /// <summary>A report of the kernel's has begun and its last line is not there yet.</summary>
    internal static bool IsUnfinished(string text)
    {
        int begin = text.LastIndexOf("[ cut here ]", StringComparison.Ordinal);
        return !text.EndsWith('\n') || (begin >= 0 && text.IndexOf("[ end trace ", begin, StringComparison.Ordinal) < 0);
    }

    /// <summary>The last lines of a kernel that is gone.</summary>
    internal static string LastWords(string text) => Complaints(text) ?? text.Split('\n').Select(l => Stamp().Replace(l.Trim(), "")).LastOrDefault(l => l.Length > 0, "");

    private static string? After(string text, string what)
    {
        int at = text.IndexOf(Ours + what, StringComparison.Ordinal);
        int end = at < 0 ? -1 : text.IndexOf('\n', at);
        return end < 0 ? null : text[(at + Ours.Length + what.Length)..end].TrimEnd('\r');
    }

    [GeneratedRegex(@"^\[ *[0-9]+\.[0-9]+\](\[ *[A-Z]?[0-9]+\])? ?", RegexOptions.CultureInvariant)]
    private static partial Regex Stamp();

    [GeneratedRegex(
        @"^(WARNING: |BUG: |kernel BUG |Kernel BUG |Internal error: |Unable to handle |Kernel panic)", RegexOptions.CultureInvariant)]
    private static partial Regex Fault();
}
