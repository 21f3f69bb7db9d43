using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Conformance.Cpu.Board;

namespace Conformance.Cpu.Translation;

/// <summary>Reads and updates of descriptors in physical memory: 8 bytes, aligned, in the byte order of the regime (TR-024).</summary>
internal static class DescriptorMemory
{
    internal static bool TryRead(Core core, ulong address, bool bigEndian, out ulong descriptor)
    {
        Ram? ram = core.Ram;
        if (ram is not null && address - ram.Base < ram.Size)
        {
            descriptor = Unsafe.ReadUnaligned<ulong>(
                ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(ram.Bytes), (nint)(address - ram.Base))); // aligned: within
        }
        else if (!core.Bus.TryRead(address, 8, out descriptor))
        {
            return false;
        }

        descriptor = bigEndian ? BinaryPrimitives.ReverseEndianness(descriptor) : descriptor;
        return true;
    }

    internal static bool TryWrite(Core core, ulong address, bool bigEndian, ulong descriptor) =>
        core.Bus.TryWrite(address, 8, bigEndian ? BinaryPrimitives.ReverseEndianness(descriptor) : descriptor);
}
