using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Cli.Bench;

/// <summary>A case that does one thing very often, so that a device's speed at it can be measured.</summary>
/// <param name="Name">What it does, for the table.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Count">How many of them one run of the case does.</param>
/// <param name="Case">The case; it passes only when all of them were done.</param>
/// <remarks>
/// Each case stays below 1.3 million instructions: devices give up on cases that take far longer, and next to that the
/// executive's own few thousand instructions per case do not count.
/// </remarks>
internal sealed record Workload(string Name, string Unit, int Count, Case Case)
{
    private const int AccessesPerTurn = 16;

    public static IReadOnlyList<Workload> All { get; } =
    [
        ExceptionRoundTrips(200_000), RegisterAccesses(60_000), TranslationWorkloads.AddressTranslations(40_000),
        TranslationWorkloads.InvalidateAndLoad(40_000), TightLoop(400_000), TranslationWorkloads.Copy(100),
    ];

    /// <summary>SVC from EL0 to EL1 and back by ERET; the handler counts down.</summary>
    private static Workload ExceptionRoundTrips(int count)
    {
        const ulong Vectors = GuestMemory.Data; // 64 KiB aligned, so good for VBAR
        const ulong FromLower = 0x400;
        var el0 = new Assembler(GuestMemory.Code);
        Label top = el0.NewLabel("top");
        el0.Bind(top).Svc().Cbnz(X0, top);

        // After the last trip the contract's vectors come back: the end of the code is an exception to EL1, too.
        var handler = new Assembler(Vectors + FromLower);
        Label last = handler.NewLabel("last");
        handler.SubImm(X0, X0, 1).Cbz(X0, last).Eret().Bind(last).Msr("VBAR_EL1", X1).Eret().Align(8);

        Case c = Counting("exception-round-trips", "200,000 times SVC from EL0 and ERET back", 0, count, el0) with
        {
            Registers = [new RegisterValue("VBAR_EL1", Vectors)],
            Memory = [.. Pairs(handler)],
        };
        return new Workload("exception round trips", "trips", count, c);
    }

    /// <summary>TPIDR_EL0, read and written in turn at EL1: nothing traps, nothing has a side effect.</summary>
    private static Workload RegisterAccesses(int turns)
    {
        var a = new Assembler(GuestMemory.Code);
        Label top = a.NewLabel("top");
        a.Bind(top);
        for (int i = 0; i < AccessesPerTurn; i += 2)
        {
            a.Mrs(X2, "TPIDR_EL0").Msr("TPIDR_EL0", X2);
        }

        a.SubImm(X0, X0, 1).Cbnz(X0, top);
        Case c = Counting("register-accesses", "960,000 reads and writes of TPIDR_EL0", 1, turns, a);
        return new Workload("system register accesses", "accesses", turns * AccessesPerTurn, c);
    }

    /// <summary>An addition, a subtraction and a branch.</summary>
    private static Workload TightLoop(int turns)
    {
        var a = new Assembler(GuestMemory.Code);
        Label top = a.NewLabel("top");
        a.Bind(top).AddImm(X2, X2, 1).SubImm(X0, X0, 1).Cbnz(X0, top);
        Case c = Counting("tight-loop", "400,000 turns of three instructions", 1, turns, a);
        return new Workload("instructions of a tight loop", "instructions", turns * 3, c);
    }

    /// <summary>A case whose code runs to its end when X0 has been counted down from <paramref name="count"/>.</summary>
    internal static Case Counting(string name, string title, int level, int count, Assembler code) => new()
    {
        Id = $"bench/{name}",
        Title = title,
        Rules = ["bench"],
        Steps =
        [
            new Step
            {
                Level = level,
                Pstate = 0x3C0 | ((ulong)level << 2) | (level == 0 ? 0ul : 1),
                Code = code.Words(),
                General = [new RegisterValue("X0", (ulong)count), new RegisterValue("X1", GuestMemory.VectorsEl1)],
                Allowed = [new Outcome("counted down", [new FieldExpectation(FieldNames.Target, 0), new FieldExpectation("X0", 0)])],
            },
        ],
    };

    private static IEnumerable<MemoryWord> Pairs(Assembler program)
    {
        IReadOnlyList<uint> words = program.Words();
        for (int i = 0; i < words.Count; i += 2)
        {
            uint second = i + 1 < words.Count ? words[i + 1] : 0;
            yield return new MemoryWord(program.Origin + (4 * (ulong)i), words[i] | ((ulong)second << 32));
        }
    }
}
