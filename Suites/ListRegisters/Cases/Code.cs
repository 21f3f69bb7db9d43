using System.Collections.Frozen;
using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using Conformance.Suites.ListRegisters.Oracle;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Suites.ListRegisters.Cases;

/// <summary>The code of an access: at EL1 it shows the virtual lines, too.</summary>
/// <remarks>
/// What is read is in X2, what is written comes from X0, ISR_EL1 is in X3. Each access has its own place in the page, so that an
/// interpreter that has decoded it once need not do so again.
/// </remarks>
internal static class Code
{
    private const int PlaceSize = 32;

    private static readonly FrozenDictionary<(string Register, bool IsWrite), (IReadOnlyList<uint> Words, int Offset)> s_places =
        All().Select((access, n) => (access, n)).ToFrozenDictionary(
            a => (a.access.Register, a.access.IsWrite), a => (Words(a.access, a.n * PlaceSize), a.n * PlaceSize));

    /// <summary>The words, and where they are in the page of the code.</summary>
    internal static (IReadOnlyList<uint> Words, int Offset) Of(GicAccess access) => s_places[(access.Register, access.IsWrite)];

    /// <summary>Most accesses that follow each other in one step.</summary>
    internal const int MostInRow = 8;

    /// <summary>The general register that gets what the n-th access of a row reads; what it writes is in Xn.</summary>
    internal static int ReadInto(int n) => MostInRow + n;

    /// <summary>The general register that gets ISR_EL1 after the n-th access of a row.</summary>
    internal static int LinesInto(int n) => (2 * MostInRow) + n;

    /// <summary>The words of accesses at one level, one after the other.</summary>
    internal static IReadOnlyList<uint> Of(IReadOnlyList<GicAccess> row)
    {
        var a = new Assembler(GuestMemory.Code);
        foreach ((int n, GicAccess access) in row.Index())
        {
            _ = access.IsWrite ? a.Msr(access.Register, n) : a.Mrs(ReadInto(n), access.Register);
            _ = a.Dsb().Isb();
            if (access.Level == 1)
            {
                a.Mrs(LinesInto(n), "ISR_EL1");
            }
        }

        return [.. a.Words()];
    }

    private static IReadOnlyList<uint> Words(GicAccess access, int offset)
    {
        var a = new Assembler(GuestMemory.Code + (ulong)offset);
        _ = access.IsWrite ? a.Msr(access.Register, X0) : a.Mrs(X2, access.Register);
        _ = a.Dsb().Isb();
        if (access.Level == 1)
        {
            a.Mrs(X3, "ISR_EL1");
        }

        return [.. a.Words()];
    }

    /// <summary>Every access there is, each once.</summary>
    private static IEnumerable<GicAccess> All() =>
        (from op in Enum.GetValues<Op>()
         from at in Enumerable.Range(0, op is Op.SetLr ? 16 : op is Op.ReadAp or Op.WriteAp or Op.SetAp ? 4 : 1)
         from @group in Enumerable.Range(0, 2)
         select new GicAccess(op, @group, at)).DistinctBy(a => (a.Register, a.IsWrite));
}
