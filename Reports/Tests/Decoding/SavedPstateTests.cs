using Conformance.Reports.Decoding;

namespace Conformance.Reports.Tests.Decoding;

public class SavedPstateTests
{
    [Theory]
    [InlineData(0x3C5, "M EL1h|DAIF DAIF")]
    [InlineData(0x0, "M EL0t")]
    [InlineData(0x208, "M EL2t|DAIF D---")]
    [InlineData(0x4D, "M EL3h|DAIF ---F")]
    [InlineData(0x9000_0009, "M EL2h|NZCV N--V")]
    [InlineData(0x00500005, "M EL1h|PAN 1|IL 1")]
    [InlineData(0x00A00005, "M EL1h|UAO 1|SS 1")]
    [InlineData(0x03000000, "M EL0t|TCO 1|DIT 1")]
    [InlineData(0x3C04, "M EL1t|BTYPE 0x3|ALLINT 1|SSBS 1")]
    [InlineData(0x10, "M 0x10 AArch32")]
    [InlineData(0x2, "M 0x02 reserved")]
    [InlineData(0x4_0000_0000, "M EL0t|EXLOCK 1")]
    [InlineData(0x0000_4000, "M EL0t|other bits 0x4000")]
    public void A_saved_state_is_told_in_fields(ulong spsr, string expected) =>
        string.Join('|', SavedPstate.Decode(spsr).Where(p => p.Text is not ("0" or "----")).Select(p => $"{p.Name} {p.Text}"))
            .ShouldBe(expected);
}
