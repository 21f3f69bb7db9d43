using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Suites.ListRegisters.Cases;
using Conformance.Suites.ListRegisters.Oracle;

namespace Conformance.Suites.ListRegisters.Enumerated;

/// <summary>Every value of the fields of ICH_VMCR_EL2, through the one name and back through the others (GV-142).</summary>
/// <remarks>The priority mask takes a value that depends on the other fields, so that all of its levels occur.</remarks>
internal static class RoundTripCases
{
    private static readonly GicAccess[] s_reads =
        [new(Op.ReadPmr), new(Op.ReadBpr, 0), new(Op.ReadBpr, 1), new(Op.ReadCtlr), new(Op.ReadIgrpen, 0), new(Op.ReadIgrpen, 1)];

    internal static IEnumerable<Case> All(CaseMaker make)
    {
        for (ulong point0 = 0; point0 < 8; point0++)
        {
            for (ulong point1 = 0; point1 < 8; point1++)
            {
                for (ulong flags = 0; flags < 16; flags++)
                {
                    ulong mask = ((point0 << 5 | point1 << 2) ^ flags << 4) & make.Sizes.PriorityMask;
                    (ulong split, ulong common, ulong enable1, ulong enable0) = (flags >> 3, flags >> 2 & 1, flags >> 1 & 1, flags & 1);
                    ulong vmcr = mask << VirtualState.VpmrAt | point0 << VirtualState.Vbpr0At | point1 << VirtualState.Vbpr1At
                        | split * VirtualState.VmcrEoim | common * VirtualState.VmcrCbpr | enable1 * VirtualState.VmcrEng1 | enable0 * VirtualState.VmcrEng0;
                    string name = string.Create(CultureInfo.InvariantCulture, $"{point0}{point1}-{flags:x}");
                    yield return make.Sequence(
                        $"roundtrip/down-{name}", "What is written to ICH_VMCR_EL2 shows through each ICV register", make.Idle, [new(Op.SetVmcr, Value: vmcr), .. s_reads], 142);

                    // The common binary point comes last: with it ICV_BPR1_EL1 cannot be written (GV-055).
                    yield return make.Sequence(
                        $"roundtrip/up-{name}", "What is written through each ICV register shows in ICH_VMCR_EL2, and through the others", make.Idle,
                        [
                            new(Op.WritePmr, Value: mask), new(Op.WriteBpr, 0, Value: point0), new(Op.WriteBpr, 1, Value: point1), new(Op.WriteIgrpen, 0, Value: enable0),
                            new(Op.WriteIgrpen, 1, Value: enable1), new(Op.WriteCtlr, Value: split << 1 | common), .. s_reads,
                        ], 142);
                }
            }
        }
    }
}
