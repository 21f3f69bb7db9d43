using System.Collections.Concurrent;
using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using Conformance.Suites.ListRegisters.Oracle;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Suites.ListRegisters.Cases;

/// <summary>The code of an access: at EL1 it shows the virtual lines, too.</summary>
/// <remarks>What is read is in X2, what is written comes from X0, ISR_EL1 is in X3.</remarks>
internal static class Code
{
    private static readonly ConcurrentDictionary<(string Register, bool IsWrite, int Level), IReadOnlyList<uint>> s_known = new();

    /// <summary>ISR_EL1 alone.</summary>
    internal static IReadOnlyList<uint> Lines { get; } = [.. new Assembler(GuestMemory.Code).Isb().Mrs(X3, "ISR_EL1").Words()];

    internal static IReadOnlyList<uint> Of(GicAccess access) =>
        s_known.GetOrAdd((access.Register, access.IsWrite, access.Level), static key =>
        {
            var a = new Assembler(GuestMemory.Code);
            _ = key.IsWrite ? a.Msr(key.Register, X0) : a.Mrs(X2, key.Register);
            _ = a.Dsb().Isb();
            if (key.Level == 1)
            {
                a.Mrs(X3, "ISR_EL1");
            }

            return [.. a.Words()];
        });
}
