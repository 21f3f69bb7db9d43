using System.Globalization;
using System.Runtime.Versioning;
using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Devices.Kvm;

namespace Conformance.Harness.Tests.Devices.Kvm;

/// <summary>The KVM of this machine, with a monitor that is a script: it says what the real one says, and answers commands.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class NativeHostTests : IDisposable
{
    private const string Ready = "echo 'conformance: kernel 9.8.7'; echo 'conformance: ready'";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>Word 0 of the control area, what is asked, goes to word 1, what is answered, until it is killed.</summary>
    private static readonly string s_answers = string.Create(
        CultureInfo.InvariantCulture,
        $"while sleep 0.01; do dd if=\"$2\" of=\"$2\" bs=8 count=1 conv=notrunc skip={GuestMemory.RamSize / 8} seek={(GuestMemory.RamSize / 8) + 1} 2>/dev/null; done");

    private readonly string _folder = Directory.CreateTempSubdirectory("native-host").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_guest_s_memory_is_the_file_that_the_monitor_is_given()
    {
        using NativeHost host = Host($"printf 'abcdefgh' | dd of=\"$2\" bs=8 count=1 conv=notrunc 2>/dev/null; {Ready}; sleep 60");

        byte[] there = new byte[8];
        host.Read(GuestMemory.RamBase, there);
        host.Write(GuestMemory.RamBase + 8, [1, 2]);

        there.ShouldBe("abcdefgh"u8.ToArray());
        host.Read(GuestMemory.RamBase + 8, there.AsSpan(0, 2));
        there[..2].ShouldBe([1, 2]);
        host.Kernel.ShouldBe("9.8.7");
        host.HasExited.ShouldBeFalse();
    }

    [Fact]
    public void The_monitor_is_told_the_kind_and_answers_commands()
    {
        using NativeHost host = Host($"[ \"$1\" = e2h0 ] && {Ready}; {s_answers}", KvmKind.E2h0);

        host.Start(GuestMemory.Executive).ShouldBeTrue();
        host.Copy(GuestMemory.Executive, [1, 2, 3]).ShouldBeTrue();
        host.Stop().ShouldBeTrue();
    }

    [Fact]
    public void A_monitor_that_is_stopped_goes_on_for_a_command()
    {
        using NativeHost host = Host($"{Ready}; {s_answers}");
        host.Pause();

        host.Stop().ShouldBeTrue();
    }

    [Fact]
    public void What_KVM_lacks_is_said()
    {
        DeviceUnavailableException e = Should.Throw<DeviceUnavailableException>(
            () => Host("echo 'conformance: unavailable: this KVM offers no virtual EL2'; exit 1"));

        e.What.ShouldBe("KVM gives no guest: this KVM offers no virtual EL2.");
    }

    [Fact]
    public void A_monitor_that_ends_before_it_has_a_guest_is_quoted() =>
        Should.Throw<DeviceUnavailableException>(() => Host("echo 'Illegal instruction' >&2; exit 4"))
            .What.ShouldBe("The monitor of device kvm did not start: Illegal instruction.");

    [Fact]
    public void A_file_that_is_no_program_is_named() =>
        Should.Throw<DeviceUnavailableException>(() => new NativeHost(KvmKind.Vhe, Path.Combine(_folder, "nothing"), s_patience))
            .What.ShouldContain(Path.Combine(_folder, "nothing"));

    [Fact]
    public void The_end_of_the_monitor_is_noticed_with_its_last_words()
    {
        string end = Path.Combine(_folder, "end");
        using NativeHost host = Host($"{Ready}; while [ ! -e '{end}' ]; do sleep 0.01; done; echo 'KVM_RUN: Bad address'; exit 1");
        File.WriteAllText(end, "");

        SpinWait.SpinUntil(() => host.HasExited, s_patience).ShouldBeTrue();
        host.Obituary().ShouldBe("the monitor ended with exit code 1: KVM_RUN: Bad address");
    }

    [Fact]
    public void What_the_kernel_says_from_then_on_is_a_complaint_once()
    {
        string messages = Path.Combine(_folder, "kmsg");
        File.WriteAllText(messages, "4,1,99,-;WARNING: before at old+0x0/0x8\n");
        using NativeHost host = Host($"{Ready}; sleep 60", messages: messages);
        host.Complaint().ShouldBeNull();
        host.Notes.ShouldBeEmpty();

        File.AppendAllText(messages, "6,2,100,-;kvm [1]: nothing wrong\n SUBSYSTEM=x\n4,3,101,-;WARNING: arch/arm64/kvm/x.c:1 at f+0x0/0x8, CPU#0\n");

        host.Complaint().ShouldBe("WARNING: arch/arm64/kvm/x.c:1 at f+0x0/0x8, CPU#0");
        host.Complaint().ShouldBeNull();
    }

    [Fact]
    public void Messages_that_may_not_be_read_are_said_to_be_missing()
    {
        using NativeHost host = Host($"{Ready}; sleep 60", messages: Path.Combine(_folder, "nothing"));

        host.Complaint().ShouldBeNull();
        host.Notes.ShouldHaveSingleItem().ShouldContain("/dev/kmsg");
    }

    private NativeHost Host(string script, KvmKind kind = KvmKind.Vhe, string messages = "/nowhere")
    {
        string monitor = Path.Combine(_folder, "monitor");
        File.WriteAllText(monitor, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(monitor, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return new NativeHost(kind, monitor, s_patience, messages);
    }
}
