using System.Globalization;

namespace Conformance.Harness.Spec;

/// <summary>The encoding fields of a system register or system instruction: <c>op0, op1, CRn, CRm, op2</c>.</summary>
public readonly record struct SystemEncoding(int Op0, int Op1, int CRn, int CRm, int Op2)
{
    /// <summary>Bits 20:5 of the instruction word, moved to bit 0: <c>op0:op1:CRn:CRm:op2</c>.</summary>
    public uint Bits => (uint)(Op0 << 14 | Op1 << 11 | CRn << 7 | CRm << 3 | Op2);

    /// <summary>The fields in bits 20:5 of an instruction word.</summary>
    public static SystemEncoding OfWord(uint word) => new(
        (int)(word >> 19 & 3), (int)(word >> 16 & 7), (int)(word >> 12 & 15), (int)(word >> 8 & 15), (int)(word >> 5 & 7));

    /// <summary>The generic name that assemblers take for any register: <c>S3_4_C1_C1_0</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"S{Op0}_{Op1}_C{CRn}_C{CRm}_{Op2}");

    /// <summary>Reads a generic name, <c>S3_4_C1_C1_0</c>; false when it is not one or a field is out of range.</summary>
    public static bool TryParse(string name, out SystemEncoding encoding)
    {
        encoding = default;
        string[] parts = name.Split('_');
        if (parts.Length != 5
            || !Field(parts[0], "S", 3, out int op0) || !Field(parts[1], "", 7, out int op1)
            || !Field(parts[2], "C", 15, out int crn) || !Field(parts[3], "C", 15, out int crm)
            || !Field(parts[4], "", 7, out int op2))
        {
            return false;
        }

        encoding = new SystemEncoding(op0, op1, crn, crm, op2);
        return true;
    }

    private static bool Field(string text, string prefix, int max, out int value)
    {
        value = 0;
        return text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            && int.TryParse(text.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && value <= max;
    }
}
