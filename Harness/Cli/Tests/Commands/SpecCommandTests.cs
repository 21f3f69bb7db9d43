using System.Text.Json;

namespace Conformance.Cli.Tests.Commands;

public class SpecCommandTests
{
    private const string Page =
        """
        <?xml version='1.0' encoding='utf-8'?>
        <register_page><registers><register is_register="True"><reg_short_name>THING_EL1</reg_short_name>
        <reg_fieldsets><fields id="f" length="64"><field id="a"><field_name>ALL</field_name><field_msb>63</field_msb><field_lsb>0</field_lsb>
        </field></fields></reg_fieldsets>
        <access_mechanisms><access_mechanism accessor="MRS THING_EL1" type="SystemAccessor"><encoding>
        <enc n="op0" v="0b11"/><enc n="op1" v="0b000"/><enc n="CRn" v="0b0001"/><enc n="CRm" v="0b0000"/><enc n="op2" v="0b000"/></encoding>
        <access_permission><ps><pstext>
        if HCR_EL2.TVM == '1' then
            AArch64.SystemAccessTrap(EL2, 0x18);
        else
            X[t, 64] = THING_EL1;
        </pstext></ps></access_permission></access_mechanism></access_mechanisms>
        </register></registers></register_page>
        """;

    [Fact]
    public void Import_writes_both_files_and_says_how_many()
    {
        using Session session = WithPage("xml", Page);

        session.Run("spec", "import", "xml", "--out", "facts/access-rules.jsonl").ShouldBe(ExitCode.Ok);

        session.Out.ShouldContain("1 accessors with 8 leaves, and 18 rules written by hand");
        session.Out.ShouldContain("not translated: 0 accessors");
        File.ReadAllLines(Path.Combine(session.Folder, "facts/access-rules.jsonl")).Length.ShouldBe(20);
        File.ReadAllLines(Path.Combine(session.Folder, "facts/registers.jsonl")).Length.ShouldBe(2);
    }

    [Fact]
    public void Import_names_what_it_did_not_translate_and_exits_with_1()
    {
        using Session session = WithPage("xml", Page.Replace("HCR_EL2.TVM == '1'", "Puzzle()"));

        session.Run("spec", "import", "xml").ShouldBe(ExitCode.Failures);

        session.Out.ShouldContain("not translated: MRS THING_EL1 (AArch64-thing.xml, line 8): Puzzle()");
        session.Out.ShouldContain("not translated: 1 accessors");
        File.ReadAllText(Path.Combine(session.Folder, "access-rules.jsonl")).ShouldNotContain("THING");
    }

    [Fact]
    public void Import_refuses_what_is_not_that_xml()
    {
        using Session session = WithPage("xml", Page[..600]);
        session.Refuses(ExitCode.Usage, "AArch64-thing.xml, line ", "spec", "import", "xml");
        session.Refuses(ExitCode.Usage, "there is no such folder", "spec", "import", "missing");
        session.Refuses(ExitCode.Usage, "DIR needs a value", "spec", "import");
        File.Exists(Path.Combine(session.Folder, "access-rules.jsonl")).ShouldBeFalse();
    }

    [Fact]
    public void Diff_is_0_for_the_same_and_1_for_a_difference()
    {
        using Session session = WithPage("old", Page);
        Write(session, "new", Page.Replace("EL2, 0x18", "EL3, 0x18"));

        session.Run("spec", "diff", "old", "old").ShouldBe(ExitCode.Ok);
        session.Out.ShouldEndWith("the same\n");

        session.Run("spec", "diff", "old", "new").ShouldBe(ExitCode.Failures);
        session.Out.ShouldContain("accessor changed: MRS THING_EL1\n  EL0: T2:18 becomes T3:18 with HCR_EL2.TVM=1\n");
        session.Out.ShouldContain("accessors: 19 compared, 1 changed, 0 added, 0 removed\n");
    }

    [Fact]
    public void Diff_gives_the_same_as_json()
    {
        using Session session = WithPage("old", Page);
        Write(session, "new", Page.Replace("EL2, 0x18", "EL3, 0x18").Replace("<field_name>ALL", "<field_name>MORE"));

        session.Run("spec", "diff", "old", "new", "--format", "json").ShouldBe(ExitCode.Failures);

        using var json = JsonDocument.Parse(session.Out);
        JsonElement root = json.RootElement;
        root.GetProperty("format").GetString().ShouldBe("conformance-spec-diff/1");
        root.GetProperty("same").GetBoolean().ShouldBeFalse();
        JsonElement level = root.GetProperty("accessors").GetProperty("changed")[0].GetProperty("levels")[0];
        level.GetProperty("state").GetProperty("fields").GetProperty("HCR_EL2.TVM").GetUInt64().ShouldBe(1UL);
        root.GetProperty("registers").GetProperty("changed")[0].GetProperty("what")[0].GetString().ShouldBe("field ALL[63:0] removed");
    }

    [Fact]
    public void Diff_compares_what_import_wrote_with_the_xml_it_came_from()
    {
        using Session session = WithPage("xml", Page);
        session.Run("spec", "import", "xml", "--out", "facts/access-rules.jsonl");
        session.Run("spec", "diff", "facts", "xml").ShouldBe(ExitCode.Ok);
    }

    [Fact]
    public void Diff_refuses_what_it_cannot_read()
    {
        using Session session = WithPage("xml", Page);
        session.Refuses(ExitCode.Usage, "there is no such file or folder; give a rules file, a folder, or built-in.", "spec", "diff", "xml", "nowhere");
        session.Refuses(ExitCode.Usage, "there is no format 'html'; the formats are text, json.", "spec", "diff", "xml", "xml", "--format", "html");
        session.Refuses(ExitCode.Usage, "--states: 0 is out of range; give 1 to 1000000.", "spec", "diff", "xml", "xml", "--states", "0");
    }

    private static Session WithPage(string folder, string page)
    {
        var session = new Session();
        Write(session, folder, page);
        return session;
    }

    private static void Write(Session session, string folder, string page)
    {
        string path = Path.Combine(session.Folder, folder);
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, "AArch64-thing.xml"), page);
    }
}
