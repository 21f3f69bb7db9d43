using System.Buffers.Binary;

namespace Conformance.Cpu.Board;

/// <summary>Loads ELF64 executables.</summary>
/// <remarks>Source: System V ABI, "Object Files" and "Program Loading"; ELF for the Arm 64-bit Architecture (AArch64).</remarks>
internal static class ElfLoader
{
    private const int HeaderSize = 64;
    private const int ProgramHeaderSize = 56;
    private const int MachineAArch64 = 183;
    private const int TypeExecutable = 2;
    private const int TypeShared = 3;
    private const uint SegmentLoad = 1;

    internal static LoadedImage Load(Ram ram, ReadOnlySpan<byte> image, string name)
    {
        CheckHeader(image, name);
        ulong entry = U64(image, 24);
        ulong physicalEntry = entry;
        ulong start = ulong.MaxValue;
        ulong end = 0;
        foreach (Segment segment in Segments(image, name))
        {
            ReadOnlySpan<byte> data = Data(image, name, segment);
            if (!ram.Contains(segment.Physical, segment.MemorySize))
            {
                throw ImageLoader.OutsideRam(ram, name, $"segment {segment.Index}", segment.Physical, segment.MemorySize);
            }

            ram.Write(segment.Physical, data);
            ram.Clear(segment.Physical + segment.FileSize, (int)(segment.MemorySize - segment.FileSize));
            start = Math.Min(start, segment.Physical);
            end = Math.Max(end, segment.Physical + segment.MemorySize);
            if (entry - segment.Virtual < segment.MemorySize)
            {
                physicalEntry = entry - segment.Virtual + segment.Physical;   // execution starts with the MMU off
            }
        }

        if (end == 0)
        {
            throw new ImageException($"{name}: the ELF file has no segment to load; link it as an executable");
        }

        if (physicalEntry < start || physicalEntry >= end)
        {
            throw new ImageException($"{name}: the entry point 0x{entry:x} is in no segment; set it with the linker's -e or ENTRY");
        }

        return new LoadedImage(ImageKind.Elf, physicalEntry, start, end);
    }

    private static void CheckHeader(ReadOnlySpan<byte> image, string name)
    {
        if (image.Length < HeaderSize)
        {
            throw new ImageException(
                $"{name}: the ELF header is cut off after {image.Length} of {HeaderSize} bytes; get the whole file");
        }

        if (image[4] != 2)
        {
            throw new ImageException($"{name}: ELF class {image[4]} at byte 4 is not 64-bit (2); build it for AArch64");
        }

        if (image[5] != 1)
        {
            throw new ImageException(
                $"{name}: ELF data encoding {image[5]} at byte 5 is not little-endian (1); build it without -mbig-endian");
        }

        int machine = U16(image, 18);
        if (machine != MachineAArch64)
        {
            throw new ImageException($"{name}: ELF machine {machine} at byte 18 is not AArch64 (183); build it for AArch64");
        }

        int type = U16(image, 16);
        if (type is not (TypeExecutable or TypeShared))
        {
            throw new ImageException($"{name}: ELF type {type} at byte 16 is not an executable (2); link it first");
        }
    }

    private static List<Segment> Segments(ReadOnlySpan<byte> image, string name)
    {
        ulong table = U64(image, 32);
        int entrySize = U16(image, 54);
        int count = U16(image, 56);
        if (count != 0 && entrySize != ProgramHeaderSize)
        {
            throw new ImageException(
                $"{name}: program headers of {entrySize} bytes at byte 54 are not those of ELF64 ({ProgramHeaderSize}); link it again");
        }

        ulong length = (ulong)image.Length;
        if (table > length || (ulong)(count * ProgramHeaderSize) > length - table)
        {
            throw new ImageException(
                $"{name}: the {count} program headers at byte 0x{table:x} are behind the end of the file (0x{length:x}); get the whole file");
        }

        var segments = new List<Segment>();
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> header = image[(int)(table + (ulong)(i * ProgramHeaderSize))..];
            if (U32(header, 0) == SegmentLoad && U64(header, 40) != 0)
            {
                segments.Add(new Segment(i, U64(header, 8), U64(header, 16), U64(header, 24), U64(header, 32), U64(header, 40)));
            }
        }

        return segments;
    }

    private static ReadOnlySpan<byte> Data(ReadOnlySpan<byte> image, string name, Segment segment)
    {
        ulong length = (ulong)image.Length;
        if (segment.Offset > length || segment.FileSize > length - segment.Offset)
        {
            throw new ImageException(
                $"{name}: segment {segment.Index} (0x{segment.FileSize:x} bytes at byte 0x{segment.Offset:x}) goes behind the end of "
                + $"the file (0x{length:x}); get the whole file");
        }

        if (segment.FileSize > segment.MemorySize)
        {
            throw new ImageException(
                $"{name}: segment {segment.Index} has 0x{segment.FileSize:x} bytes in the file for 0x{segment.MemorySize:x} in memory; "
                + "link it again");
        }

        return image.Slice((int)segment.Offset, (int)segment.FileSize);
    }

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong U64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);

    private sealed record Segment(int Index, ulong Offset, ulong Virtual, ulong Physical, ulong FileSize, ulong MemorySize);
}
