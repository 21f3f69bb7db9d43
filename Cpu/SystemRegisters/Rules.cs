namespace Conformance.Cpu.SystemRegisters;

/// <summary>The vocabulary of register declarations.</summary>
/// <remarks>
/// What an encoding says by itself is not repeated in a declaration: the lowest level (op1), the trap of EL2 names at EL1
/// under NV, the condition on E2H of the _EL12 and _EL02 names (<see cref="LevelPlan"/>).
/// </remarks>
internal static class Rules
{
    private const int SystemAccess = 0x18;
    private const int FpAccess = 0x07;
    private const Levels BelowEl2 = Levels.EL0 | Levels.EL1;
    private const Levels BelowEl3 = Levels.EL0 | Levels.EL1 | Levels.EL2;

    internal static readonly AccessRule ReadOnly = new(a => a.Directions = Directions.Read);
    internal static readonly AccessRule WriteOnly = new(a => a.Directions = Directions.Write);
    internal static readonly AccessRule El0ReadOnly = new(a => a.AtEl0 = Directions.Read);
    internal static readonly AccessRule El0None = new(a => a.AtEl0 = Directions.None);

    /// <summary>UNDEFINED at EL3 while EL2 is not enabled.</summary>
    internal static readonly AccessRule El3NeedsEl2 = new(a => a.El3NeedsEl2 = true);

    /// <summary>Virtual memory controls: HCR_EL2.TVM traps writes from EL1, TRVM reads (EX-199).</summary>
    internal static readonly AccessRule Vm = new(a =>
    {
        a.Traps.Add(Hypervisor(Levels.EL1, Directions.Write, Slots.HCR_EL2, Hcr.TVM));
        a.Traps.Add(Hypervisor(Levels.EL1, Directions.Read, Slots.HCR_EL2, Hcr.TRVM));
    });

    /// <summary>HCR_EL2.NV1 without NV2 traps the EL1 name (EX-290).</summary>
    internal static readonly AccessRule Nv1Traps = new(a => a.Traps.Add(new Trap(
        Levels.EL1, Directions.Both, new Guard(Situation.Nv | Situation.Nv1, Situation.Nv2, 0, 0, 0, 2, SystemAccess))));

    /// <summary>HCR_EL2.NV traps a name that EL1 may otherwise use.</summary>
    internal static readonly AccessRule NvTraps = new(a => a.Traps.Add(new Trap(
        Levels.EL1, Directions.Both, new Guard(Situation.Nv, Situation.None, 0, 0, 0, 2, SystemAccess))));

    /// <summary>The _EL12 name: same CRn, CRm, op2, op1 = 5. It keeps the traps to EL3 and no others.</summary>
    internal static readonly AccessRule El12 = new(_ => { })
    {
        SecondName = main => Alias(main, $"{main.Name[..^1]}12"),
    };

    /// <summary>DAIF at EL0: SCTLR_EL1.UMA opens it, and nothing does under Host0 (EX-285, EX-186).</summary>
    internal static readonly AccessRule DaifAtEl0 = new(a =>
    {
        a.Traps.Add(new Trap(Levels.EL0, Directions.Both, new Guard(
            Situation.None, Situation.Host0, Slots.SCTLR_EL1, Sctlr.UMA, 0, 1, SystemAccess)));
        a.Traps.Add(new Trap(Levels.EL0, Directions.Both, new Guard(
            Situation.Host0, Situation.None, 0, 0, 0, 2, SystemAccess)));
    });

    internal static AccessRule Needs(string feature) => new(a => a.Needs.Add(feature));

    /// <summary>EL2 with E2H = 1 reaches another register by this name.</summary>
    internal static AccessRule Host(string name) => new(a => a.HostName = name);

    /// <summary>The same, and EL0 under Host0 too.</summary>
    internal static AccessRule HostAndEl0(string name) => new(a =>
    {
        a.HostName = name;
        a.HostAtEl0 = true;
    });

    /// <summary>Place in the VNCR page. EL1 names use it when NV1 = 1, their _EL12 names when NV1 = 0.</summary>
    internal static AccessRule Vncr(int offset) => new(a => a.VncrOffset = offset);

    /// <summary>Place in the VNCR page of an EL1 name whatever NV1 is.</summary>
    internal static AccessRule VncrWhateverNv1(int offset) => new(a =>
    {
        a.VncrOffset = offset;
        a.VncrWhateverNv1 = true;
    });

    /// <summary>Under NV2 the EL2 name reaches the EL1 register (EX-291).</summary>
    internal static AccessRule Swaps(string name) => new(a => a.SwapName = name);

    /// <summary>The _EL02 name of a timer register, which a CNTHCTL_EL2 bit can take away from the VNCR page (TM-071).</summary>
    internal static AccessRule El02(ulong takenAway = 0) => new(_ => { })
    {
        SecondName = main =>
        {
            Accessor alias = Alias(main, $"{main.Name[..^1]}02");
            if (takenAway != 0)
            {
                alias.Traps.Add(new Trap(Levels.EL1, Directions.Both, new Guard(
                    Situation.Nv | Situation.Nv2, Situation.Host0 | Situation.Nv1,
                    Slots.CNTHCTL_EL2, takenAway, takenAway, 2, SystemAccess)));
            }

            return alias;
        },
    };

    /// <summary>An HCR_EL2 bit that traps EL1.</summary>
    internal static AccessRule HcrTrap(ulong bit) => One(Hypervisor(Levels.EL1, Directions.Both, Slots.HCR_EL2, bit));

    /// <summary>An HCR_EL2 bit that traps EL1, and EL0 unless Host0.</summary>
    internal static AccessRule HcrTrapEl0(ulong bit) => One(Hypervisor(BelowEl2, Directions.Both, Slots.HCR_EL2, bit));

    /// <summary>An HCR_EL2 bit that opens a register to EL1, and EL0 unless Host0.</summary>
    internal static AccessRule HcrOpens(ulong bit) => new(a => a.Traps.Add(new Trap(
        BelowEl2, Directions.Both,
        new Guard(Situation.El2Enabled, Situation.Host0, Slots.HCR_EL2, bit, 0, 2, SystemAccess))));

    /// <summary>Fine-grained trap: bit n of HFGRTR_EL2 for reads and HFGWTR_EL2 for writes.</summary>
    internal static AccessRule Hfg(int n) => FineGrained(Slots.HFGRTR_EL2, Slots.HFGWTR_EL2, n);

    /// <summary>Fine-grained trap: bit n of HDFGRTR_EL2 for reads and HDFGWTR_EL2 for writes.</summary>
    internal static AccessRule Hdfg(int n) => FineGrained(Slots.HDFGRTR_EL2, Slots.HDFGWTR_EL2, n);

    /// <summary>Fine-grained trap of a write only: bit n of HDFGWTR_EL2.</summary>
    internal static AccessRule HdfgWrite(int n) => One(FineGrainedTrap(Directions.Write, Slots.HDFGWTR_EL2, n));

    /// <summary>Fine-grained trap of a system instruction: bit n of HFGITR_EL2.</summary>
    internal static AccessRule Hfgi(int n) => One(FineGrainedTrap(Directions.Both, Slots.HFGITR_EL2, n));

    /// <summary>EL0 may use it while a SCTLR bit is as given: of SCTLR_EL1, or SCTLR_EL2 under Host0 (EX-185, EX-186).</summary>
    internal static AccessRule El0Needs(ulong sctlrBit, bool set = true) => new(a =>
    {
        ulong refused = set ? 0 : sctlrBit;
        a.Traps.Add(new Trap(Levels.EL0, Directions.Both, new Guard(
            Situation.None, Situation.Host0, Slots.SCTLR_EL1, sctlrBit, refused, 1, SystemAccess)));
        a.Traps.Add(new Trap(Levels.EL0, Directions.Both, new Guard(
            Situation.Host0, Situation.None, Slots.SCTLR_EL2, sctlrBit, refused, 2, SystemAccess)));
    });

    /// <summary>EL0 needs one of some bits of an EL1 register, whatever Host0.</summary>
    internal static AccessRule El0NeedsAny(int slot, ulong bits, Directions directions = Directions.Both) =>
        One(new Trap(Levels.EL0, directions, new Guard(
            Situation.None, Situation.None, slot, bits, 0, 1, SystemAccess)));

    /// <summary>MDSCR_EL1.TDCC closes the debug communications channel to EL0.</summary>
    internal static readonly AccessRule El0Tdcc = One(new Trap(Levels.EL0, Directions.Both, new Guard(
        Situation.None, Situation.None, Slots.MDSCR_EL1, Mdscr.TDCC, Mdscr.TDCC, 1, SystemAccess)));

    /// <summary>Traps to EL2 by an MDCR_EL2 bit, without the help of TDE.</summary>
    internal static AccessRule MdcrTrap(ulong bit) => One(new Trap(BelowEl2, Directions.Both, new Guard(
        Situation.El2Enabled, Situation.None, Slots.MDCR_EL2, bit, bit, 2, SystemAccess)));

    /// <summary>Debug registers: an MDCR_EL2 bit, or TDE, or TGE (EX-005), then the same bit of MDCR_EL3.</summary>
    internal static AccessRule Debug(ulong bit, ulong mdcr3) => new(a =>
    {
        MdcrTrap(bit).Apply(a);
        MdcrTrap(Mdcr2.TDE).Apply(a);
        a.Traps.Add(new Trap(Levels.EL0, Directions.Both, new Guard(
            Situation.Tge, Situation.None, 0, 0, 0, 2, SystemAccess)));
        Mdcr3Trap(mdcr3).Apply(a);
    });

    /// <summary>An SCR_EL3 bit that traps lower levels to EL3.</summary>
    internal static AccessRule ScrTrap(ulong bit, Directions directions = Directions.Both) =>
        One(Monitor(directions, Slots.SCR_EL3, bit, bit));

    /// <summary>An SCR_EL3 bit that opens a register to lower levels.</summary>
    internal static AccessRule ScrOpens(ulong bit) => One(Monitor(Directions.Both, Slots.SCR_EL3, bit, 0));

    /// <summary>An MDCR_EL3 bit that traps lower levels to EL3.</summary>
    internal static AccessRule Mdcr3Trap(ulong bit) => One(Monitor(Directions.Both, Slots.MDCR_EL3, bit, bit));

    /// <summary>CPTR_EL3.TCPAC traps lower levels to EL3.</summary>
    internal static readonly AccessRule Tcpac3 = One(Monitor(Directions.Both, Slots.CPTR_EL3, Cptr.TCPAC, Cptr.TCPAC));

    /// <summary>CPTR_EL2.TCPAC traps EL1.</summary>
    internal static readonly AccessRule Tcpac2 = One(new Trap(Levels.EL1, Directions.Both, new Guard(
        Situation.El2Enabled, Situation.None, Slots.CPTR_EL2, Cptr.TCPAC, Cptr.TCPAC, 2, SystemAccess)));

    /// <summary>Floating-point access: the chain of EX-174 to EX-177.</summary>
    internal static readonly AccessRule Fp = new(a =>
    {
        const ulong closed = 1UL << Cptr.FPEN;
        const ulong both = 3UL << Cptr.FPEN;
        a.Traps.Add(FpTrap(BelowEl2, Situation.None, Situation.Host0, Slots.CPACR_EL1, closed, 0, 1));
        a.Traps.Add(FpTrap(Levels.EL0, Situation.None, Situation.Host0, Slots.CPACR_EL1, both, closed, 1));
        a.Traps.Add(FpTrap(BelowEl3, Situation.El2Enabled, Situation.Host2, Slots.CPTR_EL2, Cptr.TFP, Cptr.TFP, 2));
        a.Traps.Add(FpTrap(BelowEl3, Situation.Host2, Situation.None, Slots.CPTR_EL2, closed, 0, 2));
        a.Traps.Add(FpTrap(Levels.EL0, Situation.Host0, Situation.None, Slots.CPTR_EL2, both, closed, 2));
        a.Traps.Add(FpTrap(
            BelowEl3 | Levels.EL3, Situation.None, Situation.None, Slots.CPTR_EL3, Cptr.TFP, Cptr.TFP, 3));
    });

    /// <summary>UNDEFINED in a situation, at some levels.</summary>
    internal static AccessRule Undefined(
        Situation require, Situation forbid = Situation.None, Levels levels = (Levels)15) =>
        One(new Trap(levels, Directions.Both, new Guard(require, forbid, 0, 0, 0, 0, 0)));

    /// <summary>A trap to EL2 in a situation.</summary>
    internal static AccessRule TrapsTo2(Levels levels, Situation require) => TrapsTo2(levels, require, Situation.None, 0, 0, 0);

    /// <summary>A trap to EL2 in a situation, while a register's bits have a value.</summary>
    internal static AccessRule TrapsTo2(Levels levels, Situation require, Situation forbid, int slot, ulong mask, ulong value) =>
        One(new Trap(levels, Directions.Both, new Guard(require, forbid, slot, mask, value, 2, SystemAccess)));

    /// <summary>A trap of writes to EL2 in a situation, while a bit of a register is set.</summary>
    internal static AccessRule TrapsWrites2(Levels levels, Situation require, int slot, ulong bit) =>
        One(new Trap(levels, Directions.Write, new Guard(require, Situation.None, slot, bit, bit, 2, SystemAccess)));

    /// <summary>UNDEFINED at a level while a bit of a register is 0.</summary>
    internal static AccessRule UndefinedWithout(Levels level, int slot, ulong bit) =>
        One(new Trap(level, Directions.Both, new Guard(Situation.None, Situation.None, slot, bit, 0, 0, 0)));

    /// <summary>A trap in a situation.</summary>
    internal static AccessRule Traps(
        int target, Levels levels, Situation require, Situation forbid, int slot, ulong mask, ulong value) =>
        One(new Trap(levels, Directions.Both, new Guard(require, forbid, slot, mask, value, target, SystemAccess)));

    /// <summary>Several rules under one name.</summary>
    internal static AccessRule Together(params AccessRule[] rules) => new(a => Array.ForEach(rules, rule => rule.Apply(a)));

    private static AccessRule One(Trap trap) => new(a => a.Traps.Add(trap));

    private static AccessRule FineGrained(int readSlot, int writeSlot, int n) => new(a =>
    {
        a.Traps.Add(FineGrainedTrap(Directions.Read, readSlot, n));
        a.Traps.Add(FineGrainedTrap(Directions.Write, writeSlot, n));
    });

    private static Trap FineGrainedTrap(Directions directions, int slot, int n) => new(BelowEl2, directions, new Guard(
        Situation.FineGrained, Situation.Host0, slot, 1UL << n, 1UL << n, 2, SystemAccess));

    private static Trap Hypervisor(Levels levels, Directions directions, int slot, ulong bit) => new(levels, directions, new Guard(
        Situation.El2Enabled, Situation.Host0, slot, bit, bit, 2, SystemAccess));

    private static Trap Monitor(Directions directions, int slot, ulong bit, ulong refused) => new(BelowEl3, directions, new Guard(
        Situation.None, Situation.None, slot, bit, refused, 3, SystemAccess));

    private static Trap FpTrap(
        Levels levels, Situation require, Situation forbid, int slot, ulong mask, ulong value, int target) =>
        new(levels, Directions.Both, new Guard(require, forbid, slot, mask, value, target, FpAccess));

    private static Accessor Alias(Accessor main, string name)
    {
        SysEncoding e = main.Encoding with { Op1 = 5 };
        var alias = new Accessor(name, e, main.Register)
        {
            Directions = main.Directions,
            VncrOffset = main.VncrOffset,
        };
        alias.Needs.AddRange(main.Needs);
        alias.Needs.Add("FEAT_VHE");
        alias.Traps.AddRange(main.Traps.Where(trap => trap.Guard.Target == 3));
        return alias;
    }
}
