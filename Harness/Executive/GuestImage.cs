using Conformance.Harness.Cases;

namespace Conformance.Harness.Executive;

/// <summary>A bare-metal program that a guest is started with.</summary>
/// <param name="Address">Physical address of its first byte.</param>
/// <param name="Bytes">Code and data.</param>
/// <param name="Entry">First instruction, at the highest level the device has.</param>
public sealed record GuestImage(ulong Address, byte[] Bytes, ulong Entry)
{
    /// <summary>The executive that runs cases.</summary>
    public static GuestImage Executive { get; } =
        new(GuestMemory.Executive, ExecutiveImage.Instance.Bytes, ExecutiveImage.Instance.Entry);
}
