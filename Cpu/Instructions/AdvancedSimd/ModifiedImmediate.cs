using Conformance.Cpu.Exceptions;
using Conformance.Cpu.FloatingPoint;
using Conformance.Cpu.Instructions.ScalarFloatingPoint;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Advanced SIMD modified immediate: MOVI, MVNI, ORR, BIC and FMOV.</summary>
/// <remarks>Source: DDI 0487, C7.2, the pages of these, and the shared pseudocode AdvSIMDExpandImm.</remarks>
internal static unsafe class ModifiedImmediate
{
    internal static readonly InsnRow[] Rows =
    [
        new("BIC_asimdimm_L_hl",  "0 Q:1 1 0111100000 a:1 b:1 c:1 10x1 0 1 d:1 e:1 f:1 g:1 h:1 Rd:5",    &Clear, &Expanded),
        new("BIC_asimdimm_L_sl",  "0 Q:1 1 0111100000 a:1 b:1 c:1 0xx1 0 1 d:1 e:1 f:1 g:1 h:1 Rd:5",    &Clear, &Expanded),
        new("FMOV_asimdimm_H_h",  "0 Q:1 0 0 111 10 0000 a:1 b:1 c:1 1111 1 1 d:1 e:1 f:1 g:1 h:1 Rd:5", &Move,  &Halfword) { Feature = "FEAT_FP16" },
        new("FMOV_asimdimm_S_s",  "0 Q:1 0 0111100000 a:1 b:1 c:1 1111 0 1 d:1 e:1 f:1 g:1 h:1 Rd:5",    &Move,  &Expanded),
        new("FMOV_asimdimm_D2_d", "0 1 1 0111100000 a:1 b:1 c:1 1111 0 1 d:1 e:1 f:1 g:1 h:1 Rd:5",      &Move,  &Doubleword),
        new("MOVI_asimdimm_N_b",  "0 Q:1 0 0111100000 a:1 b:1 c:1 1110 0 1 d:1 e:1 f:1 g:1 h:1 Rd:5",    &Move,  &Expanded),
        new("MOVI_asimdimm_L_hl", "0 Q:1 0 0111100000 a:1 b:1 c:1 10x0 0 1 d:1 e:1 f:1 g:1 h:1 Rd:5",    &Move,  &Expanded),
        new("MOVI_asimdimm_L_sl", "0 Q:1 0 0111100000 a:1 b:1 c:1 0xx0 0 1 d:1 e:1 f:1 g:1 h:1 Rd:5",    &Move,  &Expanded),
        new("MOVI_asimdimm_M_sm", "0 Q:1 0 0111100000 a:1 b:1 c:1 110x 0 1 d:1 e:1 f:1 g:1 h:1 Rd:5",    &Move,  &Expanded),
        new("MOVI_asimdimm_D_ds", "0 0 1 0111100000 a:1 b:1 c:1 1110 0 1 d:1 e:1 f:1 g:1 h:1 Rd:5",      &Move,  &Expanded),
        new("MOVI_asimdimm_D2_d", "0 1 1 0111100000 a:1 b:1 c:1 1110 0 1 d:1 e:1 f:1 g:1 h:1 Rd:5",      &Move,  &Expanded),
        new("MVNI_asimdimm_L_hl", "0 Q:1 1 0111100000 a:1 b:1 c:1 10x0 0 1 d:1 e:1 f:1 g:1 h:1 Rd:5",    &Move,  &Inverted),
        new("MVNI_asimdimm_L_sl", "0 Q:1 1 0111100000 a:1 b:1 c:1 0xx0 0 1 d:1 e:1 f:1 g:1 h:1 Rd:5",    &Move,  &Inverted),
        new("MVNI_asimdimm_M_sm", "0 Q:1 1 0111100000 a:1 b:1 c:1 110x 0 1 d:1 e:1 f:1 g:1 h:1 Rd:5",    &Move,  &Inverted),
        new("ORR_asimdimm_L_hl",  "0 Q:1 0 0111100000 a:1 b:1 c:1 10x1 0 1 d:1 e:1 f:1 g:1 h:1 Rd:5",    &Or,    &Expanded),
        new("ORR_asimdimm_L_sl",  "0 Q:1 0 0111100000 a:1 b:1 c:1 0xx1 0 1 d:1 e:1 f:1 g:1 h:1 Rd:5",    &Or,    &Expanded),
    ];

    /// <summary>Imm: abcdefgh, placed and repeated as op and cmode say.</summary>
    private static void Expanded(ref Operation op)
    {
        ulong imm8 = Imm8(op);
        int cmode = (int)op.Bits(12, 4);
        op.Imm = (cmode >> 1) switch
        {
            < 4 => Repeat(imm8 << (cmode >> 1) * 8, 32),
            4 or 5 => Repeat(imm8 << (cmode >> 1 & 1) * 8, 16),
            6 when cmode == 0b1100 => Repeat(imm8 << 8 | 0xff, 32),
            6 => Repeat(imm8 << 16 | 0xffff, 32),
            _ when cmode == 0b1111 => Repeat(FloatingPointImmediate.Expand<Binary32>(imm8), 32),
            _ when op.U => BytesOfBits(imm8),
            _ => Repeat(imm8, 8),
        };
    }

    private static void Inverted(ref Operation op)
    {
        Expanded(ref op);
        op.Imm = ~op.Imm;
    }

    private static void Halfword(ref Operation op) => op.Imm = Repeat(FloatingPointImmediate.Expand<Binary16>(Imm8(op)), 16);

    private static void Doubleword(ref Operation op) => op.Imm = FloatingPointImmediate.Expand<Binary64>(Imm8(op));

    private static ulong Imm8(in Operation op) => op.Bits(16, 3) << 5 | op.Bits(5, 5);

    private static ulong Repeat(ulong value, int width)
    {
        for (; width < 64; width *= 2)
        {
            value |= value << width;
        }

        return value;
    }

    /// <summary>One byte of ones for each bit that is set.</summary>
    private static ulong BytesOfBits(ulong imm8)
    {
        ulong bytes = 0;
        for (int i = 0; i < 8; i++)
        {
            bytes |= (imm8 >> i & 1) * 0xff << 8 * i;
        }

        return bytes;
    }

    private static void Move(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            Write(core, op, op.Imm, op.Imm);
        }
    }

    private static void Or(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            Write(core, op, core.V[2 * op.Rd] | op.Imm, core.V[2 * op.Rd + 1] | op.Imm);
        }
    }

    private static void Clear(Core core, in Operation op)
    {
        if (FpAccess.Check(core))
        {
            Write(core, op, core.V[2 * op.Rd] & ~op.Imm, core.V[2 * op.Rd + 1] & ~op.Imm);
        }
    }

    private static void Write(Core core, in Operation op, ulong low, ulong high) =>
        VectorElements.Write(core, op.Rd, new VectorValue(low, op.Bit(30) ? high : 0));
}
