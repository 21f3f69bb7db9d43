using Conformance.Harness.Spec;

namespace Conformance.Suites.Access;

/// <summary>What a case may put into a register and what it may expect to find there.</summary>
/// <param name="Vary">Bits that may have any value without disturbing the machine or the way back from the case.</param>
/// <param name="Compare">Bits that hold what was written.</param>
internal readonly record struct RegisterPlan(ulong Vary, ulong Compare)
{
    /// <summary>The plan of a register in a state; nothing varies and nothing is compared where <see cref="SafeBits"/> says so.</summary>
    /// <param name="register">Architectural name.</param>
    /// <param name="value">Its neutral value.</param>
    /// <param name="state">Implementation and layout.</param>
    internal static RegisterPlan Of(string register, ulong value, ArchState state)
    {
        ulong plain = RegisterValues.PlainMask(register, value, state);
        SafeBits.Entry safe = SafeBits.Of(register);
        return new RegisterPlan(plain & safe.Vary, (plain | RegisterValues.ReservedMask(register, value, state)) & safe.Compare);
    }
}
