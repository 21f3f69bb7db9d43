using System.Buffers;

namespace Conformance.Harness.Runs;

/// <summary>A file of lines, written through one buffer that the operating system gets when it is asked for or full.</summary>
internal sealed class LineFile : IDisposable
{
    private const int FlushAt = 1 << 16;

    private readonly FileStream _file;

    public LineFile(string path) => _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);

    /// <summary>Where the bytes of a line go.</summary>
    public ArrayBufferWriter<byte> Buffer { get; } = new(FlushAt * 2);

    public bool IsFull => Buffer.WrittenCount >= FlushAt;

    public void EndLine() => Buffer.Write("\n"u8);

    /// <summary>After this the lines are safe from the death of this process.</summary>
    public void Flush()
    {
        if (Buffer.WrittenCount > 0)
        {
            _file.Write(Buffer.WrittenSpan);
            Buffer.ResetWrittenCount();
        }
    }

    public void Dispose() => _file.Dispose();
}
