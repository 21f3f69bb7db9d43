using System.Globalization;

namespace Conformance.Harness.Cases;

/// <summary>The vocabulary of observed fields. Every value is 64 bits.</summary>
/// <remarks>
/// Besides the constants: <c>X0</c> … <c>X30</c>; a system register by architectural name, as it is after the step;
/// <c>mem@0x…</c> the 64-bit little-endian word at an address; <c>changed@0x…+0x…</c> how many 64-bit words of a region
/// differ from what they were before the step, not counting words that the same step observes by <c>mem@</c>; start and
/// length are multiples of 16.
/// </remarks>
public static class FieldNames
{
    /// <summary>Level the exception was taken to: 1, 2, 3; 0 when the code reached its end without an exception.</summary>
    public const string Target = "target";

    /// <summary>Offset of the vector from VBAR of the target level, 0x000 to 0x780 in steps of 0x80. Exceptions only.</summary>
    public const string Vector = "vector";

    /// <summary>ESR of the target level. Exceptions only.</summary>
    public const string Esr = "ESR";

    /// <summary>ELR of the target level. Exceptions only.</summary>
    public const string Elr = "ELR";

    /// <summary>SPSR of the target level. Exceptions only.</summary>
    public const string Spsr = "SPSR";

    /// <summary>FAR of the target level. Exceptions only.</summary>
    public const string Far = "FAR";

    /// <summary>PSTATE at the first instruction of the vector, or at the end marker, in SPSR layout.</summary>
    public const string Pstate = "PSTATE";

    /// <summary>CurrentEL as the vector of the target level reads it. Exceptions only.</summary>
    public const string CurrentEl = "CurrentEL";

    public static string General(int n) => string.Create(CultureInfo.InvariantCulture, $"X{n}");

    public static string Memory(ulong address) => string.Create(CultureInfo.InvariantCulture, $"mem@0x{address:x}");

    public static string Changed(ulong address, ulong length) =>
        string.Create(CultureInfo.InvariantCulture, $"changed@0x{address:x}+0x{length:x}");

    /// <summary>The register number of <c>X0</c> … <c>X30</c>.</summary>
    public static bool TryGeneral(string field, out int number)
    {
        number = -1;
        return field.Length is 2 or 3 && field[0] == 'X'
            && int.TryParse(field.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= 30;
    }

    /// <summary>The address of a <c>mem@</c> field.</summary>
    public static bool TryMemory(string field, out ulong address)
    {
        address = 0;
        return field.StartsWith("mem@0x", StringComparison.Ordinal)
            && ulong.TryParse(field.AsSpan(6), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out address);
    }

    /// <summary>The region of a <c>changed@</c> field.</summary>
    public static bool TryChanged(string field, out ulong address, out ulong length)
    {
        address = length = 0;
        int plus = field.IndexOf("+0x", StringComparison.Ordinal);
        return field.StartsWith("changed@0x", StringComparison.Ordinal) && plus > 0
            && ulong.TryParse(field.AsSpan(10..plus), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out address)
            && ulong.TryParse(field.AsSpan(plus + 3), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out length);
    }
}
