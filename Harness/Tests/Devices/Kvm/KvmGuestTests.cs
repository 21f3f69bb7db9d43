using Conformance.Harness.Cases;
using Conformance.Harness.Devices.Kvm;
using Conformance.Harness.Executive;

namespace Conformance.Harness.Tests.Devices.Kvm;

/// <summary>One life of the vCPU, on a host without a kernel.</summary>
public sealed class KvmGuestTests : IDisposable
{
    private static readonly KvmOptions s_options = new() { CaseTimeout = TimeSpan.FromMilliseconds(30), StartTimeout = TimeSpan.FromMilliseconds(30) };
    private static readonly GuestImage s_image = new(GuestMemory.Executive, [1, 2, 3, 4], GuestMemory.Executive);

    private readonly MemoryHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Its_image_is_copied_by_the_monitor_before_the_vCPU_starts()
    {
        using KvmGuest guest = Start();

        _host.Commands.ShouldBe([3, 2]);
        byte[] there = new byte[4];
        guest.Ram.Read(GuestMemory.Executive, there);
        there.ShouldBe(s_image.Bytes);
    }

    [Fact]
    public void Code_goes_through_the_monitor_and_tables_do_not()
    {
        using KvmGuest guest = Start();
        guest.Ram.Write(Protocol.Records, [7]);
        _host.Commands.Count.ShouldBe(2);

        guest.Ram.Write(Protocol.BaselineBase, [8, 9]);

        _host.Commands.ShouldBe([3, 2, 3]);
        byte[] there = new byte[2];
        guest.Ram.Read(Protocol.BaselineBase, there);
        there.ShouldBe([8, 9]);
    }

    [Fact]
    public void A_guest_without_progress_is_taken_out_and_says_where_it_was()
    {
        using KvmGuest guest = Start();

        GuestEnd end = guest.RunUntil(() => false, () => 0, CancellationToken.None);

        end.Kind.ShouldBe(GuestEndKind.Hung);
        _host.Commands[^1].ShouldBe(1UL);
        guest.IsLost.ShouldBeTrue(); // what keeps KVM from running it can outlive its reset
    }

    [Fact]
    public void An_exit_that_nobody_expects_ends_the_guest_and_not_the_host()
    {
        using KvmGuest guest = Start();
        _host.Exit("KVM exit 9, PC=0x40200000");

        GuestEnd end = guest.RunUntil(() => false, () => 0, CancellationToken.None);

        end.ShouldBe(new GuestEnd(GuestEndKind.Died, "KVM exit 9, PC=0x40200000"));
        guest.IsLost.ShouldBeFalse();
    }

    [Fact]
    public void What_the_kernel_says_is_the_doing_of_the_case_in_progress()
    {
        using KvmGuest guest = Start();
        guest.BeginCases();
        _host.Says = "WARNING: x";

        GuestEnd end = guest.RunUntil(() => false, () => 17, CancellationToken.None);

        end.Kind.ShouldBe(GuestEndKind.Died);
        end.Seen.ShouldBe("the kernel with KVM said: WARNING: x");
        end.Progress.ShouldBe(17);
        guest.IsLost.ShouldBeTrue();
    }

    [Fact]
    public void A_kernel_that_is_gone_loses_the_host()
    {
        using KvmGuest guest = Start();
        _host.Dead = true;

        guest.RunUntil(() => false, () => 0, CancellationToken.None).ShouldBe(new GuestEnd(GuestEndKind.Died, "the kernel with KVM ended"));

        guest.IsLost.ShouldBeTrue();
    }

    private KvmGuest Start() => new(s_options, _host, s_image);
}
