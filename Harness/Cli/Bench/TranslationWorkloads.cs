using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Cli.Bench;

/// <summary>What address translation costs: with stage 1 of EL1&amp;0 on, in pages of 4 KiB behind three levels of tables.</summary>
internal static class TranslationWorkloads
{
    private const ulong Level1 = GuestMemory.Tables;
    private const ulong Level2 = GuestMemory.Tables + 0x1000;
    private const ulong Level3 = GuestMemory.Tables + 0x2000;
    private const ulong Table = 3;

    /// <summary>Page or block: access flag, inner shareable, AttrIndx 0, all permissions for EL1.</summary>
    private const ulong Leaf = (1 << 10) | (3 << 8) | 1;

    private const ulong Page = Leaf | 2;

    /// <summary>The start of RAM, in which the vectors are, as one block; then the 2 MiB of the case's own memory in pages.</summary>
    private const ulong Megabytes2 = 0x20_0000;

    /// <summary>The same memory a second time: the second gigabyte behind RAM's.</summary>
    private const ulong Alias = 0x4000_0000;

    private const int CopyBytes = 0x1_0000;

    private static readonly RegisterValue[] s_registers =
    [
        new("MAIR_EL1", 0xFF),
        new("TCR_EL1", 25 | (1UL << 8) | (1UL << 10) | (3UL << 12) | (1UL << 23) | (5UL << 32)), // 39 bits, Write-Back, EPD1
        new("TTBR0_EL1", Level1),
        new("SCTLR_EL1", 0x30D0_1985 & ~0x180UL), // M, C, I and the RES1 bits
    ];

    /// <summary>AT S1E1R at EL2.</summary>
    internal static Workload AddressTranslations(int turns)
    {
        const int PerTurn = 8;
        var a = new Assembler(GuestMemory.Code);
        Label top = a.NewLabel("top");
        a.MovImm(X2, GuestMemory.Data).Bind(top);
        for (int i = 0; i < PerTurn; i++)
        {
            a.At("S1E1R", X2);
        }

        a.SubImm(X0, X0, 1).Cbnz(X0, top);
        return new Workload(
            "address translations (AT)", "translations", turns * PerTurn,
            Translated("address-translations", "AT S1E1R behind three levels of tables", 2, turns, a));
    }

    /// <summary>TLBI VAE1 of a page and a load from it, at EL1.</summary>
    internal static Workload InvalidateAndLoad(int turns)
    {
        const int PerTurn = 8;
        var a = new Assembler(GuestMemory.Code);
        Label top = a.NewLabel("top");
        a.Tlbi("VMALLE1").Dsb().Isb().MovImm(X2, GuestMemory.Data).MovImm(X3, GuestMemory.Data >> 12).Bind(top);
        for (int i = 0; i < PerTurn; i++)
        {
            a.Tlbi("VAE1", X3).Dsb(Harness.Programs.Barrier.Nsh).Ldr(X4, X2);
        }

        a.SubImm(X0, X0, 1).Cbnz(X0, top);
        return new Workload(
            "TLBI and load", "pairs", turns * PerTurn, Translated("tlbi-load", "TLBI VAE1, DSB, and a load of the page", 1, turns, a));
    }

    /// <summary>Instructions of a copy of 64 KiB from one mapping to the other, 32 bytes per turn.</summary>
    internal static Workload Copy(int times)
    {
        const int PerTurn = 6;
        const int BytesPerTurn = 32;
        var a = new Assembler(GuestMemory.Code);
        Label again = a.NewLabel("again");
        Label top = a.NewLabel("top");
        a.Tlbi("VMALLE1").Dsb().Isb();
        a.Bind(again).MovImm(X2, GuestMemory.Data).MovImm(X3, GuestMemory.Data + Alias).MovImm(X4, CopyBytes / BytesPerTurn);
        a.Bind(top).LdpPost(X5, X6, X2, 16).LdpPost(X7, X8, X2, 16).StpPost(X5, X6, X3, 16).StpPost(X7, X8, X3, 16);
        a.SubImm(X4, X4, 1).Cbnz(X4, top).SubImm(X0, X0, 1).Cbnz(X0, again);
        return new Workload(
            "instructions of a 64 KiB copy, MMU on", "instructions", times * (CopyBytes / BytesPerTurn) * PerTurn,
            Translated("copy", "a copy of 64 KiB, again and again", 1, times, a));
    }

    internal static Case Translated(string name, string title, int level, int count, Assembler code) =>
        Workload.Counting(name, title, level, count, code) with
        {
            Registers = s_registers,
            Memory =
            [
                new MemoryWord(Level1 + 8, Level2 | Table),
                new MemoryWord(Level1 + 16, Level2 | Table),
                new MemoryWord(Level2, GuestMemory.RamBase | Leaf),
                new MemoryWord(Level2 + 8, Level3 | Table),
            ],
            Fills = [new MemoryFill(Level3, 0x1000, (GuestMemory.RamBase + Megabytes2) | Page, 0x1000)],
        };
}
