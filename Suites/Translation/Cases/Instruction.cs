using Conformance.Harness.Programs;
using Conformance.Suites.Translation.Oracle;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Suites.Translation.Cases;

/// <summary>What an instruction does to X2, X3 and memory when its access is made.</summary>
public enum Effect
{
    /// <summary>X2 is loaded.</summary>
    Load,

    /// <summary>X2 is loaded and X1 goes up by the size.</summary>
    LoadWriteback,

    /// <summary>X2 and X3 are loaded.</summary>
    LoadPair,

    /// <summary>X2 is stored.</summary>
    Store,

    /// <summary>X2 and X3 are stored.</summary>
    StorePair,

    /// <summary>X2 is stored where memory equals X3, and X3 gets what was there: it is made equal.</summary>
    CompareAndSwap,

    /// <summary>X2 is added, and X3 gets what was there.</summary>
    Add,

    /// <summary>Nothing that is seen.</summary>
    None,

    /// <summary>The block of DCZID_EL0 is zeroed.</summary>
    Zero,

    /// <summary>The code there runs and comes back.</summary>
    Call,
}

/// <summary>An instruction that accesses memory at X1.</summary>
/// <param name="Name">Part of an id.</param>
/// <param name="Purpose">What the access is for.</param>
/// <param name="Read">It reads.</param>
/// <param name="Write">It writes.</param>
/// <param name="Size">Bytes of one access.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Syndrome">ISS[24:14] of a stage 2 Data Abort; 0 without a valid one (TR-107).</param>
/// <param name="Words">Its code.</param>
public sealed record Instruction(string Name, Purpose Purpose, bool Read, bool Write, int Size, Effect Effect, ulong Syndrome, uint[] Words)
{
    /// <summary>It acts as EL0 at EL1, and at EL2 of a host (TR-051).</summary>
    public bool Unprivileged { get; init; }

    /// <summary>A load that extends the sign.</summary>
    public bool Signed { get; init; }

    /// <summary>Result of a signed load: 32 bits.</summary>
    public bool To32 { get; init; }

    /// <summary>It can be given an address that is not a multiple of its size.</summary>
    public bool CanBeUnaligned { get; init; }

    public string? Needs { get; init; }

    /// <summary>Lowest level that can execute it as it is.</summary>
    public int LowestLevel { get; init; }

    public static IReadOnlyList<Instruction> All { get; } =
    [
        Load("ldr", 8, a => a.Ldr(X2, X1), sf: true, unaligned: true),
        Load("ldr-w", 4, a => a.LdrW(X2, X1), unaligned: true),
        Load("ldrh", 2, a => a.Ldrh(X2, X1), unaligned: true),
        Load("ldrb", 1, a => a.Ldrb(X2, X1)),
        Load("ldrsw", 4, a => a.Ldrsw(X2, X1), sf: true, signed: true),
        Load("ldrsh", 2, a => a.Ldrsh(X2, X1), sf: true, signed: true),
        Load("ldrsb-w", 1, a => a.LdrsbW(X2, X1), signed: true) with { To32 = true },
        Load("ldur", 8, a => a.Ldur(X2, X1), sf: true, unaligned: true),
        Load("ldtr", 8, a => a.Ldtr(X2, X1), sf: true, unaligned: true) with { Unprivileged = true },
        Load("ldtrb", 1, a => a.Ldtrb(X2, X1)) with { Unprivileged = true },
        Load("ldar", 8, a => a.Ldar(X2, X1), sf: true, ordered: true),
        Load("ldarb", 1, a => a.Ldarb(X2, X1), ordered: true),
        Store("str", 8, a => a.Str(X2, X1), sf: true, unaligned: true),
        Store("str-w", 4, a => a.StrW(X2, X1), unaligned: true),
        Store("strh", 2, a => a.Strh(X2, X1), unaligned: true),
        Store("strb", 1, a => a.Strb(X2, X1)),
        Store("sttr", 8, a => a.Sttr(X2, X1), sf: true, unaligned: true) with { Unprivileged = true },
        Store("sttrh", 2, a => a.Sttrh(X2, X1)) with { Unprivileged = true },
        Store("stlr", 8, a => a.Stlr(X2, X1), sf: true, ordered: true),
        Other("ldr-post", true, false, 8, Effect.LoadWriteback, a => a.LdrPost(X2, X1, 8)),
        Other("ldxr", true, false, 8, Effect.Load, a => a.Ldxr(X2, X1)),
        Other("ldp", true, false, 8, Effect.LoadPair, a => a.Ldp(X2, X3, X1)),
        Other("stp", false, true, 8, Effect.StorePair, a => a.Stp(X2, X3, X1)),
        Other("cas", true, true, 8, Effect.CompareAndSwap, a => a.Cas(X3, X2, X1)) with { Needs = "FEAT_LSE" },
        Other("ldadd", true, true, 8, Effect.Add, a => a.Ldadd(X2, X3, X1)) with { Needs = "FEAT_LSE" },
        new("dc-civac", Purpose.Clean, false, false, 1, Effect.None, 0, Assemble(a => a.Dc("CIVAC", X1))),
        new("dc-cvac", Purpose.Clean, false, false, 1, Effect.None, 0, Assemble(a => a.Dc("CVAC", X1))),
        new("dc-ivac", Purpose.Invalidate, false, false, 1, Effect.None, 0, Assemble(a => a.Dc("IVAC", X1))) { LowestLevel = 1 },
        new("dc-zva", Purpose.Zero, false, true, 1, Effect.Zero, 0, Assemble(a => a.Dc("ZVA", X1))),
        new("ic-ivau", Purpose.InstructionCache, false, false, 1, Effect.None, 0, Assemble(a => a.Ic("IVAU", X1))),
        new("fetch", Purpose.Fetch, false, false, 4, Effect.Call, 0, Assemble(a => a.Blr(X1))),
        new("fetch-br", Purpose.Fetch, false, false, 4, Effect.Call, 0, Assemble(a => a.Word(0x1000_005E).Br(X1))),
    ];

    /// <summary>Cache maintenance by address, all of it.</summary>
    public static IReadOnlyList<Instruction> Maintenance { get; } =
    [
        .. All.Where(i => i.Purpose is Purpose.Clean or Purpose.Invalidate or Purpose.InstructionCache),
        new("dc-cvau", Purpose.Clean, false, false, 1, Effect.None, 0, Assemble(a => a.Dc("CVAU", X1))),
        new("dc-cvap", Purpose.Clean, false, false, 1, Effect.None, 0, Assemble(a => a.Dc("CVAP", X1))) { Needs = "FEAT_DPB" },
        new("dc-cvadp", Purpose.Clean, false, false, 1, Effect.None, 0, Assemble(a => a.Dc("CVADP", X1))) { Needs = "FEAT_DPB2" },
    ];

    private static Instruction Load(string name, int size, Func<Assembler, Assembler> emit, bool sf = false, bool signed = false, bool ordered = false, bool unaligned = false) =>
        new(name, Purpose.Data, true, false, size, Effect.Load, Valid(size, signed, sf, ordered), Assemble(emit)) { Signed = signed, CanBeUnaligned = unaligned };

    private static Instruction Store(string name, int size, Func<Assembler, Assembler> emit, bool sf = false, bool ordered = false, bool unaligned = false) =>
        new(name, Purpose.Data, false, true, size, Effect.Store, Valid(size, false, sf, ordered), Assemble(emit)) { CanBeUnaligned = unaligned };

    private static Instruction Other(string name, bool read, bool write, int size, Effect effect, Func<Assembler, Assembler> emit) =>
        new(name, Purpose.Data, read, write, size, effect, 0, Assemble(emit));

    /// <summary>ISV, SAS, SSE, SRT = X2, SF, AR.</summary>
    private static ulong Valid(int size, bool signed, bool sf, bool ordered) =>
        1UL << 24 | (ulong)System.Numerics.BitOperations.Log2((uint)size) << 22 | (signed ? 1UL << 21 : 0) | 2UL << 16 | (sf ? 1UL << 15 : 0) | (ordered ? 1UL << 14 : 0);

    private static uint[] Assemble(Func<Assembler, Assembler> emit) => emit(new Assembler(0)).Words();
}
