using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Conformance.Cpu.Translation;

/// <summary>Data accesses of instructions: from a virtual address to RAM or a device, or to an exception.</summary>
/// <remarks>
/// An aligned access to RAM whose page is in the TLB is made here, after one comparison; everything else goes through
/// <see cref="SlowAccess"/>. <see cref="Direct"/> takes some more comparisons and serves more.
/// </remarks>
internal static unsafe class MemoryAccess
{
    /// <summary>Reads 1, 2, 4 or 8 bytes.</summary>
    /// <returns>False when an exception was taken; the caller returns at once.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryRead(Core core, ulong va, int size, AccessKind kind, out ulong value)
    {
        TlbEntry* entry = core.ReadTlb + Tlb.Index(va);
        if (kind is AccessKind.Normal or AccessKind.Exclusive or AccessKind.Ordered && IsHit(core, entry, va, size))
        {
            value = Get((byte*)(entry->Addend + (nint)va), size);
            return true;
        }

        bool done = SlowAccess.TryRead(core, va, size, kind, out ulong slow);
        value = slow; // a variable of its own, because value can stay in a register
        return done;
    }

    /// <summary>Writes 1, 2, 4 or 8 bytes; higher bits of <paramref name="value"/> are ignored.</summary>
    /// <returns>False when an exception was taken; the caller returns at once.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryWrite(Core core, ulong va, int size, AccessKind kind, ulong value)
    {
        TlbEntry* entry = core.WriteTlb + Tlb.Index(va);
        if (kind is not (AccessKind.Unprivileged or AccessKind.Nested) && IsHit(core, entry, va, size))
        {
            Put((byte*)(entry->Addend + (nint)va), size, value);
            return true;
        }

        return SlowAccess.TryWrite(core, va, size, kind, value);
    }

    /// <summary>
    /// Where the host has the bytes of a plain access, when all are in one page that the TLB knows for RAM and no rule of alignment
    /// can object. For accesses of several registers, and misaligned ones.
    /// </summary>
    /// <param name="core">The PE.</param>
    /// <param name="entries">The TLB for loads or the one for stores.</param>
    /// <param name="va">The address.</param>
    /// <param name="size">How many bytes.</param>
    /// <param name="alignment">What the access has to be aligned to where memory or SCTLR_ELx.A want that, in bytes.</param>
    /// <returns>Null when <see cref="TryRead"/> or <see cref="TryWrite"/> has to look closer.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* Direct(Core core, TlbEntry* entries, ulong va, int size, int alignment)
    {
        TlbEntry* entry = entries + Tlb.Index(va);
        return ((va & Tlb.PageMask) | core.DataTag) == entry->Tag
            && (va & ~Tlb.PageMask) <= (1ul << Tlb.PageShift) - (ulong)size
            && ((va & (ulong)(alignment - 1)) == 0 || !(entry->IsDevice || core.Access.CheckAlignment))
            ? (byte*)(entry->Addend + (nint)va)
            : null;
    }

    /// <summary>Reads what <see cref="Direct"/> has found.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Get(byte* at, int size) => size switch
    {
        1 => *at,
        2 => Unsafe.ReadUnaligned<ushort>(at),
        4 => Unsafe.ReadUnaligned<uint>(at),
        _ => Unsafe.ReadUnaligned<ulong>(at),
    };

    /// <summary>Writes to where <see cref="Direct"/> has found memory for stores.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Put(byte* at, int size, ulong value)
    {
        switch (size)
        {
            case 1:
                *at = (byte)value;
                break;
            case 2:
                Unsafe.WriteUnaligned(at, (ushort)value);
                break;
            case 4:
                Unsafe.WriteUnaligned(at, (uint)value);
                break;
            default:
                Unsafe.WriteUnaligned(at, value);
                break;
        }
    }

    /// <summary>
    /// Makes sure that an access may have the given alignment, as part of an access that is made in smaller pieces.
    /// </summary>
    /// <param name="core">The PE.</param>
    /// <param name="va">The address.</param>
    /// <param name="size">Of the whole access, in bytes.</param>
    /// <param name="write">It is a store.</param>
    /// <returns>False when an exception was taken.</returns>
    internal static bool TryAlign(Core core, ulong va, int size, bool write) =>
        TryAlign(core, va, size, AccessKind.Normal, write ? AccessPurpose.Write : AccessPurpose.Read);

    /// <summary>The same for an access of a kind.</summary>
    internal static bool TryAlign(Core core, ulong va, int size, AccessKind kind, AccessPurpose purpose) =>
        (va & (ulong)(size - 1)) == 0 || SlowAccess.TryMisaligned(core, va, size, kind, purpose);

    /// <summary>A faultless look at memory for debuggers and semihosting, little-endian; no side effect on the PE.</summary>
    internal static bool TryPeek(Core core, ulong va, int size, out ulong value)
    {
        value = 0;
        return TryLook(core, va, out ulong pa) && core.Bus.TryRead(pa, size, out value);
    }

    /// <summary>A faultless write to memory for debuggers and semihosting, little-endian.</summary>
    internal static bool TryPoke(Core core, ulong va, int size, ulong value) =>
        TryLook(core, va, out ulong pa) && core.Bus.TryWrite(pa, size, value);

    internal static ulong Reverse(ulong value, int size) => BinaryPrimitives.ReverseEndianness(value) >> (64 - (size * 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsHit(Core core, TlbEntry* entry, ulong va, int size) =>
        ((va & (Tlb.PageMask | (ulong)(size - 1))) | core.DataTag) == entry->Tag;

    private static bool TryLook(Core core, ulong va, out ulong pa)
    {
        bool done = Translator.TryTranslate(
            core, core.Mmu.Current(), va, AccessPurpose.Look, misaligned: false, out Translated place, out _);
        pa = place.Address;
        return done;
    }
}
