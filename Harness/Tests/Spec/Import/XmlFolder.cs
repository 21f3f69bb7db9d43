using System.Text;

namespace Conformance.Harness.Tests.Spec.Import;

/// <summary>A folder with pages in the shape of the System Register XML. All texts are made up.</summary>
internal sealed class XmlFolder : IDisposable
{
    public XmlFolder() => Directory.CreateDirectory(Folder);

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"SysReg_xml_A_profile-2031-05-{Path.GetRandomFileName()}");

    public XmlFolder Page(
        string name, string mechanisms, string? condition = "when FEAT_AA64 is implemented", string fieldsets = "", bool register = true)
    {
        File.WriteAllText(
            Path.Combine(Folder, $"AArch64-{name.ToLowerInvariant().Replace('<', '-').Replace('>', '-')}.xml"),
            $"""
            <?xml version='1.0' encoding='utf-8'?>
            <!DOCTYPE register_page SYSTEM "registers.dtd">
            <register_page><registers><register execution_state="AArch64" is_register="{register}" is_internal="True" is_stub_entry="False">
            <reg_short_name>{Escape(name)}</reg_short_name>
            {(condition is null ? "" : $"<reg_condition otherwise=\"UNDEFINED\">{Escape(condition)}</reg_condition>")}
            <reg_fieldsets>{fieldsets}</reg_fieldsets>
            <access_mechanisms>{mechanisms}</access_mechanisms>
            </register></registers></register_page>
            """.TrimStart());
        return this;
    }

    /// <summary>One accessor with the encoding 3, 0, 1, 0, 0, or others for CRm and op2.</summary>
    public static string Mechanism(
        string accessor, string code, string crm = "0b0000", string op2 = "0b000", string? range = null, string? condition = null) =>
        $"""
        <access_mechanism accessor="{Escape(accessor)}" type="SystemAccessor"><encoding>
        <access_instruction>-</access_instruction>
        <enc n="op0" v="0b11"/><enc n="op1" v="0b000"/><enc n="CRn" v="0b0001"/><enc n="CRm" v="{crm}"/><enc n="op2" v="{op2}"/>
        {(range is null ? "" : $"<acc_array var=\"m\"><acc_array_range>{range}</acc_array_range></acc_array>")}
        </encoding>
        {(condition is null ? "" : $"<access_condition>When {Escape(condition)}</access_condition>")}
        <access_permission><ps name="x" sections="1" secttype="access_permission"><pstext>
        {Escape(code)}
        </pstext></ps></access_permission></access_mechanism>
        """;

    public void File_(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Escape(string text) =>
        new StringBuilder(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").ToString();
}
