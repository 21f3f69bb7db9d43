using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Import;
using Conformance.Harness.Spec.Import.Instructions;
using Conformance.Harness.Spec.Instructions;

namespace Conformance.Harness.Tests.Spec;

public sealed class InstructionEncodingTests
{
    private static readonly InstructionPattern s_pattern = InstructionPattern.Parse("0 Q:1 U=0 01110 size:2 1 Rm:5 opcode=x0011 1 Rn:5 Rd=iiiio");

    [Theory]
    [InlineData("size==11", 0x00c0_0000u, true)]
    [InlineData("size:Q==110", 0x00c0_0000u, true)]
    [InlineData("size:Q==110", 0x40c0_0000u, false)]
    [InlineData("size!=x1", 0x0080_0000u, true)]
    [InlineData("Rm<4:3>==10", 0x0010_0000u, true)]
    [InlineData("Rn==Rm && !(size==00)", 0x0041_0020u, true)]
    [InlineData("Rn==Rm && !(size==00)", 0x0041_0040u, false)]
    [InlineData("FEAT_FP16 || Q==1", 0x4000_0000u, true)]
    [InlineData("FEAT_FP16 || Q==1", 0x0000_0000u, false)]
    [InlineData("!FEAT_FP16", 0u, true)]
    public void A_condition_looks_at_fields_and_features(string text, uint word, bool holds) =>
        EncodingCondition.Parse(text, s_pattern).Holds(word, static _ => false).ShouldBe(holds);

    [Theory]
    [InlineData("size==1")]
    [InlineData("sice==11")]
    [InlineData("size<2>==1")]
    [InlineData("size==11 &&")]
    [InlineData("size==11)")]
    public void A_condition_that_is_none_is_an_error(string text) =>
        Should.Throw<FormatException>(() => EncodingCondition.Parse(text, s_pattern)).Message.ShouldContain("condition");

    [Fact]
    public void A_pattern_knows_fixed_bits_fields_and_what_should_be()
    {
        (s_pattern.Mask, s_pattern.Value).ShouldBe((0xbf20_7c00u, 0x0e20_1c00u));
        (s_pattern.Should, s_pattern.ShouldValue).ShouldBe((0x1fu, 0x1eu));
        s_pattern.Find("size").ShouldBe(new InstructionField("size", 22, 2));
        Should.Throw<FormatException>(() => InstructionPattern.Parse("0 Q:1"));
    }

    [Fact]
    public void Decode_becomes_conditions_on_fields()
    {
        const string Code = """
            if !IsFeatureImplemented(FEAT_FP) then EndOfDecode(Decode_UNDEF);
            constant integer n = UInt(Rn);
            constant integer t = UInt(Rt);
            boolean wback = TRUE;
            case size of
                when '01' index = UInt(H);
                when '10' index = UInt(L);
                otherwise EndOfDecode(Decode_UNDEF);
            if wback && n == t && n != 31 then
                constant Constraint c = ConstrainUnpredictable(Unpredictable_WBOVERLAPLD);
                case c of
                    when Constraint_UNDEF EndOfDecode(Decode_UNDEF);
            if imm IN {'1x', '01'} then SEE "other";
            """;
        var widths = new Dictionary<string, int>(StringComparer.Ordinal) { ["Rn"] = 5, ["Rt"] = 5, ["size"] = 2, ["imm"] = 2 };

        IReadOnlyList<DecodeEvent> events = DecodeWalk.Read([Code], name => widths.TryGetValue(name, out int w) ? w : null);

        var pattern = InstructionPattern.Parse("size:2 imm:2 xxxxxxxxxxxxxxxxxx Rn:5 Rt:5");
        events.Select(e => $"{e.Kind} {e.Rule}: {ConditionNotation.Normal(e.When, pattern)}").ShouldBe(
        [
            "Undefined : !FEAT_FP",
            "Undefined : !(size==01) && !(size==10)",
            "Unpredictable WBOVERLAPLD: Rn==Rt && Rn!=11111",
            "Elsewhere : imm==1x || imm==01",
        ]);
    }

    [Fact]
    public void A_page_becomes_lines()
    {
        string folder = Directory.CreateTempSubdirectory("conformance-a64").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "abc.xml"), """
                <instructionsection id="ABC" title="ABC" type="instruction">
                  <docvars><docvar key="instr-class" value="general"/><docvar key="mnemonic" value="ABC"/></docvars>
                  <classes><iclass name="One" id="one">
                    <arch_variants><arch_variant feature="FEAT_LSE"/></arch_variants>
                    <regdiagram form="32" psname="A64.dpreg.abc.ABC_one">
                      <box hibit="31" name="sf" usename="1"><c/></box>
                      <box hibit="30" width="20"><c>0</c><c>1</c><c colspan="18"/></box>
                      <box hibit="10" width="1"><c>(1)</c></box>
                      <box hibit="9" width="5" name="Rn" usename="1"><c colspan="5"/></box>
                      <box hibit="4" width="5" name="Rd" usename="1"><c colspan="5"/></box>
                    </regdiagram>
                    <encoding name="ABC_32_abc" bitdiffs="sf == 0 &amp;&amp; Rn != 11111"/>
                    <encoding name="ABC_64_abc" bitdiffs="sf == 1"/>
                    <ps_section><ps><pstext section="Decode">if Rd&lt;0&gt; == '1' then EndOfDecode(Decode_UNDEF);</pstext></ps></ps_section>
                  </iclass></classes>
                </instructionsection>
                """);

            InstructionImportResult result = InstructionImport.Read(folder, "2025-03");

            result.Gaps.ShouldBeEmpty();
            result.Lines.Skip(1).ShouldBe(
            [
                """{"n":"ABC_32_abc","m":"ABC","c":"general","g":"dpreg.abc","b":"sf=0 01xxxxxxxxxxxxxxxxxx i Rn:5 Rd:5","f":"FEAT_LSE","where":["Rn!=11111"],"undef":["Rd<0>==1"]}""",
                """{"n":"ABC_64_abc","m":"ABC","c":"general","g":"dpreg.abc","b":"sf=1 01xxxxxxxxxxxxxxxxxx i Rn:5 Rd:5","f":"FEAT_LSE","undef":["Rd<0>==1"]}""",
            ]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_folder_without_pages_is_refused_in_one_line()
    {
        string folder = Directory.CreateTempSubdirectory("conformance-a64").FullName;
        Should.Throw<ImportException>(() => InstructionImport.Read(folder)).Message.ShouldContain("no pages of instructions");
        Directory.Delete(folder);
    }

    [Fact]
    public void The_built_in_table_has_no_two_encodings_of_a_name_and_finds_words()
    {
        EncodingTable table = A64Table.Table;

        table.Encodings.Select(e => e.Name).Distinct().Count().ShouldBe(table.Encodings.Count);
        table.Find(0x9100_0420)!.Name.ShouldBe("ADD_64_addsub_imm");
        table.Find(0xd503_201f)!.Mnemonic.ShouldBe("NOP");
        table.Find(0x1e62_2820)!.Name.ShouldBe("FADD_D_floatdp2");
    }
}
