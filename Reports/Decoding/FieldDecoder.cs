using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Harness.Spec;

namespace Conformance.Reports.Decoding;

/// <summary>What a value of an observed field means.</summary>
public sealed class FieldDecoder
{
    private readonly RunRecord _record;
    private readonly ArchState _state;
    private readonly Dictionary<(ulong Scr, ulong Hcr), FieldDecoder> _byControls = [];

    private FieldDecoder(RunRecord record, ArchState state)
    {
        _record = record;
        _state = state;
    }

    /// <summary>For values of the device of a run: which fields a register has depends on its features.</summary>
    public static FieldDecoder Of(RunRecord record)
    {
        var implementation = new Implementation(
            new FeatureSet(record.Summary.Features),
            [new("HaveEL2", record.Summary.HighestLevel >= 2), new("HaveEL3", record.Summary.HighestLevel >= 3)]);
        return new FieldDecoder(record, new ArchState(implementation));
    }

    /// <summary>For values of one case: SCR_EL3 and HCR_EL2 as the case sets them decide layouts.</summary>
    public FieldDecoder For(RecordedCase recorded)
    {
        Case? definition = _record.Definitions.GetValueOrDefault(recorded.Id);
        ulong Value(string register) => definition?.Registers.LastOrDefault(r => r.Name == register) is { Name: not null } set
            ? set.Value
            : Baseline.Of(register);

        (ulong Scr, ulong Hcr) controls = (Value("SCR_EL3"), Value("HCR_EL2"));
        if (!_byControls.TryGetValue(controls, out FieldDecoder? decoder))
        {
            ArchState state = _state.Clone();
            RegisterValues.Load(state, "SCR_EL3", controls.Scr);
            RegisterValues.Load(state, "HCR_EL2", controls.Hcr);
            _byControls[controls] = decoder = new FieldDecoder(_record, state);
        }

        return decoder;
    }

    /// <summary>The parts of a register value, or none when the field has no parts that are worth showing.</summary>
    public IReadOnlyList<DecodedPart> Parts(string field, ulong value) =>
        IsSyndrome(field) ? Syndrome.Decode(value)
        : IsPstate(field) ? SavedPstate.Decode(value)
        : OfRegister(field, value);

    /// <summary>The value, with its meaning in words for a field that has one as a whole.</summary>
    public static string Text(string field, ulong value) => field switch
    {
        FieldNames.Target => value == 0 ? "no exception" : string.Create(CultureInfo.InvariantCulture, $"EL{value}"),
        FieldNames.Vector => string.Create(CultureInfo.InvariantCulture, $"0x{value:x3} {Vector(value)}"),
        FieldNames.CurrentEl => string.Create(CultureInfo.InvariantCulture, $"0x{value:x} EL{value >> 2 & 3}"),
        _ when IsSyndrome(field) || IsPstate(field) => string.Create(CultureInfo.InvariantCulture, $"0x{value:x8}"),
        _ => ValueNotation.Text(value),
    };

    /// <summary>An allowed value, with its meaning when all bits count.</summary>
    public static string Text(string field, MaskedValue value) =>
        value.Mask == ulong.MaxValue ? Text(field, value.Value) : ValueNotation.Text(value);

    /// <summary>A value on one line, with the parts that are not 0.</summary>
    public string Line(string field, ulong value)
    {
        string parts = string.Join(", ", Parts(field, value).Where(p => !p.IsZero).Select(p => p.IsFlag ? p.Name : $"{p.Name} {p.Text}"));
        return parts.Length == 0 ? Text(field, value) : $"{ValueNotation.Text(value)} ({parts})";
    }

    private static bool IsSyndrome(string field) => field == FieldNames.Esr || field.StartsWith("ESR_EL", StringComparison.Ordinal);

    private static bool IsPstate(string field) =>
        field is FieldNames.Spsr or FieldNames.Pstate || field.StartsWith("SPSR_EL", StringComparison.Ordinal);

    /// <summary>The fields of a system register as the facts name them; reserved bits by their kind.</summary>
    private IReadOnlyList<DecodedPart> OfRegister(string field, ulong value)
    {
        string register = field.EndsWith("_EL12", StringComparison.Ordinal) ? field[..^1]
            : field.EndsWith("_EL02", StringComparison.Ordinal) ? field[..^1]
            : field;
        if (RegisterFacts.Find(register) is null)
        {
            return [];
        }

        IReadOnlyList<RegisterValues.DecodedField> fields = RegisterValues.Decode(register, value, _state);
        if (fields.Count < 2)
        {
            return [];
        }

        // Reserved bits are one part: which of them are set matters, but seldom.
        ulong reserved = fields.Where(f => f.Kind != FieldKind.Named).Aggregate(0UL, (bits, f) => bits | DecodedPart.Mask(f.Msb, f.Lsb));
        return
        [
            .. fields.Where(f => f.Kind == FieldKind.Named).Select(f => DecodedPart.Number(f.Name, f.Msb, f.Lsb, value)),
            .. reserved == 0 ? [] : (DecodedPart[])[new DecodedPart("reserved bits", reserved, DecodedPart.Hex(value & reserved))],
        ];
    }

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
