using Conformance.Harness.Devices.Kvm;

namespace Conformance.Harness.Tests.Devices.Kvm;

/// <summary>What is read out of the console of the kernel with KVM.</summary>
public class ConsoleLogTests
{
    private const string Report =
        "[   12.1] ------------[ cut here ]------------\r\n[   12.2] Something is odd\r\n"
        + "[   12.3] WARNING: arch/arm64/kvm/x.c:1 at f+0x1/0x2, CPU#0: init/1\r\n[   12.4] x0 : 0\r\n";

    private const string End = "[   12.5] ---[ end trace 0000000000000000 ]---\r\n";

    [Fact]
    public void The_monitor_says_its_kernel_its_pages_and_that_it_is_ready()
    {
        const string Text = "[    0.1] Booting\r\nconformance: kernel 7.3.4+x\r\nconformance: pages 40000000 43c00000\r\nconformance: ready\r\n";

        ConsoleLog.Kernel(Text).ShouldBe("7.3.4+x");
        ConsoleLog.Pages(Text).ShouldBe([0x4000_0000, 0x43C0_0000]);
        ConsoleLog.IsReady(Text).ShouldBeTrue();
        ConsoleLog.Unavailable(Text).ShouldBeNull();
        ConsoleLog.Complaints(Text).ShouldBeNull();
    }

    [Fact]
    public void A_line_that_is_not_at_its_end_says_nothing_yet()
    {
        ConsoleLog.Pages("conformance: pages 40000000 43").ShouldBeNull();
        ConsoleLog.IsReady("conformance: read").ShouldBeFalse();
    }

    [Fact]
    public void The_reason_for_no_guest_is_taken_as_it_is() =>
        ConsoleLog.Unavailable("conformance: unavailable: /dev/kvm: No such file\r\n").ShouldBe("/dev/kvm: No such file");

    [Fact]
    public void A_report_is_its_line_that_says_where_and_is_unfinished_until_its_last_one()
    {
        ConsoleLog.Complaints(Report).ShouldBe("WARNING: arch/arm64/kvm/x.c:1 at f+0x1/0x2, CPU#0: init/1");
        ConsoleLog.IsUnfinished(Report).ShouldBeTrue();
        ConsoleLog.IsUnfinished(Report + End).ShouldBeFalse();
        ConsoleLog.IsUnfinished("[   12.1] half a li").ShouldBeTrue();
    }

    [Theory]
    [InlineData("[    1.0] kernel BUG at mm/x.c:5!\n")]
    [InlineData("[    1.0][    T1] BUG: scheduling while atomic\n")]
    [InlineData("[    1.0] Internal error: Oops: 0000000096000004 [#1]\n")]
    [InlineData("[    1.0] Kernel panic - not syncing: x\n")]
    public void Worse_than_a_warning_is_a_complaint_too(string line) => ConsoleLog.Complaints(line).ShouldNotBeNull();

    [Fact]
    public void A_notice_of_KVM_about_its_guest_is_no_complaint() =>
        ConsoleLog.Complaints("[    1.0] kvm [1]: Unsupported guest access at: 40200000\n").ShouldBeNull();

    [Fact]
    public void The_last_words_are_the_complaint_or_else_the_last_line()
    {
        ConsoleLog.LastWords(Report + End).ShouldStartWith("WARNING");
        ConsoleLog.LastWords("[    1.0] one\n[    1.1] reboot: Power down\n\n").ShouldBe("reboot: Power down");
    }
}
