using System.Globalization;
using System.Text;

namespace Conformance.Harness.Devices.Kvm;

/// <summary>Writes a cpio archive in the form "newc", the one that a Linux kernel unpacks as its first file system.</summary>
/// <remarks>
/// Each entry is a header of 110 ASCII characters ("070701", then thirteen fields of eight hexadecimal digits), the name with
/// a zero byte, and the data; name and data are filled up with zeros to multiples of four bytes. The entry
/// <c>TRAILER!!!</c> ends the archive. Source: the kernel's "initramfs buffer format".
/// </remarks>
internal sealed class NewcArchive
{
    private const uint DirectoryMode = 0x41ED; // 040755
    private const uint ProgramMode = 0x81ED; // 0100755
    private const uint DeviceMode = 0x2180; // 020600
    private const string Trailer = "TRAILER!!!";

    private readonly List<byte> _bytes = [];
    private uint _entries;

    internal NewcArchive Directory(string name) => Entry(name, DirectoryMode, []);

    /// <summary>A file that everybody may run.</summary>
    internal NewcArchive Program(string name, ReadOnlySpan<byte> data) => Entry(name, ProgramMode, data);

    /// <summary>A character device.</summary>
    internal NewcArchive Device(string name, uint major, uint minor) => Entry(name, DeviceMode, [], major, minor);

    /// <summary>Ends the archive.</summary>
    internal byte[] ToBytes()
    {
        Entry(Trailer, 0, []);
        return [.. _bytes];
    }

    private NewcArchive Entry(string name, uint mode, ReadOnlySpan<byte> data, uint major = 0, uint minor = 0)
    {
        byte[] nameBytes = Encoding.ASCII.GetBytes(name + '\0');
        uint inode = name == Trailer ? 0 : ++_entries;
        ReadOnlySpan<uint> fields =
        [
            inode, mode, 0, 0, 1, 0, (uint)data.Length, 0, 0, major, minor, (uint)nameBytes.Length, 0,
        ];
        _bytes.AddRange("070701"u8);
        foreach (uint field in fields)
        {
            _bytes.AddRange(Encoding.ASCII.GetBytes(field.ToString("X8", CultureInfo.InvariantCulture)));
        }

        _bytes.AddRange(nameBytes);
        Fill();
        _bytes.AddRange(data);
        Fill();
        return this;
    }

    private void Fill()
    {
        while (_bytes.Count % 4 != 0)
        {
            _bytes.Add(0);
        }
    }
}
