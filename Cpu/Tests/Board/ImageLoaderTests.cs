using System.Buffers.Binary;
using System.Text;
using Conformance.Cpu.Board;

namespace Conformance.Cpu.Tests.Board;

public sealed class ImageLoaderTests
{
    private readonly Ram _ram = new(MemoryMap.Ram, 0x40_0000);

    [Fact]
    public void An_ELF_segment_goes_to_its_physical_address_with_zeros_behind()
    {
        _ram.Write(0x4008_0000, Enumerable.Repeat((byte)0xee, 64).ToArray());

        LoadedImage image = Load(Elf());

        image.ShouldBe(new LoadedImage(ImageKind.Elf, 0x4008_0004, 0x4008_0000, 0x4008_0010));
        _ram.Read(0x4008_0000, 17).ToArray().ShouldBe([1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0xee]);
    }

    [Fact]
    public void The_entry_point_is_translated_with_its_segment()
    {
        byte[] elf = Elf();
        U64(elf, 24, 0xffff_0000_0008_0004);
        U64(elf, 64 + 16, 0xffff_0000_0008_0000);

        Load(elf).Entry.ShouldBe(0x4008_0004ul);
    }

    public static TheoryData<string, Action<byte[]>, string> BadElves => new()
    {
        { "32-bit class", e => e[4] = 1, "ELF class 1 at byte 4" },
        { "big-endian", e => e[5] = 2, "ELF data encoding 2 at byte 5" },
        { "x86-64", e => e[18] = 62, "ELF machine 62 at byte 18" },
        { "object file", e => e[16] = 1, "ELF type 1 at byte 16" },
        { "header size", e => e[54] = 32, "program headers of 32 bytes at byte 54" },
        { "header table outside", e => U64(e, 32, 1 << 20), "1 program headers at byte 0x100000" },
        { "header table far outside", e => U64(e, 32, ulong.MaxValue), "1 program headers at byte 0xffffffffffffffff" },
        { "no segment", e => e[64] = 4, "no segment to load" },
        { "segment outside the file", e => U64(e, 64 + 8, 125), "segment 0 (0x8 bytes at byte 0x7d) goes behind the end of the file" },
        { "segment far outside the file", e => U64(e, 64 + 8, ulong.MaxValue), "segment 0 (0x8 bytes at byte 0xffffffffffffffff)" },
        { "more in the file than in memory", e => U64(e, 64 + 40, 4), "0x8 bytes in the file for 0x4 in memory" },
        { "segment below RAM", e => U64(e, 64 + 24, 0x1000), "segment 0 (0x10 bytes at 0x1000) is outside RAM, 0x40000000 to 0x40400000" },
        { "segment across the end of RAM", e => U64(e, 64 + 24, 0x403f_fff8), "segment 0 (0x10 bytes at 0x403ffff8) is outside RAM" },
        { "huge segment", e => U64(e, 64 + 40, ulong.MaxValue), "is outside RAM" },
        { "entry outside", e => U64(e, 24, 0x4009_0000), "the entry point 0x40090000 is in no segment" },
    };

    [Theory]
    [MemberData(nameof(BadElves))]
    public void A_bad_ELF_file_gives_one_line_that_says_what_and_where(string what, Action<byte[]> damage, string says)
    {
        byte[] elf = Elf();
        damage(elf);

        string message = Should.Throw<ImageException>(() => Load(elf), what).Message;

        message.ShouldStartWith("test.elf: ");
        message.ShouldContain(says);
        message.ShouldContain("; ");
        message.ShouldNotContain("\n");
    }

    [Fact]
    public void An_ELF_file_cut_off_anywhere_is_refused()
    {
        byte[] elf = Elf();
        for (int length = 4; length < elf.Length; length++)
        {
            Should.Throw<ImageException>(() => Load(elf[..length]), $"{length} bytes");
        }
    }

    [Fact]
    public void A_flat_image_goes_to_the_usual_place_and_starts_there()
    {
        Load([1, 2, 3]).ShouldBe(new LoadedImage(ImageKind.Flat, 0x4008_0000, 0x4008_0000, 0x4008_0003));
        _ram.Read(0x4008_0000, 4).ToArray().ShouldBe([1, 2, 3, 0]);
    }

    [Theory]
    [InlineData(0x10_0000, 0x20_0000, 0x4010_0000, 0x4030_0000)]
    [InlineData(0, 0x1000, 0x4020_0000, 0x4020_1000)]
    [InlineData(0x1234, 0, 0x4008_0000, 0x4008_0040)]
    public void A_Linux_image_goes_where_its_header_says(ulong textOffset, ulong size, ulong start, ulong end)
    {
        byte[] image = new byte[64];
        U64(image, 8, textOffset);
        U64(image, 16, size);
        Encoding.ASCII.GetBytes("ARM\x64").CopyTo(image, 56);

        Load(image).ShouldBe(new LoadedImage(ImageKind.LinuxImage, start, start, end));
    }

    [Fact]
    public void A_flat_image_larger_than_RAM_is_refused() =>
        Should.Throw<ImageException>(() => Load(new byte[0x40_0000])).Message
            .ShouldContain("the image (0x400000 bytes at 0x40080000) is outside RAM");

    [Fact]
    public void An_empty_file_and_a_missing_file_are_refused()
    {
        Should.Throw<ImageException>(() => Load([])).Message.ShouldBe("test.elf: the file is empty; name an ELF or flat image");
        Should.Throw<ImageException>(() => ImageLoader.LoadFile(_ram, "/nowhere/x.elf")).Message.ShouldStartWith("/nowhere/x.elf: cannot be read");
    }

    private LoadedImage Load(byte[] image) => ImageLoader.Load(_ram, image, "test.elf");

    /// <summary>One segment of 8 bytes in the file and 16 in memory at 0x4008_0000, entry at its second word.</summary>
    private static byte[] Elf()
    {
        byte[] elf = new byte[64 + 56 + 8];
        "\u007fELF"u8.CopyTo(elf);
        elf[4] = 2;
        elf[5] = 1;
        elf[6] = 1;
        elf[16] = 2;
        elf[18] = 183;
        U64(elf, 24, 0x4008_0004);
        U64(elf, 32, 64);
        elf[52] = 64;
        elf[54] = 56;
        elf[56] = 1;
        elf[64] = 1;
        U64(elf, 64 + 8, 120);
        U64(elf, 64 + 16, 0x4008_0000);
        U64(elf, 64 + 24, 0x4008_0000);
        U64(elf, 64 + 32, 8);
        U64(elf, 64 + 40, 16);
        for (byte i = 0; i < 8; i++)
        {
            elf[120 + i] = (byte)(i + 1);
        }

        return elf;
    }

    private static void U64(byte[] bytes, int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), value);
}
