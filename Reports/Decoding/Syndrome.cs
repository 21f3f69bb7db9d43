using System.Globalization;
using Conformance.Harness.Spec;

namespace Conformance.Reports.Decoding;

/// <summary>Decodes ESR_ELx: class, IL, and the ISS as the class defines it.</summary>
/// <remarks>Source: Arm Architecture Registers 2025-03, ESR_EL1 and ESR_EL2; rules EX-110 to EX-137.</remarks>
public static class Syndrome
{
    public static IReadOnlyList<DecodedPart> Decode(ulong esr)
    {
        ulong ec = DecodedPart.Extract(esr, 31, 26);
        List<DecodedPart> parts =
        [
            DecodedPart.Of("EC", 31, 26, esr, ExceptionClass.Text),
            DecodedPart.Of("IL", 25, 25, esr, il => il == 0 ? "0 16-bit instruction" : "1 32-bit instruction"),
            .. Iss(ec, esr),
        ];
        return DecodedPart.WithRest(esr, parts);
    }

    private static IEnumerable<DecodedPart> Iss(ulong ec, ulong esr)
    {
        DecodedPart Number(string name, int msb, int lsb) => DecodedPart.Number(name, msb, lsb, esr);
        DecodedPart Bit(string name, int bit) => DecodedPart.Number(name, bit, bit, esr);
        DecodedPart Status(string name) => DecodedPart.Of(name, 5, 0, esr, FaultStatus.Text);
        DecodedPart Words(string name, int msb, int lsb, params string[] words) =>
            DecodedPart.Of(name, msb, lsb, esr, v => words[v]);

        return ec switch
        {
            0x01 => [Bit("CV", 24), Number("COND", 23, 20), Number("RN", 9, 5), Bit("RV", 2), Words("TI", 1, 0, "WFI", "WFE", "WFIT", "WFET")],
            0x07 => [Bit("CV", 24), Number("COND", 23, 20)],
            0x0D => [Number("BTYPE", 1, 0)],
            0x15 or 0x16 or 0x17 => [Number("imm16", 15, 0)],
            0x18 => [Access(esr)],
            0x1A => [Words("instruction", 1, 0, "ERET", "reserved", "ERETAA", "ERETAB")],
            0x1C => [Words("key", 1, 0, "IA", "IB", "DA", "DB")],
            0x20 or 0x21 => [Number("SET", 12, 11), Bit("FnV", 10), Bit("EA", 9), Bit("S1PTW", 7), Status("IFSC")],
            0x24 or 0x25 =>
            [
                Bit("ISV", 24), Number("SAS", 23, 22), Bit("SSE", 21), Number("SRT", 20, 16), Bit("SF", 15), Bit("AR", 14),
                Bit("VNCR", 13), Number("SET", 12, 11), Bit("FnV", 10), Bit("EA", 9), Bit("CM", 8), Bit("S1PTW", 7),
                Words("WnR", 6, 6, "0 read", "1 write"), Status("DFSC"),
            ],
            0x2C =>
            [
                Bit("TFV", 23), Number("VECITR", 10, 8), Bit("IDF", 7), Bit("IXF", 4), Bit("UFF", 3), Bit("OFF", 2), Bit("DZF", 1),
                Bit("IOF", 0),
            ],
            0x2F => [Bit("IDS", 24), Bit("IESB", 13), Number("AET", 12, 10), Bit("EA", 9), Status("DFSC")],
            0x30 or 0x31 => [Status("IFSC")],
            0x32 or 0x33 => [Bit("ISV", 24), Bit("EX", 6), Status("IFSC")],
            0x34 or 0x35 =>
            [
                Number("WPT", 23, 18), Bit("WPTV", 17), Bit("VNCR", 13), Bit("FnV", 10), Bit("CM", 8), Bit("WnR", 6), Status("DFSC"),
            ],
            0x3C => [Number("comment", 15, 0)],
            _ => [Number("ISS", 24, 0)],
        };
    }

    /// <summary>The trapped instruction of EC 0x18, rebuilt from the encoding that the ISS reports (EX-122 to EX-125).</summary>
    private static DecodedPart Access(ulong esr)
    {
        int Field(int msb, int lsb) => (int)DecodedPart.Extract(esr, msb, lsb);
        var encoding = new SystemEncoding(Field(21, 20), Field(16, 14), Field(13, 10), Field(4, 1), Field(19, 17));
        bool read = Field(0, 0) != 0;
        string register = Field(9, 5) == 31 ? "XZR" : string.Create(CultureInfo.InvariantCulture, $"X{Field(9, 5)}");
        string generic = encoding.ToString();
        string name = Encodings.NameOf(encoding, read) ?? generic;
        string text = encoding.Op0 switch
        {
            0 => string.Create(CultureInfo.InvariantCulture, $"MSR (immediate) op1 {encoding.Op1} op2 {encoding.Op2}, #{encoding.CRm}"),
            1 => $"{name}, {register}{(read ? " (SYSL)" : "")}",
            _ => read ? $"MRS {register}, {name}" : $"MSR {name}, {register}",
        };
        return new DecodedPart("access", DecodedPart.Mask(21, 0), name == generic ? text : $"{text} ({generic})");
    }
}
