namespace Conformance.Harness.Devices.Kvm;

/// <summary>A Debian archive that the machine gets its packages from.</summary>
/// <param name="Uri">Where it is.</param>
/// <param name="SignedBy">The keys that sign it, as the machine's list says; empty for those that apt trusts anyway.</param>
internal sealed record AptSource(string Uri, string SignedBy)
{
    private static readonly string[] s_names =
        ["bullseye", "bookworm", "trixie", "forky", "duke", "sid", "oldstable", "stable", "testing", "unstable"];

    /// <summary>The first Debian archive in the machine's lists, or null.</summary>
    /// <param name="apt">The folder of apt's configuration, <c>/etc/apt</c>.</param>
    internal static AptSource? OfMachine(string apt)
    {
        string parts = Path.Combine(apt, "sources.list.d");
        IEnumerable<string> files = Directory.Exists(parts) ? Directory.EnumerateFiles(parts).Order(StringComparer.Ordinal) : [];
        string list = Path.Combine(apt, "sources.list");
        IEnumerable<AptSource> oneLine = ((string[])[list, .. files.Where(f => f.EndsWith(".list", StringComparison.Ordinal))])
            .Where(File.Exists).SelectMany(File.ReadLines).Select(OfLine).OfType<AptSource>();
        IEnumerable<AptSource> paragraphs = files.Where(f => f.EndsWith(".sources", StringComparison.Ordinal))
            .SelectMany(f => OfParagraphs(File.ReadLines(f)));
        return oneLine.Concat(paragraphs).FirstOrDefault();
    }

    /// <summary>The same archive with another suite and for another architecture, as a paragraph of a <c>.sources</c> file.</summary>
    internal string Paragraph(string suite, string architecture) =>
        $"Types: deb\nURIs: {Uri}\nSuites: {suite}\nComponents: main\nArchitectures: {architecture}\n"
        + (SignedBy.Length > 0 ? $"Signed-By: {SignedBy}\n" : "");

    /// <summary><c>deb [signed-by=FILE] URI SUITE COMPONENT…</c></summary>
    private static AptSource? OfLine(string line)
    {
        string text = line.Split('#')[0].Trim();
        string signed = "";
        int open = text.IndexOf('[', StringComparison.Ordinal);
        int close = text.IndexOf(']', StringComparison.Ordinal);
        if (open >= 0 && close > open)
        {
            signed = text[(open + 1)..close].Split(' ').FirstOrDefault(o => o.StartsWith("signed-by=", StringComparison.Ordinal), "")
                .Split('=')[^1];
            text = text[..open] + text[(close + 1)..];
        }

        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words is ["deb", var uri, var suite, ..] && IsDebian(suite) ? new AptSource(uri, signed) : null;
    }

    /// <summary>Paragraphs of <c>Name: value</c> lines, apart by empty lines.</summary>
    private static IEnumerable<AptSource> OfParagraphs(IEnumerable<string> lines)
    {
        Dictionary<string, string> fields = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines.Append(""))
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            if (line.Trim().Length == 0)
            {
                if (Of(fields) is { } source)
                {
                    yield return source;
                }

                fields.Clear();
            }
            else if (line.Split(':', 2) is [var name, var value])
            {
                fields[name.Trim()] = value.Trim();
            }
        }
    }

    private static AptSource? Of(Dictionary<string, string> fields)
    {
        string Value(string name) => fields.GetValueOrDefault(name, "");
        bool usable = Value("Suites").Split(' ').Any(IsDebian) && Value("URIs").Length > 0
            && !string.Equals(Value("Enabled"), "no", StringComparison.OrdinalIgnoreCase) && Value("Types").Split(' ').Contains("deb");
        return usable ? new AptSource(Value("URIs").Split(' ')[0], Value("Signed-By")) : null;
    }

    /// <summary>A suite of the main archive: <c>bookworm</c>, <c>bookworm-updates</c>; not that of security updates.</summary>
    private static bool IsDebian(string suite) =>
        s_names.Contains(suite.Split('-', '/')[0]) && !suite.Contains("security", StringComparison.Ordinal);
}
