using Conformance.Harness.Spec;

namespace Conformance.Suites;

/// <summary>A saved program status, or PSTATE in the same layout, for an AArch64 origin.</summary>
/// <remarks>
/// Source: rules EX-060 to EX-073; Arm Architecture Registers, SPSR_EL1. Written for suites and oracles alone: it shares
/// nothing with the model.
/// </remarks>
/// <param name="Value">The 64 bits.</param>
public readonly record struct Spsr(ulong Value)
{
    public const ulong N = 1UL << 31;
    public const ulong Z = 1UL << 30;
    public const ulong C = 1UL << 29;
    public const ulong V = 1UL << 28;
    public const ulong Tco = 1UL << 25;
    public const ulong Dit = 1UL << 24;
    public const ulong Uao = 1UL << 23;
    public const ulong Pan = 1UL << 22;
    public const ulong SoftwareStep = 1UL << 21;
    public const ulong Il = 1UL << 20;
    public const ulong Allint = 1UL << 13;
    public const ulong Ssbs = 1UL << 12;
    public const ulong Btype = 3UL << 10;
    public const ulong D = 1UL << 9;
    public const ulong A = 1UL << 8;
    public const ulong I = 1UL << 7;
    public const ulong F = 1UL << 6;
    public const ulong Sp = 1UL << 0;
    public const ulong Exlock = 1UL << 34;

    /// <summary>All four condition flags, and all four exception masks.</summary>
    public const ulong Nzcv = N | Z | C | V;
    public const ulong Daif = D | A | I | F;

    /// <summary>M[4:0]: execution state, level and stack pointer selection.</summary>
    public const ulong Mode = 0x1F;

    /// <summary>M[3:2]: the exception level.</summary>
    public const ulong LevelField = 0xC;

    /// <summary>A level with every mask bit set and the rest 0: SP_ELx selected above EL0 (EL3h, EL2h, EL1h, EL0t).</summary>
    public static Spsr At(int level) => new((ulong)level << 2 | (level > 0 ? Sp : 0) | Daif);

    /// <summary>M[3:2].</summary>
    public int Level => (int)(Value >> 2 & 3);

    /// <summary>True when all of <paramref name="bits"/> are set.</summary>
    public bool Has(ulong bits) => (Value & bits) == bits;

    /// <summary>The same with <paramref name="bits"/> set.</summary>
    public Spsr With(ulong bits) => new(Value | bits);

    /// <summary>The same with <paramref name="bits"/> clear.</summary>
    public Spsr Without(ulong bits) => new(Value & ~bits);

    /// <summary>The same with <paramref name="bits"/> set or clear.</summary>
    public Spsr With(ulong bits, bool on) => on ? With(bits) : Without(bits);

    /// <summary>The same with M[3:2] changed.</summary>
    public Spsr WithLevel(int level) => new((Value & ~LevelField) | (ulong)level << 2);

    /// <summary>The same with the bits of <paramref name="mask"/> taken from <paramref name="other"/>.</summary>
    public Spsr WithFrom(ulong other, ulong mask) => new((Value & ~mask) | (other & mask));

    /// <summary>The bits that exist for a set of features (EX-010); the others are 0 in an SPSR written by an entry.</summary>
    public static ulong Implemented(FeatureSet features) =>
        Nzcv | SoftwareStep | Il | Daif | Mode
        | (features.Has("FEAT_MTE") ? Tco : 0)
        | (features.Has("FEAT_DIT") ? Dit : 0)
        | (features.Has("FEAT_UAO") ? Uao : 0)
        | (features.Has("FEAT_PAN") ? Pan : 0)
        | (features.Has("FEAT_NMI") ? Allint : 0)
        | (features.Has("FEAT_SSBS") ? Ssbs : 0)
        | (features.Has("FEAT_BTI") ? Btype : 0)
        | (features.Has("FEAT_GCS") ? Exlock : 0);

    /// <summary>
    /// Bits of <see cref="Implemented"/> that an implementation may or may not have: with FEAT_MTE but not FEAT_MTE2 it is
    /// IMPLEMENTATION DEFINED whether TCO does anything (Arm Architecture Registers, TCO).
    /// </summary>
    public static ulong Optional(FeatureSet features) => features.Has("FEAT_MTE") && !features.Has("FEAT_MTE2") ? Tco : 0;

    public static implicit operator ulong(Spsr spsr) => spsr.Value;

    public ulong ToUInt64() => Value;

    public override string ToString() => $"0x{Value:x}";
}
