using System.Globalization;

namespace Conformance.Suites.ListRegisters.Oracle;

/// <summary>What one instruction does to the virtual CPU interface: at EL1 through ICV, at EL2 through ICH.</summary>
internal enum Op
{
    Iar,
    Hppir,
    Rpr,
    ReadPmr,
    ReadBpr,
    ReadCtlr,
    ReadIgrpen,
    ReadAp,
    Nmiar,
    Eoir,
    Dir,
    WritePmr,
    WriteBpr,
    WriteCtlr,
    WriteIgrpen,
    WriteAp,
    SetLr,
    SetHcr,
    SetVmcr,
    SetAp,
    Misr,
    Eisr,
    Elrsr,
}

/// <summary>One access.</summary>
/// <param name="Op">Which.</param>
/// <param name="Group">0 or 1 where the register is one of a group.</param>
/// <param name="Index">Which of several registers: ICH_LR&lt;n&gt;, AP&lt;g&gt;R&lt;n&gt;.</param>
/// <param name="Value">What is written.</param>
internal readonly record struct GicAccess(Op Op, int Group = 0, int Index = 0, ulong Value = 0)
{
    internal bool IsWrite => Op is >= Op.Eoir and <= Op.SetAp;

    /// <summary>The exception level that makes it.</summary>
    internal int Level => Op >= Op.SetLr ? 2 : 1;

    /// <summary>The name in the instruction.</summary>
    internal string Register => Op switch
    {
        Op.Iar => Group == 0 ? "ICC_IAR0_EL1" : "ICC_IAR1_EL1",
        Op.Hppir => Group == 0 ? "ICC_HPPIR0_EL1" : "ICC_HPPIR1_EL1",
        Op.Rpr => "ICC_RPR_EL1",
        Op.ReadPmr or Op.WritePmr => "ICC_PMR_EL1",
        Op.ReadBpr or Op.WriteBpr => Group == 0 ? "ICC_BPR0_EL1" : "ICC_BPR1_EL1",
        Op.ReadCtlr or Op.WriteCtlr => "ICC_CTLR_EL1",
        Op.ReadIgrpen or Op.WriteIgrpen => Group == 0 ? "ICC_IGRPEN0_EL1" : "ICC_IGRPEN1_EL1",
        Op.ReadAp or Op.WriteAp => string.Create(CultureInfo.InvariantCulture, $"ICC_AP{Group}R{Index}_EL1"),
        Op.Nmiar => "ICC_NMIAR1_EL1",
        Op.Eoir => Group == 0 ? "ICC_EOIR0_EL1" : "ICC_EOIR1_EL1",
        Op.Dir => "ICC_DIR_EL1",
        Op.SetLr => string.Create(CultureInfo.InvariantCulture, $"ICH_LR{Index}_EL2"),
        Op.SetHcr => "ICH_HCR_EL2",
        Op.SetVmcr => "ICH_VMCR_EL2",
        Op.SetAp => string.Create(CultureInfo.InvariantCulture, $"ICH_AP{Group}R{Index}_EL2"),
        Op.Misr => "ICH_MISR_EL2",
        Op.Eisr => "ICH_EISR_EL2",
        Op.Elrsr => "ICH_ELRSR_EL2",
        _ => throw new InvalidOperationException($"There is no register for {Op}."),
    };

    /// <summary>The access in words: <c>ICC_EOIR1_EL1 = 0x28</c>.</summary>
    public override string ToString() => IsWrite ? string.Create(CultureInfo.InvariantCulture, $"{Register} = 0x{Value:x}") : Register;
}
