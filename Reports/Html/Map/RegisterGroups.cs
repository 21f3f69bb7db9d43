using System.Text.RegularExpressions;

namespace Conformance.Reports.Html.Map;

/// <summary>The functional group that an accessor is shown in.</summary>
/// <remarks>For reading only: nothing is judged by it. The first line that fits decides; what fits none is in the last group.</remarks>
internal static class RegisterGroups
{
    private const string Others = "Other registers and operations";

    private static readonly (string Name, Regex Pattern)[] s_groups =
    [
        Group("TLB maintenance", "^TLBIP? "),
        Group("Cache maintenance", "^(DC|IC) "),
        Group("Address translation instructions", "^AT "),
        Group("Prediction restriction", "^(CFP|CPP|DVP|COSP) "),
        Group("Exception generation and return", "^INSN "),
        Group("PSTATE and special registers", "^MSRi |^(SYS|SYSL|SYSP) |^(CurrentEL|DAIF|NZCV|SPSel|PAN|UAO|DIT|SSBS|TCO|ALLINT|PM|FPCR|FPSR|FPMR|SVCR)$"),
        Group("Guarded control stack", "^GCS"),
        Group("Identification", "^(ID_|MIDR|MPIDR|REVIDR|AIDR|CTR_EL0|DCZID|CCSIDR|CLIDR|CSSELR|GMID|SMIDR|VPIDR|VMPIDR|MVFR|TRCID|TRCDEVID|TRCDEVARCH|TRCDEVAFF|PMMIR|BRBIDR|MPAMIDR|MPAMBWIDR|LORID|ERRIDR|MECIDR|PMSIDR|PMBIDR|TRBIDR)"),
        Group("Fine-grained traps", "^(HFG|HDFG|HAFG|FGWTE3)"),
        Group("Hypervisor and EL3 configuration", "^(HCR|HCRX|HSTR|HACR|CPTR|MDCR|SCR_|SDER|VNCR|HACDBS|HDBSS|SDCR)"),
        Group("System control", "^(SCTLR|SCTLR2|ACTLR|CPACR)"),
        Group("Translation and memory", "^(TTBR|TCR|MAIR|AMAIR|VTCR|VTTBR|VSTCR|VSTTBR|CONTEXTIDR|PIR|POR|S2P|PAR_|LOR|TCR2|MAIR2|AMAIR2|RCW|GPT|GPC|DACR|MEC|VMECID|IRTBRU|TTTBR|DPOCR|VNCCR|TPMIN|TPMAX)"),
        Group("Exceptions", "^(ESR|FAR|HPFAR|AFSR|ELR|SPSR|VBAR|RVBAR|RMR|SP_EL|ISR|PFAR|MFAR|IFSR|FPEXC)"),
        Group("Errors (RAS)", "^(ERR|ERX|DISR|VDISR|VSESR)"),
        Group("Thread and context numbers", "^(TPIDR|SCXTNUM|ACCDATA)"),
        Group("Pointer authentication keys", "^AP[DIG]"),
        Group("Generic timers", "^CNT"),
        Group("Statistical profiling", "^(PMB|PMSCR|PMSICR|PMSIRR|PMSFCR|PMSEVFR|PMSNEVFR|PMSLATFR|PMSDSFR|PMSSTAT)"),
        Group("System performance monitors", "^SPM"),
        Group("Performance monitors", "^PM"),
        Group("Activity monitors", "^AM"),
        Group("Debug", "^(DBG|MDSCR|MDCCINT|MDCCSR|MDRAR|MDSELR|MDSTEPOP|OSLAR|OSLSR|OSDLR|OSDTR|OSECCR|DLR|DSPSR)"),
        Group("Trace", "^(TRC|TRFCR|TRCIT|TRB|BRB)"),
        Group("GIC CPU interface", "^(ICC_|ICV_)"),
        Group("GIC hypervisor interface", "^ICH_"),
        Group("Memory partitioning (MPAM)", "^MPAM"),
        Group("SVE and SME", "^(ZCR|SMCR|SMPRI)"),
        Group("Memory tagging", "^(GCR|RGSR|TFSR)"),
    ];

    /// <summary>The names in the order in which the page shows them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_groups.Select(g => g.Name).Order(StringComparer.Ordinal), Others];

    /// <summary>The group of an accessor: <c>MRS SCTLR_EL1</c>.</summary>
    public static string Of(string accessor) =>
        s_groups.FirstOrDefault(g => g.Pattern.IsMatch(Subject(accessor))) is { Name: not null } group ? group.Name : Others;

    /// <summary>What a row is called: the register of MRS and MSR, else the whole instruction.</summary>
    public static string Subject(string accessor)
    {
        int space = accessor.IndexOf(' ', StringComparison.Ordinal);
        return accessor.AsSpan(0, Math.Max(space, 0)) is "MRS" or "MSR" or "MRRS" or "MSRR" ? accessor[(space + 1)..] : accessor;
    }

    private static (string, Regex) Group(string name, string pattern) => (name, new Regex(pattern, RegexOptions.CultureInvariant));
}
