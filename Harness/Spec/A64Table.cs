using Conformance.Harness.Spec.Instructions;

namespace Conformance.Harness.Spec;

/// <summary>The table of A64 encodings that is built in.</summary>
public static class A64Table
{
    private static readonly Lazy<EncodingTable> s_table = new(() =>
        EncodingTable.Read(Facts.Text("a64-encodings.jsonl"), Facts.Text("a64-encoding-rules.jsonl")));

    public static EncodingTable Table => s_table.Value;
}
