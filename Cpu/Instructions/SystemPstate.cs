using Conformance.Cpu.Exceptions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Instructions;

/// <summary>PSTATE group: MSR (immediate), CFINV, XAFLAG and AXFLAG.</summary>
/// <remarks>Source: DDI 0602, C4.1 "PSTATE"; EX-283 to EX-287.</remarks>
internal static unsafe class SystemPstate
{
    private const string Group = "1101010100 0 00 ";

    internal static readonly InsnRow[] Rows =
    [
        new("CFINV",         Group + "000 0100 xxxx 000 11111", &Cfinv)                   { Feature = "FEAT_FlagM" },
        new("XAFLAG",        Group + "000 0100 xxxx 001 11111", &Xaflag)                  { Feature = "FEAT_FlagM2" },
        new("AXFLAG",        Group + "000 0100 xxxx 010 11111", &Axflag)                  { Feature = "FEAT_FlagM2" },
        new("MSR ALLINT",    Group + "001 0100 000 imm:1 000 11111", &AllInterrupts)        { Feature = "FEAT_NMI" },
        new("MSR UAO",       Group + "000 0100 CRm:4 011 11111", &Uao, &Immediate)         { Feature = "FEAT_UAO" },
        new("MSR PAN",       Group + "000 0100 CRm:4 100 11111", &Pan, &Immediate)         { Feature = "FEAT_PAN" },
        new("MSR SPSel",     Group + "000 0100 CRm:4 101 11111", &SpSel, &Immediate),
        new("MSR SSBS",      Group + "011 0100 CRm:4 001 11111", &Ssbs, &Immediate)        { Feature = "FEAT_SSBS2" },
        new("MSR DIT",       Group + "011 0100 CRm:4 010 11111", &Dit, &Immediate)         { Feature = "FEAT_DIT" },
        new("MSR DAIFSet",   Group + "011 0100 CRm:4 110 11111", &DaifSet, &Immediate),
        new("MSR DAIFClr",   Group + "011 0100 CRm:4 111 11111", &DaifClear, &Immediate),
    ];

    private static void Immediate(ref Operation op) => op.Imm = (op.Word >> 8) & 15;

    private static void Cfinv(Core core, in Operation op) => core.Pstate.Nzcv ^= 2;

    /// <summary>From the flags of an FP comparison as others have them to those of the architecture.</summary>
    private static void Xaflag(Core core, in Operation op)
    {
        bool z = core.Pstate.Z;
        bool c = core.Pstate.C;
        core.Pstate.Nzcv = Flags(!c && !z, z && c, c || z, !c && z);
    }

    private static void Axflag(Core core, in Operation op)
    {
        Pstate p = core.Pstate;
        core.Pstate.Nzcv = Flags(false, p.Z || p.V, p.C && !p.V, false);
    }

    private static byte Flags(bool n, bool z, bool c, bool v) => (byte)((n ? 8 : 0) | (z ? 4 : 0) | (c ? 2 : 0) | (v ? 1 : 0));

    private static void Uao(Core core, in Operation op)
    {
        if (AboveEl0(core))
        {
            core.Pstate.UAO = (op.Imm & 1) != 0;
        }
    }

    private static void Pan(Core core, in Operation op)
    {
        if (AboveEl0(core))
        {
            core.Pstate.PAN = (op.Imm & 1) != 0;
            core.LevelChanged();
        }
    }

    private static void SpSel(Core core, in Operation op)
    {
        if (AboveEl0(core))
        {
            core.Pstate.SP = (op.Imm & 1) != 0;
            core.SituationStale = true;
            core.LinesChanged(); // SCTLR_ELx.SPINTMASK
        }
    }

    /// <summary>HCRX_EL2.TALLINT traps setting the mask, not clearing it.</summary>
    private static void AllInterrupts(Core core, in Operation op)
    {
        bool on = (op.Word >> 8 & 1) != 0;
        if (!AboveEl0(core))
        {
            return;
        }

        if (on && core.Pstate.EL == 1 && (EffectiveControls.ExtendedControls(core) & Hcrx.TALLINT) != 0)
        {
            Raise.SystemAccess(core, 2, op.Word);
            return;
        }

        core.Pstate.ALLINT = on;
        core.LinesChanged();
    }

    private static void Ssbs(Core core, in Operation op) => core.Pstate.SSBS = (op.Imm & 1) != 0;

    private static void Dit(Core core, in Operation op) => core.Pstate.DIT = (op.Imm & 1) != 0;

    private static void DaifSet(Core core, in Operation op)
    {
        if (DaifOpen(core, op.Word))
        {
            core.Pstate.Daif |= (byte)op.Imm;
        }
    }

    private static void DaifClear(Core core, in Operation op)
    {
        if (DaifOpen(core, op.Word))
        {
            core.Pstate.Daif &= (byte)~op.Imm;
            core.LinesChanged();
        }
    }

    private static bool AboveEl0(Core core)
    {
        if (core.Pstate.EL == 0)
        {
            Raise.Undefined(core);
            return false;
        }

        return true;
    }

    /// <summary>EL0 needs SCTLR_EL1.UMA, and never may under Host0 (EX-285, EX-186).</summary>
    private static bool DaifOpen(Core core, uint word)
    {
        bool open = core.Pstate.EL != 0
            || (!EffectiveControls.Host0(core) && (core.System[Slots.SCTLR_EL1] & Sctlr.UMA) != 0);
        if (!open)
        {
            Raise.SystemAccess(core, 1, word);
        }

        return open;
    }
}
