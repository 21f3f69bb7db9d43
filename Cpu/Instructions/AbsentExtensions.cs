namespace Conformance.Cpu.Instructions;

/// <summary>Encodings of features that the model has not got: allocated by the architecture, UNDEFINED here.</summary>
/// <remarks>
/// Source: the table of encodings (<c>Fixtures/spec/a64-encodings.jsonl</c>), neighbours merged; SVE and SME are whole encoding spaces.
/// They stay UNDEFINED when the feature is asked for. Hints are not here: without their feature they are NOPs.
/// </remarks>
internal static unsafe class AbsentExtensions
{
    internal static readonly InsnRow[] Rows =
    [
        new("UDF", "0000000000000000 xxxxxxxxxxxxxxxx", &Operation.Undefined),
        Absent("FEAT_SVE", "encoding space", "xxx0010xxxxxxxxxxxxxxxxxxxxxxxxx"),
        Absent("FEAT_SME", "encoding space", "1xx0000xxxxxxxxxxxxxxxxxxxxxxxxx"),

        Absent("FEAT_BF16", "asimdelem", "0x001111x1xxxxxx1111x0xxxxxxxxxx"),
        Absent("FEAT_BF16", "asimdmisc", "0x00111010100001011010xxxxxxxxxx"),
        Absent("FEAT_BF16", "asimdsame2", "01101110010xxxxx111011xxxxxxxxxx"),
        Absent("FEAT_BF16", "asimdsame2", "0x101110x10xxxxx111111xxxxxxxxxx"),
        Absent("FEAT_BF16", "floatdp1", "0001111001100011010000xxxxxxxxxx"),

        Absent("FEAT_CMPBR", "compbranch_imm", "x11101010xxxxxxxx0xxxxxxxxxxxxxx"),
        Absent("FEAT_CMPBR", "compbranch_imm", "x111010111xxxxxxx0xxxxxxxxxxxxxx"),
        Absent("FEAT_CMPBR", "compbranch_regs", "0111010000xxxxxx00xxxxxxxxxxxxxx"),
        Absent("FEAT_CMPBR", "compbranch_regs", "01110100x1xxxxxx00xxxxxxxxxxxxxx"),
        Absent("FEAT_CMPBR", "compbranch_regs", "111101000xxxxxxx00xxxxxxxxxxxxxx"),
        Absent("FEAT_CMPBR", "compbranch_regs", "1111010011xxxxxx00xxxxxxxxxxxxxx"),
        Absent("FEAT_CMPBR", "compbranch_regs2", "0111010000xxxxxx1xxxxxxxxxxxxxxx"),
        Absent("FEAT_CMPBR", "compbranch_regs2", "01110100x1xxxxxx1xxxxxxxxxxxxxxx"),

        Absent("FEAT_CPA", "addsub_pt", "1x011010000xxxxx001xxxxxxxxxxxxx"),
        Absent("FEAT_CPA", "dp_3src", "10011011011xxxxxxxxxxxxxxxxxxxxx"),

        Absent("FEAT_CSSC", "dp_1src", "x10110101100000000011xxxxxxxxxxx"),
        Absent("FEAT_CSSC", "dp_1src", "x101101011000000001000xxxxxxxxxx"),
        Absent("FEAT_CSSC", "dp_2src", "x0011010110xxxxx0110xxxxxxxxxxxx"),
        Absent("FEAT_CSSC", "minmax_imm", "x00100011100xxxxxxxxxxxxxxxxxxxx"),

        Absent("FEAT_D128", "memop_128", "0x011001xx1xxxxx100100xxxxxxxxxx"),
        Absent("FEAT_D128", "memop_128", "0x011001xx1xxxxx101x00xxxxxxxxxx"),
        Absent("FEAT_D128", "rcwcomswappr", "0x011001xx1xxxxx000011xxxxxxxxxx"),

        Absent("FEAT_F8F16MM", "asimdsame2", "01101110000xxxxx111011xxxxxxxxxx"),

        Absent("FEAT_F8F32MM", "asimdsame2", "01101110100xxxxx111011xxxxxxxxxx"),

        Absent("FEAT_FAMINMAX", "asimdsame", "0xx011101x1xxxxx110111xxxxxxxxxx"),
        Absent("FEAT_FAMINMAX", "asimdsamefp16", "0xx01110110xxxxx000111xxxxxxxxxx"),

        Absent("FEAT_FP8", "asimdmisc", "0x101110xx100001011110xxxxxxxxxx"),
        Absent("FEAT_FP8", "asimdsame", "0x1011101x1xxxxx111111xxxxxxxxxx"),
        Absent("FEAT_FP8", "asimdsame2", "0x0011100x0xxxxx111101xxxxxxxxxx"),
        Absent("FEAT_FP8", "asimdsamefp16", "0x101110110xxxxx001111xxxxxxxxxx"),

        Absent("FEAT_FP8DOT2", "asimdelem", "0x00111101xxxxxx0000x0xxxxxxxxxx"),
        Absent("FEAT_FP8DOT2", "asimdsame2", "0x001110010xxxxx111111xxxxxxxxxx"),

        Absent("FEAT_FP8DOT4", "asimdelem", "0x00111100xxxxxx0000x0xxxxxxxxxx"),
        Absent("FEAT_FP8DOT4", "asimdsame2", "0x001110000xxxxx111111xxxxxxxxxx"),

        Absent("FEAT_FP8FMA", "asimdelem", "0x00111111xxxxxx0000x0xxxxxxxxxx"),
        Absent("FEAT_FP8FMA", "asimdelem", "0x1011110xxxxxxx1000x0xxxxxxxxxx"),
        Absent("FEAT_FP8FMA", "asimdsame2", "0x0011100x0xxxxx110001xxxxxxxxxx"),
        Absent("FEAT_FP8FMA", "asimdsame2", "0x001110110xxxxx111111xxxxxxxxxx"),

        Absent("FEAT_FPRCVT", "float2int", "0001111001110x1x000000xxxxxxxxxx"),
        Absent("FEAT_FPRCVT", "float2int", "000111100111101x000000xxxxxxxxxx"),
        Absent("FEAT_FPRCVT", "float2int", "000111100111x10x000000xxxxxxxxxx"),
        Absent("FEAT_FPRCVT", "float2int", "00011110111101xx000000xxxxxxxxxx"),
        Absent("FEAT_FPRCVT", "float2int", "000111101111110x000000xxxxxxxxxx"),
        Absent("FEAT_FPRCVT", "float2int", "000111101111x01x000000xxxxxxxxxx"),
        Absent("FEAT_FPRCVT", "float2int", "00011110x110101x000000xxxxxxxxxx"),
        Absent("FEAT_FPRCVT", "float2int", "1001111000110x1x000000xxxxxxxxxx"),
        Absent("FEAT_FPRCVT", "float2int", "100111100011x10x000000xxxxxxxxxx"),
        Absent("FEAT_FPRCVT", "float2int", "10011110001x101x000000xxxxxxxxxx"),
        Absent("FEAT_FPRCVT", "float2int", "1001111011110x1x000000xxxxxxxxxx"),
        Absent("FEAT_FPRCVT", "float2int", "100111101111x10x000000xxxxxxxxxx"),
        Absent("FEAT_FPRCVT", "float2int", "10011110111x101x000000xxxxxxxxxx"),

        Absent("FEAT_GCS", "ldst_gcs", "1101100100011111000x11xxxxxxxxxx"),

        Absent("FEAT_I8MM", "asimdelem", "0x001111x0xxxxxx1111x0xxxxxxxxxx"),
        Absent("FEAT_I8MM", "asimdsame2", "01001110100xxxxx1010x1xxxxxxxxxx"),
        Absent("FEAT_I8MM", "asimdsame2", "01101110100xxxxx101001xxxxxxxxxx"),
        Absent("FEAT_I8MM", "asimdsame2", "0x001110100xxxxx100111xxxxxxxxxx"),

        Absent("FEAT_LRCPC3", "asisdlso", "0x0011010x000001100001xxxxxxxxxx"),
        Absent("FEAT_LRCPC3", "ldapstl_simd", "00011101xx0xxxxxxxxx10xxxxxxxxxx"),
        Absent("FEAT_LRCPC3", "ldapstl_simd", "100111010x0xxxxxxxxx10xxxxxxxxxx"),
        Absent("FEAT_LRCPC3", "ldapstl_simd", "x10111010x0xxxxxxxxx10xxxxxxxxxx"),
        Absent("FEAT_LRCPC3", "ldapstl_writeback", "1x0110011x000000000010xxxxxxxxxx"),
        Absent("FEAT_LRCPC3", "ldiappstilp", "1x0110010x0xxxxx000x10xxxxxxxxxx"),

        Absent("FEAT_LS64", "memop", "11111000001111111x0100xxxxxxxxxx"),

        Absent("FEAT_LS64_ACCDATA", "memop", "11111000001xxxxx101000xxxxxxxxxx"),

        Absent("FEAT_LS64_V", "memop", "11111000001xxxxx101100xxxxxxxxxx"),

        Absent("FEAT_LSE128", "memop_128", "00011001xx1xxxxx00x100xxxxxxxxxx"),
        Absent("FEAT_LSE128", "memop_128", "00011001xx1xxxxx100000xxxxxxxxxx"),

        Absent("FEAT_LSFE", "memop", "00111100001xxxxx11x100xxxxx11111"),
        Absent("FEAT_LSFE", "memop", "00111100001xxxxx1x0000xxxxx11111"),
        Absent("FEAT_LSFE", "memop", "00111100011xxxxx010000xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "00111100011xxxxx100000xxxxx11111"),
        Absent("FEAT_LSFE", "memop", "00111100011xxxxx110x00xxxxx11111"),
        Absent("FEAT_LSFE", "memop", "00111100011xxxxx111100xxxxx11111"),
        Absent("FEAT_LSFE", "memop", "001111000x1xxxxx010100xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "001111000x1xxxxx011x00xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "001111000x1xxxxx111000xxxxx11111"),
        Absent("FEAT_LSFE", "memop", "00111100101xxxxx01x100xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "00111100111xxxxx010x00xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "00111100111xxxxx011100xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "001111001x1xxxxx011000xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "00111100x01xxxxx0x0000xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "00111100x11xxxxx000000xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "01111100001xxxxx01xx00xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "01111100001xxxxx11x000xxxxx11111"),
        Absent("FEAT_LSFE", "memop", "01111100011xxxxx010x00xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "01111100011xxxxx111x00xxxxx11111"),
        Absent("FEAT_LSFE", "memop", "011111000x1xxxxx000000xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "011111000x1xxxxx110100xxxxx11111"),
        Absent("FEAT_LSFE", "memop", "011111001x1xxxxx010100xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "011111001x1xxxxx011x00xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "011111001x1xxxxx0x0000xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "10111100001xxxxx111x00xxxxx11111"),
        Absent("FEAT_LSFE", "memop", "10111100011xxxxx11xx00xxxxx11111"),
        Absent("FEAT_LSFE", "memop", "101111000x1xxxxx011000xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "101111000x1xxxxx01x100xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "101111000x1xxxxx0x0000xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "101111000x1xxxxx100000xxxxx11111"),
        Absent("FEAT_LSFE", "memop", "10111100101xxxxx011x00xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "10111100111xxxxx01xx00xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "101111001x1xxxxx000000xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "11111100001xxxxx01x000xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "11111100011xxxxx11x100xxxxx11111"),
        Absent("FEAT_LSFE", "memop", "111111000x1xxxxx010100xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "111111000x1xxxxx111000xxxxx11111"),
        Absent("FEAT_LSFE", "memop", "11111100111xxxxx01x100xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "111111001x1xxxxx011000xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "11111100x01xxxxx000000xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "11111100x01xxxxx011100xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "11111100x11xxxxx0x0000xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "1x111100001xxxxx110x00xxxxx11111"),
        Absent("FEAT_LSFE", "memop", "1x111100101xxxxx010x00xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "x1111100001xxxxx100000xxxxx11111"),
        Absent("FEAT_LSFE", "memop", "x1111100001xxxxx111100xxxxx11111"),
        Absent("FEAT_LSFE", "memop", "x1111100011xxxxx011x00xxxxxxxxxx"),
        Absent("FEAT_LSFE", "memop", "x1111100011xxxxx1x0000xxxxx11111"),

        Absent("FEAT_LSUI", "comswap_unpriv", "110010011x0xxxxxx11111xxxxxxxxxx"),
        Absent("FEAT_LSUI", "comswappr_unpriv", "010010011x0xxxxxx11111xxxxxxxxxx"),
        Absent("FEAT_LSUI", "ldstexclr_unpriv", "1x0010010x0xxxxxxxxxxxxxxxxxxxxx"),
        Absent("FEAT_LSUI", "ldstnapair_offs", "111010000xxxxxxxxxxxxxxxxxxxxxxx"),
        Absent("FEAT_LSUI", "ldstpair_off", "111010010xxxxxxxxxxxxxxxxxxxxxxx"),
        Absent("FEAT_LSUI", "ldstpair_post", "111010001xxxxxxxxxxxxxxxxxxxxxxx"),
        Absent("FEAT_LSUI", "ldstpair_pre", "111010011xxxxxxxxxxxxxxxxxxxxxxx"),
        Absent("FEAT_LSUI", "memop_unpriv", "00011001001xxxxx000x01xxxxxxxxxx"),
        Absent("FEAT_LSUI", "memop_unpriv", "00011001001xxxxx001101xxxxxxxxxx"),
        Absent("FEAT_LSUI", "memop_unpriv", "00011001001xxxxx100001xxxxxxxxxx"),
        Absent("FEAT_LSUI", "memop_unpriv", "00011001011xxxxx00x101xxxxxxxxxx"),
        Absent("FEAT_LSUI", "memop_unpriv", "00011001011xxxxxx00001xxxxxxxxxx"),
        Absent("FEAT_LSUI", "memop_unpriv", "000110011x1xxxxx000x01xxxxxxxxxx"),
        Absent("FEAT_LSUI", "memop_unpriv", "000110011x1xxxxx001101xxxxxxxxxx"),
        Absent("FEAT_LSUI", "memop_unpriv", "000110011x1xxxxx100001xxxxxxxxxx"),
        Absent("FEAT_LSUI", "memop_unpriv", "010110010x1xxxxx000x01xxxxxxxxxx"),
        Absent("FEAT_LSUI", "memop_unpriv", "010110010x1xxxxx001101xxxxxxxxxx"),
        Absent("FEAT_LSUI", "memop_unpriv", "010110010x1xxxxx100001xxxxxxxxxx"),
        Absent("FEAT_LSUI", "memop_unpriv", "01011001101xxxxx000x01xxxxxxxxxx"),
        Absent("FEAT_LSUI", "memop_unpriv", "01011001101xxxxx001101xxxxxxxxxx"),
        Absent("FEAT_LSUI", "memop_unpriv", "01011001101xxxxx100001xxxxxxxxxx"),
        Absent("FEAT_LSUI", "memop_unpriv", "01011001111xxxxx00x101xxxxxxxxxx"),
        Absent("FEAT_LSUI", "memop_unpriv", "01011001111xxxxxx00001xxxxxxxxxx"),

        Absent("FEAT_LUT", "asimdtbl", "01001110010xxxxx0x1000xxxxxxxxxx"),
        Absent("FEAT_LUT", "asimdtbl", "01001110010xxxxx0xx100xxxxxxxxxx"),
        Absent("FEAT_LUT", "asimdtbl", "01001110100xxxxx0xx100xxxxxxxxxx"),
        Absent("FEAT_LUT", "asimdtbl", "01001110110xxxxx0xxx00xxxxxxxxxx"),

        Absent("FEAT_MOPS", "memcms", "xx011001110xxxxx0xxx01xxxxxxxxxx"),
        Absent("FEAT_MOPS", "memcms", "xx011001110xxxxx10xx01xxxxxxxxxx"),
        Absent("FEAT_MOPS", "memcms", "xx011101110xxxxx0xxx01xxxxxxxxxx"),
        Absent("FEAT_MOPS", "memcms", "xx011101110xxxxx10xx01xxxxxxxxxx"),
        Absent("FEAT_MOPS", "memcms", "xx011x010x0xxxxxxxxx01xxxxxxxxxx"),
        Absent("FEAT_MOPS", "memcms", "xx011x01100xxxxxxxxx01xxxxxxxxxx"),

        Absent("FEAT_MTE", "addsub_immtags", "1x01000110xxxxxxxxxxxxxxxxxxxxxx"),
        Absent("FEAT_MTE", "dp_2src", "10011010110xxxxx000101xxxxxxxxxx"),
        Absent("FEAT_MTE", "dp_2src", "10011010110xxxxx000x00xxxxxxxxxx"),
        Absent("FEAT_MTE", "dp_2src", "10111010110xxxxx000000xxxxxxxxxx"),
        Absent("FEAT_MTE", "ldstpair_off", "0110100100xxxxxxxxxxxxxxxxxxxxxx"),
        Absent("FEAT_MTE", "ldstpair_post", "0110100010xxxxxxxxxxxxxxxxxxxxxx"),
        Absent("FEAT_MTE", "ldstpair_pre", "0110100110xxxxxxxxxxxxxxxxxxxxxx"),
        Absent("FEAT_MTE", "ldsttags", "11011001011xxxxxxxxx00xxxxxxxxxx"),
        Absent("FEAT_MTE", "ldsttags", "11011001xx1xxxxxxxxx01xxxxxxxxxx"),
        Absent("FEAT_MTE", "ldsttags", "11011001xx1xxxxxxxxx1xxxxxxxxxxx"),

        Absent("FEAT_MTE2", "ldsttags", "1101100100100000000000xxxxxxxxxx"),
        Absent("FEAT_MTE2", "ldsttags", "110110011x100000000000xxxxxxxxxx"),

        Absent("FEAT_PAuth_LR", "branch_reg", "110101100101111100001x11111xxxxx"),
        Absent("FEAT_PAuth_LR", "dp_1src", "110110101100000110001x1111111110"),
        Absent("FEAT_PAuth_LR", "dp_1src", "110110101100000110010xxxxxx11110"),
        Absent("FEAT_PAuth_LR", "dp_1src", "110110101100000110111x1111111110"),
        Absent("FEAT_PAuth_LR", "dp_1src", "110110101100000110x00x1111111110"),
        Absent("FEAT_PAuth_LR", "dp_1src_imm", "1111001110xxxxxxxxxxxxxxxxx11111"),
        Absent("FEAT_PAuth_LR", "miscbranch", "0101010100xxxxxxxxxxxxxxxxx11111"),

        Absent("FEAT_SYSINSTR128", "syspairinstrs", "1101010101001xxxxxxxxxxxxxxxxxxx"),

        Absent("FEAT_SYSREG128", "systemmovepr", "1101010101x1xxxxxxxxxxxxxxxxxxxx"),

        Absent("FEAT_THE", "memop", "001110000x1xxxxx101x00xxxxxxxxxx"),
        Absent("FEAT_THE", "memop", "00111000101xxxxx100100xxxxxxxxxx"),
        Absent("FEAT_THE", "memop", "00111000101xxxxx101x00xxxxxxxxxx"),
        Absent("FEAT_THE", "memop", "00111000111xxxxx101000xxxxxxxxxx"),
        Absent("FEAT_THE", "memop", "00111000111xxxxx10x100xxxxxxxxxx"),
        Absent("FEAT_THE", "memop", "011110001x1xxxxx100100xxxxxxxxxx"),
        Absent("FEAT_THE", "memop", "01111000xx1xxxxx101x00xxxxxxxxxx"),
        Absent("FEAT_THE", "memop", "0x1110000x1xxxxx100100xxxxxxxxxx"),
        Absent("FEAT_THE", "rcwcomswap", "0x011001xx1xxxxx000010xxxxxxxxxx"),

        Absent("FEAT_TME", "barriers", "11010101000000110011000001111111"),
        Absent("FEAT_TME", "exception", "11010100011xxxxxxxxxxxxxxxx00000"),
        Absent("FEAT_TME", "systemresult", "11010101001000110011000x011xxxxx"),

        Absent("FEAT_XS", "barriers", "11010101000000110011xx1000111111"),
    ];

    private static InsnRow Absent(string feature, string group, string pattern) =>
        new($"{feature}: {group} {pattern}", pattern, &Operation.Undefined) { Feature = feature };
}
