using System.Security.Cryptography;
using System.Text;
using Conformance.Cpu.Features;
using Conformance.Cpu.Instructions;

namespace Conformance.Cpu.Tests.Instructions;

/// <summary>The run loop's short ways to a handler do what the handler does.</summary>
public sealed unsafe class RouteTests
{
    private const int WordsPerRow = 60;

    private static readonly FeatureSet s_features = Given.Program().Features;

    public static TheoryData<string> Shortened { get; } = [.. A64.Rows.Where(r => RouteOf(r) != Route.General).Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Shortened))]
    public void A_short_route_does_what_the_handler_does(string name)
    {
        InsnRow row = A64.Rows.First(r => r.Name == name);
        var random = new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(name))));
        for (int i = 0; i < WordsPerRow; i++)
        {
            uint word = RandomWord(row, random);
            int seed = random.Next();
            Core through = State(word, seed);
            _ = RunLoop.Run(through, 1);
            Core by = State(word, seed);
            by.RefreshAccess();
            A64.Predecode(word, by.Features, out Operation op);
            by.NextPc = by.Pc + 4;
            op.Execute(by, in op);

            through.Pc.ShouldBe(by.NextPc, $"0x{word:x8}");
            through.X.ShouldBe(by.X);
            through.Pstate.ShouldBe(by.Pstate);
            through.Sp.ShouldBe(by.Sp);
            through.ExceptionCount.ShouldBe(by.ExceptionCount);
            through.Ram!.Bytes.AsSpan().SequenceEqual(by.Ram!.Bytes).ShouldBeTrue();
        }
    }

    [Fact]
    public void Every_route_has_words()
    {
        var random = new Random(1);
        HashSet<Route> routes = [Route.Undecoded];
        foreach (InsnRow row in A64.Rows)
        {
            for (int i = 0; i < WordsPerRow; i++)
            {
                A64.Predecode(RandomWord(row, random), s_features, out Operation op);
                routes.Add(op.Route);
            }
        }

        routes.Order().ShouldBe(Enum.GetValues<Route>());
    }

    [Fact]
    public void Plain_instructions_run_across_the_end_of_a_page_and_are_counted_once()
    {
        Core core = Given.Program();
        core.Write(Given.Base + 0xff8, 0x9100_0400, 0x9100_0400, 0x9100_0400, 0x1400_0000);   // add x0, x0, #1, three times; b .
        core.Pc = Given.Base + 0xff8;

        RunLoop.Run(core, 2).Instructions.ShouldBe(2);
        core.Pc.ShouldBe(Given.Base + 0x1000);
        RunLoop.Run(core, 1).Instructions.ShouldBe(1);
        core.GetX(0).ShouldBe(3ul);
        core.Ticks.ShouldBe(3ul);
    }

    [Fact]
    public void A_stop_address_stops_within_plain_instructions()
    {
        Core core = Given.Program(0x9100_0400, 0x9100_0400, 0x9100_0400, 0x1400_0000);
        core.AddStop(Given.Base + 8);

        RunResult result = RunLoop.Run(core, 10);

        result.ShouldBe(new RunResult(StopReason.StopAddress, 2, 0));
        core.Pc.ShouldBe(Given.Base + 8);
        core.GetX(0).ShouldBe(2ul);
    }

    private static Route RouteOf(InsnRow row)
    {
        A64.Predecode(row.Pattern.Value, s_features, out Operation op);
        return op.Route;
    }

    /// <summary>Some word of the row: often with a shift by 0, and now and then with XZR for Rn, for which there are routes.</summary>
    private static uint RandomWord(InsnRow row, Random random)
    {
        uint fields = (uint)random.NextInt64();
        fields &= random.Next(2) == 0 ? ~0u : ~0xfc00u;
        fields |= random.Next(4) == 0 ? 0x3e0u : 0;
        return row.Pattern.Value | (fields & ~row.Pattern.Mask);
    }

    /// <summary>Registers hold addresses of data, so that loads and stores find memory.</summary>
    private static Core State(uint word, int seed)
    {
        Core core = Given.Program(word);
        var random = new Random(seed);
        for (int n = 0; n < 31; n++)
        {
            core.SetX(n, random.Next(3) == 0 ? (ulong)random.NextInt64() : Given.Data + (ulong)random.Next(0x400));
        }

        core.Pstate.Nzcv = (byte)random.Next(16);
        core.Sp = Given.Data + (ulong)(random.Next(16) * 8);
        core.Write(Given.Data, (ulong)random.NextInt64());
        return core;
    }
}
