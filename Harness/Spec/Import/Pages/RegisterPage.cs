namespace Conformance.Harness.Spec.Import.Pages;

/// <summary>One page of the XML, as far as it is read.</summary>
/// <param name="File">File name, for messages.</param>
/// <param name="Name">Name of the register or operation; holds <c>&lt;n&gt;</c> for an array.</param>
/// <param name="IsRegister">False for an operation.</param>
/// <param name="Condition">When the register is there, in the page's words; null if always.</param>
/// <param name="Indices">Inclusive range of an array.</param>
/// <param name="Fieldsets">Layouts in the order of the page.</param>
/// <param name="Mechanisms">Ways to reach it.</param>
internal sealed record RegisterPage(
    string File,
    string Name,
    bool IsRegister,
    string? Condition,
    (int First, int Last)? Indices,
    IReadOnlyList<PageFieldset> Fieldsets,
    IReadOnlyList<AccessMechanism> Mechanisms);

/// <summary>One way to reach a register or operation.</summary>
/// <param name="Accessor">Mnemonic and name: <c>MSRregister SCTLR_EL1</c>, <c>GCSPUSHM</c>.</param>
/// <param name="Encoding">Field names and values, as written: <c>("CRm", "0b010:m[3]")</c>.</param>
/// <param name="Indices">Inclusive range of the index m of an array.</param>
/// <param name="Condition">When the encoding is there, in the page's words; null if always.</param>
/// <param name="Code">Access pseudocode, or null if the page has none.</param>
/// <param name="Line">Line of the page at which the code starts.</param>
internal sealed record AccessMechanism(
    string Accessor,
    IReadOnlyList<(string Field, string Value)> Encoding,
    (int First, int Last)? Indices,
    string? Condition,
    string? Code,
    int Line)
{
    /// <summary>
    /// True if another page says the same of the accessor. The condition may differ: that of SCTLR_EL2's page says when
    /// SCTLR_EL1's accessor reaches SCTLR_EL2, not when it is there.
    /// </summary>
    internal bool Agrees(AccessMechanism other) =>
        Encoding.SequenceEqual(other.Encoding) && Indices == other.Indices && Code?.Trim() == other.Code?.Trim();
}

/// <summary>One layout of a register.</summary>
/// <param name="Width">Bits.</param>
/// <param name="Condition">When it applies, in the page's words; null if always.</param>
/// <param name="Fields">Fields in the order of the page.</param>
internal sealed record PageFieldset(int Width, string? Condition, IReadOnlyList<PageField> Fields);

/// <summary>One field, or reserved bits.</summary>
/// <param name="Name">Field name, or null.</param>
/// <param name="Reserved">Kind of reserved bits (<c>RES0</c>), or null.</param>
/// <param name="Msb">Highest bit.</param>
/// <param name="Lsb">Lowest bit.</param>
/// <param name="Condition">When the field is there, in the page's words; null if always.</param>
/// <param name="Resets">Values the architecture fixes.</param>
internal sealed record PageField(
    string? Name, string? Reserved, int Msb, int Lsb, string? Condition, IReadOnlyList<PageReset> Resets);

/// <summary>A reset value: the kind of reset, when (in the page's words; null if always), and the number in binary.</summary>
internal sealed record PageReset(string Kind, string? Condition, string Value);
