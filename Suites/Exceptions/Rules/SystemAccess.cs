using Conformance.Harness.Programs;
using Conformance.Harness.Spec;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Exceptions.Rules;

/// <summary>Registers and system instructions that stand for each way a trap of class 18 comes about.</summary>
/// <remarks>The access suite checks every accessor; here the trap itself is the subject: who takes it, and each ISS bit.</remarks>
internal static class SystemAccess
{
    private const int Rt = 3;

    /// <summary>Identification (EX-189, EX-190) and what EL0 may do while a bit of SCTLR is open (EX-185 to EX-187).</summary>
    internal static readonly IReadOnlyList<Instruction> AtEl0 =
    [
        Mrs("ID_AA64PFR0_EL1", IdRegister(Hcr.TID3)),
        Mrs("ID_AA64MMFR2_EL1", IdRegister(Hcr.TID3)),
        Mrs("REVIDR_EL1", IdRegister(Hcr.TID1)),
        Mrs("AIDR_EL1", IdRegister(Hcr.TID1)),
        Mrs("CTR_EL0", s => El0Control(s, Sctlr.UCT, Hcr.TID2)),
        Op("DC", "CIVAC", s => El0Control(s, Sctlr.UCI, Hcr.TPCP)),
        Op("IC", "IVAU", s => El0Control(s, Sctlr.UCI, Hcr.TPU)),
        Op("DC", "CVAU", s => El0Control(s, Sctlr.UCI, Hcr.TPU)),
        TrapOnly(Op("DC", "ZVA", s => El0Control(s, Sctlr.DZE, Hcr.TDZ))), // zeroing Device memory faults
    ];

    /// <summary>What EL0 may never do.</summary>
    internal static readonly IReadOnlyList<Instruction> AboveEl0 =
    [
        // Traps of HCR_EL2 on EL1 (EX-199); under NV1 and NV2 some of the registers are memory instead.
        Mrs("CSSELR_EL1", s => El1(s, Hcr.TID2, "EX-189")),
        Mrs("SCTLR_EL1", s => El1(s, Hcr.TRVM, "EX-199")),
        Msr("CONTEXTIDR_EL1", s => El1(s, Hcr.TVM, "EX-199")),
        Mrs("TCR_EL1", s => El1(s, Hcr.TRVM, "EX-199")),
        Mrs("ACTLR_EL1", s => El1(s, Hcr.TACR, "EX-199")),
        Op("TLBI", "VMALLE1", s => El1(s, Hcr.TTLB, "EX-199"), operand: false),
        Op("TLBI", "VAE1", s => El1(s, Hcr.TTLB, "EX-199")),
        Op("IC", "IALLU", s => El1(s, Hcr.TPU, "EX-199"), operand: false),
        Op("DC", "CSW", s => El1(s, Hcr.TSW, "EX-199")),
        Op("AT", "S1E1R", s => s.Has("FEAT_NV") ? El1(s, Hcr.AT, "EX-199") : El1(s, 0, "EX-199")),

        // Names that mean something to a guest hypervisor (EX-197, EX-290, EX-291).
        Mrs("SCTLR_EL2", El2Register(open: false)),
        Mrs("VBAR_EL2", El2Register(open: false)),
        Mrs("HCR_EL2", El2Register(open: true)),
        Mrs("ELR_EL2", El2Register(open: true)),
        Mrs("SPSR_EL2", El2Register(open: true)),
        Mrs("ESR_EL2", El2Register(open: true)),
        Mrs("FAR_EL2", El2Register(open: true)),
        Msr("TPIDR_EL2", El2Register(open: true)),
        Mrs("SP_EL1", El2Register(open: true)),
        Op("AT", "S1E2R", s => s is { Level: 3, El2Enabled: false } ? Guard.Undefined : El2Register(open: false)(s)),
        Op("TLBI", "ALLE1", El2Register(open: false), operand: false),
        Mrs("SCTLR_EL12", Alias()),
        Mrs("TCR_EL12", Alias()),
        Mrs("VBAR_EL12", Alias()),
        Mrs("ELR_EL12", Alias()),
        Mrs("SPSR_EL12", Alias()),
        Msr("CONTEXTIDR_EL12", Alias()),
        Mrs("VBAR_EL1", Nv1Register()),
        Msr("ELR_EL1", Nv1Register()),
        Mrs("ELR_EL1", Nv1Register()),
        Msr("SPSR_EL1", Nv1Register()),
        Mrs("SPSR_EL1", Nv1Register()),

        // EL2 controls before EL3 controls (EX-187, EX-188, EX-181).
        Mrs("MDSCR_EL1", s => Debug(s, MdcrEl2.TDA, MdcrEl3.TDA)),
        Mrs("MDRAR_EL1", s => Debug(s, MdcrEl2.TDRA, MdcrEl3.TDA)),
        Mrs("OSLSR_EL1", s => Debug(s, MdcrEl2.TDOSA, MdcrEl3.TDOSA)),
        Mrs("CPACR_EL1", s => s.Level switch
        {
            0 => Guard.Undefined,
            1 when s.El2Enabled && (s.Read("CPTR_EL2") & CptrEl2.TCPAC) != 0 => Guard.Trap(2, "EX-187"),
            <= 2 when s.HaveEl3 && (s.Read("CPTR_EL3") & CptrEl3.TCPAC) != 0 => Guard.Trap(3, "EX-187"),
            _ => Guard.Open,
        }),
        Mrs("APIAKeyLo_EL1", s => s.Level switch
        {
            0 => Guard.Undefined,
            _ when !s.Has("FEAT_PAuth") => Guard.Undefined,
            1 when !s.Hcr(Hcr.APK) => Guard.Trap(2, "EX-181"),
            <= 2 when s.HaveEl3 && !s.Scr(Scr.APK) => Guard.Trap(3, "EX-181"),
            _ => Guard.Open,
        }),

        // Registers of a higher level are UNDEFINED (EX-151).
        Mrs("SCTLR_EL3", s => s.Level == 3 ? Guard.Open : Guard.Undefined),
        Mrs("SCR_EL3", s => s.Level == 3 ? Guard.Open : Guard.Undefined),
    ];

    internal static readonly IReadOnlyList<Instruction> All = [.. AtEl0, .. AboveEl0];

    /// <summary>The ISS of class 18 (EX-122).</summary>
    internal static uint Iss(uint op0, uint op1, uint crn, uint crm, uint op2, uint rt, bool read) =>
        op0 << 20 | op2 << 17 | op1 << 14 | crn << 10 | rt << 5 | crm << 1 | (read ? 1u : 0);

    internal static uint Iss(string register, int rt, bool read)
    {
        SystemEncoding e = Encodings.Register(register);
        return Iss((uint)e.Op0, (uint)e.Op1, (uint)e.CRn, (uint)e.CRm, (uint)e.Op2, (uint)rt, read);
    }

    /// <summary>A row with another transfer register, so that every Rt bit is seen.</summary>
    internal static Instruction IdRegisterTo(int rt) =>
        Register($"MRS X{rt}, ID_AA64PFR0_EL1", "ID_AA64PFR0_EL1", rt, read: true, IdRegister(Hcr.TID3));

    private static Instruction Mrs(string register, Func<Situation, Guard> guard) =>
        Register($"MRS X{Rt}, {register}", register, Rt, read: true, guard);

    private static Instruction Msr(string register, Func<Situation, Guard> guard) =>
        Register($"MSR {register}, X{Rt}", register, Rt, read: false, guard);

    private static Instruction Register(string name, string register, int rt, bool read, Func<Situation, Guard> guard) => Instruction.Of(
        name,
        Instruction.Encode(a => read ? a.Mrs(rt, register) : a.Msr(register, rt)),
        s => guard(s).Answer(s, Iss(register, rt, read)));

    private static Instruction Op(string op, string name, Func<Situation, Guard> guard, bool operand = true)
    {
        SystemEncoding e = Encodings.Instruction(op, name);
        int rt = operand ? Rt : Reg.XZR;
        return Instruction.Of(
            operand ? $"{op} {name}, X{rt}" : $"{op} {name}",
            Instruction.Encode(a => a.Sys(op, name, rt)),
            s => guard(s).Answer(s, Iss((uint)e.Op0, (uint)e.Op1, (uint)e.CRn, (uint)e.CRm, (uint)e.Op2, (uint)rt, read: false), "EX-125"));
    }

    /// <summary>An instruction that a case uses only where it does not get through.</summary>
    private static Instruction TrapOnly(Instruction of) => Instruction.Of(of.Name, of.Word, s =>
        of.Rule(s)[0] is { Next: null } trap ? trap : Answer.Unknown("gets through"));

    /// <summary>EX-189; EX-190 makes EL0 a trap where it was UNDEFINED.</summary>
    private static Func<Situation, Guard> IdRegister(ulong trap) => s => s.Level switch
    {
        0 => s.Has("FEAT_IDST") ? Guard.Trap(s.El1Star, "EX-190", "EX-138") : Guard.Undefined,
        _ => El1(s, trap, "EX-189"),
    };

    /// <summary>EX-185, EX-186: the SCTLR of the level first, then HCR_EL2, which does not reach EL0 under Host0 (EX-006).</summary>
    private static Guard El0Control(Situation s, ulong sctlr, ulong hcr)
    {
        if (s.Level == 0 && !s.Sctlr(sctlr))
        {
            return Guard.Trap(s.El1Star, s.Host0 ? "EX-186" : "EX-185", "EX-138");
        }

        return s.Level <= 1 && !s.Host0 && s.Hcr(hcr) ? Guard.Trap(2, s.Level == 0 ? "EX-187" : "EX-199") : Guard.Open;
    }

    private static Guard El1(Situation s, ulong hcr, string rule) => s.Level switch
    {
        0 => Guard.Undefined,
        1 when hcr != 0 && s.Hcr(hcr) => Guard.Trap(2, rule),
        _ => Guard.Open,
    };

    /// <summary>EX-197: a trap under NV; where NV2 gives the name something to reach, no trap then (EX-291, VNCR page).</summary>
    private static Func<Situation, Guard> El2Register(bool open) => s => s.Level switch
    {
        0 => Guard.Undefined,
        1 when s.Nv2 && open => Guard.Open,
        1 when s.Nv => Guard.Trap(2, "EX-197"),
        1 => Guard.Undefined,
        _ => Guard.Open,
    };

    /// <summary>EX-123, EX-197: the EL12 names. With {NV2,NV1,NV} = 101 they are memory.</summary>
    private static Func<Situation, Guard> Alias() => s => s.Level switch
    {
        0 => Guard.Undefined,
        1 when s is { Nv2: true, Nv1: false } => Guard.Open,
        1 when s.Nv => Guard.Trap(2, "EX-197", "EX-123"),
        1 => Guard.Undefined,
        _ => s.E2h ? Guard.Open : Guard.Undefined,
    };

    /// <summary>EX-290: trapped with {NV,NV1,NV2} = {1,1,0} only.</summary>
    private static Func<Situation, Guard> Nv1Register() => s => s.Level switch
    {
        0 => Guard.Undefined,
        1 when s is { Nv1: true, Nv2: false } => Guard.Trap(2, "EX-290"),
        _ => Guard.Open,
    };

    /// <summary>EX-188.</summary>
    private static Guard Debug(Situation s, ulong el2, ulong el3) => s.Level switch
    {
        0 => Guard.Undefined,
        1 when s.DebugTrap(el2) => Guard.Trap(2, "EX-188", "EX-005", "EX-187"),
        <= 2 when s.DebugTrap3(el3) => Guard.Trap(3, "EX-188"),
        _ => Guard.Open,
    };
}
