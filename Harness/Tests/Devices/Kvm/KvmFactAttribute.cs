using Conformance.Harness.Devices.Kvm;

namespace Conformance.Harness.Tests.Devices.Kvm;

/// <summary>A test that boots a kernel with KVM inside QEMU: skipped where no kernel is in the cache, unless CONFORMANCE_REQUIRE_KVM is set.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KvmFactAttribute : FactAttribute
{
    public KvmFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CONFORMANCE_REQUIRE_KVM") is not { Length: > 0 } && KernelFetch.Cached is null)
        {
            Skip = "There is no kernel with KVM in the cache; `./conformance doctor --fetch` fetches it.";
        }
    }
}
