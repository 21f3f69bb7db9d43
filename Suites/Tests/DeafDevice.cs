using Conformance.Harness.Cases;
using Conformance.Harness.Devices;

namespace Conformance.Suites.Tests;

/// <summary>Cases as a device would run them on which a control has no effect, or has one all the time.</summary>
/// <remarks>The expectation stays that of the case: if the control matters, a device that is deaf to it fails.</remarks>
internal static class DeafDevice
{
    /// <summary>The case with some bits of a register, or of PSTATE, always 1 or always 0; null if that changes nothing.</summary>
    /// <param name="c">The case.</param>
    /// <param name="register">A system register, or <c>PSTATE</c>.</param>
    /// <param name="set">Bits that are always 1.</param>
    /// <param name="clear">Bits that are always 0.</param>
    internal static Case? Deaf(Case c, string register, ulong set, ulong clear)
    {
        bool changed = false;
        Case deaf = c with
        {
            Registers = Of(c.Registers),
            Steps = [.. c.Steps.Select(s => s with { Registers = Of(s.Registers), Pstate = register == "PSTATE" ? Bits(s.Pstate) : s.Pstate })],
        };
        return changed ? deaf : null;

        IReadOnlyList<RegisterValue> Of(IReadOnlyList<RegisterValue> registers) =>
            [.. registers.Select(r => r.Name == register ? r with { Value = Bits(r.Value) } : r)];

        ulong Bits(ulong value)
        {
            ulong bits = (value & ~clear) | set;
            changed |= bits != value;
            return bits;
        }
    }

    /// <summary>Some case that the control concerns fails. They are tried in a fixed order that jumps about, until one does.</summary>
    internal static bool IsSeen(IDevice device, IReadOnlyList<Case> cases, string register, ulong set, ulong clear)
    {
        const int jump = 7919; // a prime that divides no number of cases here
        Queue<Case> sent = new();
        return device.Run(Concerned(), CancellationToken.None).Any(seen => Judge.Of(sent.Dequeue(), seen).Verdict == Verdict.Fail);

        IEnumerable<Case> Concerned()
        {
            for (int n = 0; n < cases.Count; n++)
            {
                Case c = cases[(int)((long)n * jump % cases.Count)];
                if (Deaf(c, register, set, clear) is { } deaf)
                {
                    sent.Enqueue(c);
                    yield return deaf;
                }
            }
        }
    }
}
