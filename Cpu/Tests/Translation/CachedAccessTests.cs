using System.Buffers.Binary;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tests.Translation;

/// <summary>The short ways that an access can take once its page is in the TLB do what the long one does.</summary>
public sealed class CachedAccessTests
{
    private const ulong FirstPage = 0x10_0000;
    private const ulong SecondPage = FirstPage + 0x1000;
    private const ulong Tables = PagedMachine.Base + 0x4_0000;
    private const uint LdrX = 0xf940_0023;
    private const uint StrX = 0xf900_0022;

    /// <summary>Loads and stores at X1.</summary>
    private static readonly (string Name, uint Word)[] s_accesses =
    [
        ("ldr x3, [x1]", LdrX), ("str x2, [x1]", StrX), ("ldrh w3, [x1]", 0x7940_0023), ("strh w2, [x1]", 0x7900_0022),
        ("ldrsw x3, [x1]", 0xb980_0023), ("str w2, [x1], #4", 0xb800_4422), ("ldrb w3, [x1]", 0x3940_0023),
        ("ldp x3, x4, [x1]", 0xa940_1023), ("stp x2, x4, [x1]", 0xa900_1022), ("ldp w3, w4, [x1], #8", 0x28c1_1023),
        ("stp w2, w4, [x1]", 0x2900_1022), ("ldpsw x3, x4, [x1]", 0x6940_1023), ("ldp x1, x3, [x1], #16", 0xa8c1_0c21),
        ("ldr q3, [x1]", 0x3dc0_0023), ("str q2, [x1]", 0x3d80_0022), ("ldr d3, [x1]", 0xfd40_0023), ("str h2, [x1]", 0x7d00_0022),
        ("ldp q3, q4, [x1]", 0xad40_1023), ("stp q2, q4, [x1], #32", 0xac81_1022), ("ldp s3, s4, [x1]", 0x2d40_1023),
        ("ldtr x3, [x1]", 0xf840_0823), ("ldxr x3, [x1]", 0xc85f_7c23), ("ldar x3, [x1]", 0xc8df_fc23), ("ldadd x2, x3, [x1]", 0xf822_0023),
    ];

    /// <summary>What the two pages are: attributes of their leaves, null where nothing is mapped.</summary>
    private static readonly (ulong? First, ulong? Second)[] s_pages =
    [
        (Normal, Normal), (Device, Device), (Normal, Device), (Device, Normal), (Normal, null), (Normal, Normal | PageTables.ReadOnly),
    ];

    public static TheoryData<ulong> Controls { get; } = [0, Sctlr.A, Sctlr.EE, Sctlr.A | Sctlr.EE];

    private static ulong Normal => PageTables.AccessFlag;

    private static ulong Device => PageTables.AccessFlag | (1 << 2);

    [Theory]
    [MemberData(nameof(Controls))]
    public void An_access_does_the_same_whether_its_page_is_in_the_TLB_or_not(ulong sctlr)
    {
        int done = 0;
        foreach ((ulong? first, ulong? second) in s_pages)
        {
            PagedMachine cold = Machine(sctlr, first, second);
            PagedMachine warm = Machine(sctlr, first, second);
            foreach ((string name, uint word) in s_accesses)
            {
                foreach (ulong offset in (ulong[])[0x100, 0x101, 0x104, 0x108, 0x10f, 0xfe0, 0xfe8, 0xff0, 0xff4, 0xff8, 0xffa, 0xffc, 0xffe, 0xfff])
                {
                    cold.Core.Mmu.Clear();
                    cold.Core.ContextChanged();
                    Access(cold, word, FirstPage + offset);
                    Touch(warm);
                    Access(warm, word, FirstPage + offset);
                    ShouldBeAlike(warm, cold, $"{name} at 0x{FirstPage + offset:x}, pages {first:x} {second:x}");
                    done += warm.Core.ExceptionCount == 0 ? 1 : 0;
                }
            }
        }

        done.ShouldBeGreaterThan(s_pages.Length * s_accesses.Length * 4, "most of what is aligned goes through");
    }

    private static PagedMachine Machine(ulong sctlr, ulong? first, ulong? second)
    {
        var machine = new PagedMachine();
        PageTables tables = machine.Stage1();
        foreach ((ulong page, ulong? attributes, ulong to) in
            ((ulong, ulong?, ulong)[])[(FirstPage, first, PagedMachine.Data), (SecondPage, second, PagedMachine.Data + 0x2000)])
        {
            if (attributes is { } bits)
            {
                tables.Map(page, to, bits);
            }
        }

        if ((sctlr & Sctlr.EE) != 0)
        {
            for (ulong at = Tables; at < Tables + 0x1_0000; at += 8)
            {
                machine.Write(at, BinaryPrimitives.ReverseEndianness(machine.Read(at)));
            }
        }

        var random = new Random(5);
        for (ulong at = 0; at < 0x3000; at += 8)
        {
            machine.Write(PagedMachine.Data + at, (ulong)random.NextInt64());
        }

        return machine.Or("SCTLR_EL1", sctlr).Set("CPACR_EL1", 3ul << 20);
    }

    /// <summary>Puts both pages into the TLB, for loads and for stores that change nothing.</summary>
    private static void Touch(PagedMachine machine)
    {
        foreach (ulong page in (ulong[])[FirstPage, SecondPage])
        {
            machine.Level(1).Run(LdrX, page);
            if (machine.Core.ExceptionCount == 0)
            {
                machine.Run(StrX, page, machine.Core.GetX(3));
            }
        }
    }

    private static void Access(PagedMachine machine, uint word, ulong address)
    {
        Core core = machine.Level(1).Core;
        for (int n = 3; n < 31; n++)
        {
            core.SetX(n, 0x0303_0000_4040_0000ul * (ulong)n);
        }

        for (int n = 0; n < core.V.Length; n++)
        {
            core.V[n] = 0x1122_3344_5566_7788ul * (ulong)(n + 1);
        }

        machine.Set("ESR_EL1", 0).Set("FAR_EL1", 0).Run(word, address, 0xfedc_ba98_7654_3210);
    }

    private static void ShouldBeAlike(PagedMachine one, PagedMachine other, string what)
    {
        one.Core.ExceptionCount.ShouldBe(other.Core.ExceptionCount, what);
        one["ESR_EL1"].ShouldBe(other["ESR_EL1"], what);
        one["FAR_EL1"].ShouldBe(other["FAR_EL1"], what);
        one.Core.X.ShouldBe(other.Core.X, what);
        one.Core.V.ShouldBe(other.Core.V, what);
        ReadOnlySpan<byte> memory = one.Core.Ram!.Read(PagedMachine.Data, 0x3000);
        memory.SequenceEqual(other.Core.Ram!.Read(PagedMachine.Data, 0x3000)).ShouldBeTrue(what);
    }
}
