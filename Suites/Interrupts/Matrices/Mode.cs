using Conformance.Harness.Cases;

namespace Conformance.Suites.Interrupts.Matrices;

/// <summary>A level and its stack pointer: EL0t, EL1t, EL1h, … as SPSR_ELx.M names them.</summary>
internal readonly record struct Mode(int Level, bool Handler)
{
    internal static readonly Mode[] All = [new(0, false), new(1, false), new(1, true), new(2, false), new(2, true), new(3, false), new(3, true)];

    /// <summary>For ids.</summary>
    internal string Name => $"el{Level}{(Handler ? "h" : "t")}";
}

/// <summary>The Security state below EL3, as SCR_EL3 sets it (EX-009).</summary>
/// <param name="Name">For ids; empty for Non-secure.</param>
/// <param name="Bits">SCR_EL3.{NS, EEL2}.</param>
internal sealed record Security(string Name, ulong Bits)
{
    private const ulong All = ControlBits.Scr.NS | ControlBits.Scr.EEL2;

    internal static readonly Security NonSecure = new("", ControlBits.Scr.NS);

    private static readonly Security s_secure = new("-secure", 0);

    private static readonly Security s_secureEl2 = new("-secure-el2", ControlBits.Scr.EEL2);

    /// <summary>Those that a target has.</summary>
    internal static Security[] Of(SuiteTarget target) =>
        target.HighestLevel < 3 || target.Features.Has("FEAT_RME") ? [NonSecure]
        : target.Features.Has("FEAT_SEL2") ? [NonSecure, s_secure, s_secureEl2] : [NonSecure, s_secure];

    internal ulong In(ulong scr) => (scr & ~All) | Bits;
}
