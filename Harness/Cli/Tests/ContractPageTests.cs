using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Harness.Executive;

namespace Conformance.Cli.Tests;

/// <summary><c>Harness/INTERPRETING.md</c> says what the code does.</summary>
public class ContractPageTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(SourceTree.Root, "Harness/INTERPRETING.md"));

    public static TheoryData<string, ulong> Addresses { get; } = new()
    {
        { "vectors of EL1", GuestMemory.VectorsEl1 },
        { "vectors of EL2", GuestMemory.VectorsEl2 },
        { "vectors of EL3", GuestMemory.VectorsEl3 },
        { "the executive's variables", Protocol.ContextBase },
        { "the executive's program", GuestMemory.Executive },
        { "the code of a step", GuestMemory.Code },
        { "the page for VNCR_EL2", GuestMemory.Vncr },
        { "data", GuestMemory.Data },
        { "stacks", GuestMemory.Stacks },
        { "translation tables", GuestMemory.Tables },
        { "copies for `changed@` fields", Protocol.Shadow },
        { "mailbox, records, results", Protocol.MailboxBase },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public void Every_region_stands_in_the_memory_map(string what, ulong address) =>
        s_page.Split('\n').ShouldContain(line => line.StartsWith($"| `{Address(address)}` |", StringComparison.Ordinal) && line.Contains($"| {what}"));

    [Theory]
    [InlineData(Protocol.BaselineBase)]
    [InlineData(Protocol.Records)]
    [InlineData(Protocol.Results)]
    [InlineData(Protocol.Mailbox.Magic)]
    public void Every_address_of_the_protocol_is_named(ulong address) => s_page.ShouldContain($"`{Address(address)}`");

    [Fact]
    public void The_instructions_that_end_and_leave_are_named()
    {
        s_page.ShouldContain($"HVC #0x{Protocol.EndImmediate:X}");
        s_page.ShouldContain($"SMC #0x{Protocol.EndImmediate:X}");
        s_page.ShouldContain($"UDF #0x{Protocol.EndUdf:X}");
        s_page.ShouldContain($"HVC #0x{Protocol.LeaveImmediate:X}");
        s_page.ShouldContain($"SMC #0x{Protocol.LeaveImmediate:X}");
    }

    [Fact]
    public void The_page_is_about_the_version_in_the_code() => s_page.ShouldContain($"**version {Protocol.Version}**");

    /// <summary><c>0x4012_0000</c>; a 64-bit value keeps all its digits.</summary>
    private static string Address(ulong value)
    {
        string digits = value.ToString(value > uint.MaxValue ? "X16" : "X8", CultureInfo.InvariantCulture);
        return "0x" + string.Join('_', digits.Chunk(4).Select(c => new string(c)));
    }
}
