using System.Buffers.Binary;

namespace Conformance.Cpu.Board;

/// <summary>How an image is laid out.</summary>
public enum ImageKind
{
    /// <summary>ELF64 for AArch64, little-endian.</summary>
    Elf,

    /// <summary>A Linux arm64 Image: flat, with a header that says where it goes.</summary>
    LinuxImage,

    /// <summary>Bytes to be put at <see cref="MemoryMap.FlatImage"/>.</summary>
    Flat,
}

/// <summary>Where an image has been put.</summary>
/// <param name="Kind">How it was laid out.</param>
/// <param name="Entry">PA at which it starts to execute.</param>
/// <param name="Start">PA of the lowest byte.</param>
/// <param name="End">PA behind the highest byte, zero-filled parts included.</param>
public sealed record LoadedImage(ImageKind Kind, ulong Entry, ulong Start, ulong End);

/// <summary>Puts programs into RAM.</summary>
public static class ImageLoader
{
    private const int LinuxHeaderSize = 64;
    private const uint LinuxMagic = 0x644d_5241;   // "ARM\x64"
    private const ulong LinuxAlignment = 0x20_0000;

    /// <summary>Loads a file.</summary>
    /// <exception cref="ImageException">The file cannot be read or is no image for this board.</exception>
    public static LoadedImage LoadFile(Ram ram, string path) => Load(ram, ReadFile(path, "ELF or flat image"), path);

    internal static byte[] ReadFile(string path, string kind)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new ImageException($"{path}: cannot be read ({e.Message.TrimEnd('.')}); name a readable {kind}");
        }
    }

    /// <summary>Loads an image from memory.</summary>
    /// <param name="ram">Where it goes.</param>
    /// <param name="image">The bytes of the file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ImageException">It is no image for this board.</exception>
    public static LoadedImage Load(Ram ram, ReadOnlySpan<byte> image, string name)
    {
        if (image.IsEmpty)
        {
            throw new ImageException($"{name}: the file is empty; name an ELF or flat image");
        }

        if (image.StartsWith("\u007fELF"u8))
        {
            return ElfLoader.Load(ram, image, name);
        }

        bool linux = image.Length >= LinuxHeaderSize && BinaryPrimitives.ReadUInt32LittleEndian(image[56..]) == LinuxMagic;
        return linux ? LoadLinux(ram, image, name) : LoadFlat(ram, image, name, ImageKind.Flat, MemoryMap.FlatImage, 0);
    }

    /// <summary>Source: Linux, Documentation/arch/arm64/booting.rst, "Call the kernel image".</summary>
    private static LoadedImage LoadLinux(Ram ram, ReadOnlySpan<byte> image, string name)
    {
        ulong textOffset = BinaryPrimitives.ReadUInt64LittleEndian(image[8..]);
        ulong imageSize = BinaryPrimitives.ReadUInt64LittleEndian(image[16..]);
        if (imageSize == 0)
        {
            textOffset = MemoryMap.FlatImage - MemoryMap.Ram;   // kernels before 3.17 leave both fields unset
        }

        // An offset of 0 would leave no room for what a boot loader keeps at the start of RAM; 2 MiB further is as good.
        ulong start = ram.Base + textOffset + (textOffset < 0x1000 ? LinuxAlignment : 0);
        return LoadFlat(ram, image, name, ImageKind.LinuxImage, start, imageSize);
    }

    private static LoadedImage LoadFlat(
        Ram ram, ReadOnlySpan<byte> image, string name, ImageKind kind, ulong start, ulong memorySize)
    {
        ulong size = Math.Max((ulong)image.Length, memorySize);
        if (!ram.Contains(start, size))
        {
            throw OutsideRam(ram, name, "the image", start, size);
        }

        ram.Write(start, image);
        return new LoadedImage(kind, start, start, start + size);
    }

    internal static ImageException OutsideRam(Ram ram, string name, string part, ulong start, ulong size) => new(
        $"{name}: {part} (0x{size:x} bytes at 0x{start:x}) is outside RAM, 0x{ram.Base:x} to 0x{ram.Base + ram.Size:x};"
        + " link it there or give the machine more RAM");
}
