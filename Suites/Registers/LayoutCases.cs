using Conformance.Harness.Cases;
using Conformance.Harness.Spec;
using Conformance.Suites.Access;

namespace Conformance.Suites.Registers;

/// <summary>Each register that the highest level can write and read: which bits keep what is written.</summary>
/// <remarks>
/// Four instructions: keep the old value, write a pattern, read it, put the old value back. A RES0 bit is written as 0 and a
/// RES1 bit as 1, as software has to, so that both a hardwired and a writable reserved bit read as they should. It runs
/// at the highest level, where no control of a lower one acts; the few bits that act there are left as they are.
/// </remarks>
internal static class LayoutCases
{
    private const int Old = 0;
    private const int Written = 1;
    private const int Read = 2;

    private static readonly string[] s_notStored =
        ["SPSel", "DAIF", "NZCV", "PAN", "UAO", "DIT", "SSBS", "TCO", "ALLINT", "SVCR", "GCSPR"];

    internal static IEnumerable<Case> All(SuiteTarget target, ulong seed)
    {
        var access = AccessTarget.Of(target);
        foreach (string register in Readable(target).Where(r => CanSet(r, target)))
        {
            var bits = HeldBits.Of(register, access.Baseline);
            if (bits.Held == 0)
            {
                continue;
            }

            foreach ((string name, ulong pattern) in Patterns(register, seed))
            {
                ulong compare = bits.Held | bits.Zeros | bits.Ones;
                yield return Say.That($"layout/{register.ToLowerInvariant()}-{name}", $"{register} keeps what is written ({name}) in the bits that it has", Say.Rule(register))
                    .At(target.HighestLevel).X(Written, bits.Value(pattern))
                    .Code(a => a.Mrs(Old, register).Msr(register, Written).Isb().Mrs(Read, register).Msr(register, Old))
                    .Completes().SeesX(Read, bits.Value(pattern), compare)
                    .Build();
            }
        }
    }

    /// <summary>False for views of PSTATE.</summary>
    internal static bool IsStored(string register) => !s_notStored.Contains(register);

    /// <summary>The registers that the highest level can read under their own names, but for views of PSTATE.</summary>
    internal static IEnumerable<string> Readable(SuiteTarget target)
    {
        var access = AccessTarget.Of(target);
        return Names(target).Where(r => !s_notStored.Contains(r) && access.Home.CanSee(r, access.Baseline));
    }

    /// <summary>True when the executive can give the register a value before a case.</summary>
    internal static bool CanSet(string register, SuiteTarget target)
    {
        var access = AccessTarget.Of(target);
        return !s_notStored.Contains(register) && access.Home.CanSet(register, access.Baseline);
    }

    private static IEnumerable<(string Name, ulong Pattern)> Patterns(string register, ulong seed) =>
        [("ones", ulong.MaxValue), ("zeros", 0), ("pattern", new Dice(seed, register).Next())];

    private static IEnumerable<string> Names(SuiteTarget target) =>
        from info in RegisterFacts.Registers
        let range = info.Indices ?? (0, 0)
        from index in Enumerable.Range(range.Item1, range.Item2 - range.Item1 + 1)
        let name = info.NameAt(index)
        where !name.Contains('<', StringComparison.Ordinal) && Encodings.TryRegister(name, out _) && target.HighestLevel > 0
        select name;
}
