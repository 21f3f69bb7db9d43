namespace Conformance.Reports.Html.Map;

/// <summary>The columns of the map: controls by the register that holds them.</summary>
internal static class ControlFamilies
{
    /// <summary>For leaves to which no control leads.</summary>
    public const string None = "no control";

    private const string NvBits = "NV bits";
    private const string FineGrained = "Fine-grained";
    private const string OfEl1 = "EL1 and EL0";
    private const string OtherEl2 = "other EL2";
    private const string OtherEl3 = "other EL3";
    private const string Others = "other";

    /// <summary>The families in the order of the columns, that of the levels.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        None, OfEl1, "HCR_EL2", NvBits, "HCRX_EL2", FineGrained, "CPTR_EL2", "MDCR_EL2", "CNTHCTL_EL2", OtherEl2,
        "SCR_EL3", "CPTR_EL3", "MDCR_EL3", OtherEl3, Others,
    ];

    /// <summary>The family of a control: of <c>HCR_EL2.TVM</c> its register, of a fine-grained trap all of them.</summary>
    public static string Of(string control)
    {
        string register = Register(control);
        return control == "HCR_EL2.NV" ? NvBits
            : IsFineGrained(register) ? FineGrained
            : Names.Contains(register) ? register
            : register.EndsWith("_EL1", StringComparison.Ordinal) || register.EndsWith("_EL0", StringComparison.Ordinal) ? OfEl1
            : register.EndsWith("_EL2", StringComparison.Ordinal) ? OtherEl2
            : register.EndsWith("_EL3", StringComparison.Ordinal) ? OtherEl3
            : Others;
    }

    /// <summary>
    /// The column within a group, as register and field. A fine-grained trap has one column for each register: the field is
    /// another one in nearly every row.
    /// </summary>
    public static (string Register, string Field) Column(string control)
    {
        string register = Register(control);
        return control == "HCR_EL2.NV" ? ("HCR_EL2", "NV, NV1, NV2")
            : IsFineGrained(register) ? ("Fine-grained", register)
            : (register, register.Length == control.Length ? "" : control[(register.Length + 1)..]);
    }

    private static string Register(string control) => control.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? control[..dot] : control;

    private static bool IsFineGrained(string register) =>
        register.StartsWith("HFG", StringComparison.Ordinal) || register.StartsWith("HDFG", StringComparison.Ordinal)
        || register.StartsWith("HAFG", StringComparison.Ordinal) || register.StartsWith("FGWTE", StringComparison.Ordinal);
}
