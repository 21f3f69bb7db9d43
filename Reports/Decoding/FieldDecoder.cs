using System.Globalization;
using Conformance.Harness.Cases;

namespace Conformance.Reports.Decoding;

/// <summary>What a value of an observed field means.</summary>
public static class FieldDecoder
{
    /// <summary>The parts of a register value, or none when the field has no parts that are worth showing.</summary>
    public static IReadOnlyList<DecodedPart> Parts(string field, ulong value) => field switch
    {
        FieldNames.Esr or "ESR_EL1" or "ESR_EL2" or "ESR_EL3" or "ESR_EL12" => Syndrome.Decode(value),
        FieldNames.Spsr or FieldNames.Pstate or "SPSR_EL1" or "SPSR_EL2" or "SPSR_EL3" or "SPSR_EL12" => SavedPstate.Decode(value),
        _ => [],
    };

    /// <summary>The value, with its meaning in words for a field that has one as a whole.</summary>
    public static string Text(string field, ulong value) => field switch
    {
        FieldNames.Target => value == 0 ? "no exception" : string.Create(CultureInfo.InvariantCulture, $"EL{value}"),
        FieldNames.Vector => string.Create(CultureInfo.InvariantCulture, $"0x{value:x3} {Vector(value)}"),
        FieldNames.CurrentEl => string.Create(CultureInfo.InvariantCulture, $"0x{value:x} EL{value >> 2 & 3}"),
        _ when Parts(field, 0).Count > 0 => string.Create(CultureInfo.InvariantCulture, $"0x{value:x8}"),
        _ => ValueNotation.Text(value),
    };

    /// <summary>An allowed value, with its meaning when all bits count.</summary>
    public static string Text(string field, MaskedValue value) =>
        value.Mask == ulong.MaxValue ? Text(field, value.Value) : ValueNotation.Text(value);

    /// <summary>Kind and origin of an exception by its vector (EX-022, EX-023).</summary>
    private static string Vector(ulong offset)
    {
        string kind = (offset & 0x180) switch { 0x000 => "synchronous", 0x080 => "IRQ", 0x100 => "FIQ", _ => "SError" };
        string from = (offset & 0x600) switch
        {
            0x000 => "same level, SP_EL0",
            0x200 => "same level, SP_ELx",
            0x400 => "lower level",
            _ => "lower level, AArch32",
        };
        return offset <= 0x780 && (offset & 0x7F) == 0 ? $"{kind}, {from}" : "not a vector";
    }
}
