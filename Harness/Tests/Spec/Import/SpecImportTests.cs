using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Import;

namespace Conformance.Harness.Tests.Spec.Import;

public class SpecImportTests
{
    private const string Code =
        """
        if !IsFeatureImplemented(FEAT_AA64) then
            UNDEFINED;
        elsif PSTATE.EL == EL0 then
            UNDEFINED;
        elsif PSTATE.EL == EL1 then
            if EL2Enabled() && HCR_EL2.TVM == '1' then
                AArch64.SystemAccessTrap(EL2, 0x18);
            elsif EffectiveHCR_EL2_NVx() IN {'111'} then
                X[t, 64] = NVMem[0x110];
            else
                X[t, 64] = THING_EL1;
        elsif PSTATE.EL == EL2 then
            X[t, 64] = THING_EL1;
        elsif PSTATE.EL == EL3 then
            X[t, 64] = THING_EL1;
        """;

    [Fact]
    public void A_page_becomes_one_line_of_rules()
    {
        using XmlFolder xml = new XmlFolder().Page("THING_EL1", XmlFolder.Mechanism("MRS THING_EL1", Code));

        ImportResult result = SpecImport.Read(xml.Folder);

        result.Gaps.ShouldBeEmpty();
        result.Release.ShouldBe("2031-05");
        result.Rules[1].ShouldBe(
            """{"k":"acc","id":"MRS THING_EL1","op":"MRS","name":"THING_EL1","reg":"THING_EL1","enc":[3,0,1,0,0],"g":["!FEAT_AA64","U"]"""
            + ""","e":["U",["EL2en & HCR_EL2.TVM=1","T2:18","NVx~111","N:110","R:THING_EL1"],"R:THING_EL1","R:THING_EL1"]}""");
        (result.Accessors, result.Leaves).ShouldBe((1, 10));
    }

    [Fact]
    public void The_rules_written_by_hand_are_merged_and_are_those_of_the_facts()
    {
        using XmlFolder xml = new XmlFolder().Page(
            "DAIF", XmlFolder.Mechanism("MRS DAIF", Code) + XmlFolder.Mechanism("MSRimmediate DAIFSet", "whatever this is"));

        ImportResult result = SpecImport.Read(xml.Folder);

        result.Gaps.ShouldBeEmpty();
        IReadOnlyList<Accessor> hand = [.. AccessRules.Accessors.Where(a => a.HandWritten)];
        result.HandWritten.ShouldBe(hand.Count);
        result.Rules.Count.ShouldBe(2 + hand.Count);
        string facts = EmbeddedFacts();
        foreach (string line in result.Rules.Skip(2))
        {
            facts.ShouldContain($"\n{line}\n");
        }
    }

    [Fact]
    public void An_array_keeps_its_index_in_encoding_and_range()
    {
        using XmlFolder xml = new XmlFolder().Page(
            "ROW<n>_EL1",
            XmlFolder.Mechanism("MSRregister ROW<m>_EL1", "integer m = UInt(op2<1:0>);\n\nROW_EL1[m] = X[t, 64];", op2: "0b1:m[1:0]", range: "0-3"));

        SpecImport.Read(xml.Folder).Rules[1].ShouldBe(
            """{"k":"acc","id":"MSR ROW<m>_EL1","op":"MSR","name":"ROW<m>_EL1","reg":"ROW<n>_EL1","enc":[3,0,1,0,"0b1:m[1:0]"]"""
            + ""","mbits":2,"m":[0,3],"e":["W:ROW_EL1[m]","W:ROW_EL1[m]","W:ROW_EL1[m]","W:ROW_EL1[m]"]}""");
    }

    [Fact]
    public void The_condition_of_an_encoding_comes_before_everything()
    {
        using XmlFolder xml = new XmlFolder().Page(
            "THING_EL1", XmlFolder.Mechanism("MRRS THING_EL1", Code, condition: "FEAT_D128 is implemented"));

        SpecImport.Read(xml.Folder).Rules[1].ShouldContain("""
            "g":["!FEAT_D128","U","!FEAT_AA64","U"]
            """);
    }

    [Fact]
    public void An_accessor_on_two_pages_belongs_to_the_page_of_its_name()
    {
        // The EL2 page says when the accessor reaches the EL2 register, which is no condition of the encoding.
        using XmlFolder xml = new XmlFolder()
            .Page("A_EL2", XmlFolder.Mechanism("MRS THING_EL1", Code, condition: "FEAT_VHE is implemented"))
            .Page("THING_EL1", XmlFolder.Mechanism("MRS THING_EL1", Code));

        string rule = SpecImport.Read(xml.Folder).Rules[1];

        rule.ShouldContain("""
            "reg":"THING_EL1","enc":[3,0,1,0,0],"also":["A_EL2"],"g":["!FEAT_AA64","U"]
            """);
    }

    [Fact]
    public void Pages_that_disagree_are_a_gap()
    {
        using XmlFolder xml = new XmlFolder()
            .Page("A_EL2", XmlFolder.Mechanism("MRS THING_EL1", Code.Replace("0x110", "0x118")))
            .Page("THING_EL1", XmlFolder.Mechanism("MRS THING_EL1", Code));

        ImportGap gap = SpecImport.Read(xml.Folder).Gaps.ShouldHaveSingleItem();
        (gap.What, gap.Construct).ShouldBe(("MRS THING_EL1", "AArch64-a_el2.xml describes it otherwise"));
        gap.Where.ShouldStartWith("AArch64-thing_el1.xml, line ");
    }

    [Fact]
    public void What_is_not_translated_is_named_and_left_out()
    {
        using XmlFolder xml = new XmlFolder()
            .Page("THING_EL1", XmlFolder.Mechanism("MRS THING_EL1", Code.Replace("EL2Enabled()", "PhaseOfTheMoon()")))
            .Page("OTHER_EL1", XmlFolder.Mechanism("MRS OTHER_EL1", Code));

        ImportResult result = SpecImport.Read(xml.Folder);

        ImportGap gap = result.Gaps.ShouldHaveSingleItem();
        (gap.Kind, gap.What, gap.Construct).ShouldBe((GapKind.AccessorMissing, "MRS THING_EL1", "PhaseOfTheMoon()"));
        result.Rules.ShouldNotContain(r => r.Contains("MRS THING_EL1"));
        result.Rules.ShouldContain(r => r.Contains("MRS OTHER_EL1"));
    }

    [Fact]
    public void Layouts_fields_and_resets_become_register_facts()
    {
        const string Fields =
            """
            <fields id="f0" length="64"><fields_condition>When ELIsInHost(EL2)</fields_condition>
              <field id="a" rwtype="RES0"><field_msb>63</field_msb><field_lsb>2</field_lsb></field>
              <field id="b"><field_name>NEW</field_name><field_msb>1</field_msb><field_lsb>1</field_lsb>
                <field_resets><field_reset reset_type="Warm"><field_reset_conditions>
                  <field_reset_condition condition="the highest implemented Exception level is EL2"><field_reset>
                    <field_reset_number>'0'</field_reset_number></field_reset></field_reset_condition>
                  <field_reset_condition><field_reset><field_reset_standard_text>AU</field_reset_standard_text></field_reset></field_reset_condition>
                </field_reset_conditions></field_reset></field_resets>
                <fields_condition>When FEAT_A is implemented</fields_condition></field>
              <field id="c" rwtype="RES0"><field_msb>1</field_msb><field_lsb>1</field_lsb><fields_condition>Otherwise</fields_condition></field>
              <field id="d"><field_msb>0</field_msb><field_lsb>0</field_lsb><fields_condition>When it rains</fields_condition></field>
            </fields>
            """;
        using XmlFolder xml = new XmlFolder().Page("THING_EL1", XmlFolder.Mechanism("MRS THING_EL1", Code), fieldsets: Fields);

        ImportResult result = SpecImport.Read(xml.Folder);

        result.Registers[1].ShouldBe(
            """{"k":"reg","name":"THING_EL1","if":"FEAT_AA64","layouts":[{"w":64,"if":"Host2","f":[[63,2,"RES0"]"""
            + """,[1,1,"NEW",{"if":"FEAT_A","rst":[["Warm","Top2","0"]]}],[1,1,"RES0",{"if":"else"}]"""
            + """,[0,0,"IMPLEMENTATION DEFINED",{"if":"?"}]]}]}""");
        ImportGap gap = result.Gaps.ShouldHaveSingleItem();
        (gap.Kind, gap.What, gap.Construct).ShouldBe((GapKind.ConditionOpen, "THING_EL1, bits 0:0", "it rains"));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_refused() =>
        Refused("/nowhere/at/all", "there is no such folder; give the unpacked SysReg_xml_A_profile download.");

    [Fact]
    public void A_folder_with_other_files_is_refused()
    {
        using var xml = new XmlFolder();
        xml.File_("readme.txt", "hello");
        Refused(xml.Folder, "there are no AArch64-*.xml pages; give the folder of the SysReg_xml_A_profile download that holds them.");
    }

    [Fact]
    public void Other_xml_is_refused()
    {
        using var xml = new XmlFolder();
        xml.File_("AArch64-a.xml", "<book/>");
        Refused(xml.Folder, "AArch64-a.xml, line 1: the root element is <book>, not <register_page>; is this Arm's System Register XML?.");
    }

    [Fact]
    public void A_truncated_file_is_refused_with_its_line()
    {
        using XmlFolder xml = new XmlFolder().Page("THING_EL1", XmlFolder.Mechanism("MRS THING_EL1", Code));
        string path = Directory.GetFiles(xml.Folder).Single();
        string text = File.ReadAllText(path);
        File.WriteAllText(path, text[..(text.Length / 2)]);
        Refused(xml.Folder, "this is not whole XML");
        Refused(xml.Folder, "unpack the download again");
    }

    [Fact]
    public void Pages_without_accessors_are_refused()
    {
        using XmlFolder xml = new XmlFolder().Page("THING_EL1", "");
        Refused(xml.Folder, "no page says how its register is reached");
    }

    private static void Refused(string folder, string message)
    {
        string said = Should.Throw<ImportException>(() => SpecImport.Read(folder)).Message;
        said.ShouldContain(message);
        said.ShouldNotContain("\n");
    }

    private static string EmbeddedFacts()
    {
        using var reader = new StreamReader(
            typeof(AccessRules).Assembly.GetManifestResourceStream("Fixtures/spec/access-rules.jsonl")!);
        return reader.ReadToEnd();
    }
}
