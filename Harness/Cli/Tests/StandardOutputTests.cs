namespace Conformance.Cli.Tests;

public class StandardOutputTests
{
    [Fact]
    public void When_nobody_reads_any_more_the_command_is_told_once_and_goes_on()
    {
        int told = 0;
        using var output = new StandardOutput(new BrokenPipe(), () => told++);
        output.WriteByte(1);
        output.Write([2, 3]);
        output.Flush();
        told.ShouldBe(1);
    }

    [Fact]
    public void What_is_written_arrives()
    {
        using var memory = new MemoryStream();
        using (var output = new StandardOutput(memory, () => throw new InvalidOperationException()))
        {
            output.Write([1, 2]);
            output.WriteByte(3);
        }

        memory.ToArray().ShouldBe([1, 2, 3]);
    }

    private sealed class BrokenPipe : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe");
    }
}
