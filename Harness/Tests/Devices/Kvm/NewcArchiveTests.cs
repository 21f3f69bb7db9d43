using System.Text;
using Conformance.Harness.Devices.Kvm;

namespace Conformance.Harness.Tests.Devices.Kvm;

/// <summary>The archive that the kernel unpacks as its first file system, byte for byte.</summary>
public class NewcArchiveTests
{
    [Fact]
    public void A_program_is_a_header_of_110_characters_its_name_and_its_bytes_each_filled_to_four()
    {
        byte[] archive = new NewcArchive().Program("init", [1, 2, 3, 4, 5]).ToBytes();

        string header = Encoding.ASCII.GetString(archive, 0, 110);
        header.ShouldBe(
            "070701" + "00000001" + "000081ED" + "00000000" + "00000000" + "00000001" + "00000000" + "00000005"
            + "00000000" + "00000000" + "00000000" + "00000000" + "00000005" + "00000000");
        Encoding.ASCII.GetString(archive, 110, 6).ShouldBe("init\0\0"); // 110 + 5 is 115: one byte to fill
        archive[116..124].ShouldBe([1, 2, 3, 4, 5, 0, 0, 0]);
        Encoding.ASCII.GetString(archive, 124, 6).ShouldBe("070701");
    }

    [Fact]
    public void A_directory_and_a_device_have_their_mode_and_numbers_and_no_bytes()
    {
        byte[] archive = new NewcArchive().Directory("dev").Device("dev/console", 5, 1).ToBytes();

        Field(archive, 0, 1).ShouldBe("000041ED");
        int device = 116; // 110 + "dev\0" is 114, filled to 116
        Encoding.ASCII.GetString(archive, device, 6).ShouldBe("070701");
        Field(archive, device, 0).ShouldBe("00000002");
        Field(archive, device, 1).ShouldBe("00002180");
        Field(archive, device, 6).ShouldBe("00000000");
        Field(archive, device, 9).ShouldBe("00000005");
        Field(archive, device, 10).ShouldBe("00000001");
    }

    [Fact]
    public void It_ends_with_the_trailer_and_is_a_multiple_of_four_long()
    {
        byte[] archive = new NewcArchive().ToBytes();

        Encoding.ASCII.GetString(archive, 110, 11).ShouldBe("TRAILER!!!\0");
        archive.Length.ShouldBe(124);
    }

    [Fact]
    public void The_archive_of_the_device_starts_the_monitor_and_has_what_it_mounts()
    {
        string text = Encoding.Latin1.GetString(EmulatedHost.Archive([0x7F, (byte)'E', (byte)'L', (byte)'F']));

        foreach (string name in (string[])["dev\0", "proc\0", "debug\0", "dev/console\0", "init\0\0" + "\u007fELF"])
        {
            text.ShouldContain(name);
        }
    }

    /// <summary>One of the thirteen fields of the header at an offset.</summary>
    private static string Field(byte[] archive, int entry, int number) => Encoding.ASCII.GetString(archive, entry + 6 + (8 * number), 8);
}
