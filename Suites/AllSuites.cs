using Conformance.Harness.Cases;

namespace Conformance.Suites;

/// <summary>The suites, in the order in which they run and are reported. A new suite is one line here.</summary>
public static class AllSuites
{
    public static IReadOnlyList<ISuite> All { get; } =
    [
        new Exceptions.ExceptionsSuite(),
        new Interrupts.InterruptsSuite(),
        new Access.AccessSuite(),
        new Nv2.Nv2Suite(),
        new Registers.RegistersSuite(),
        new Translation.TranslationSuite(),
        new Timers.TimersSuite(),
        new Instructions.InstructionsSuite(),
        new ListRegisters.ListRegistersSuite(),
        new GuestHypervisor.GuestHypervisorSuite(),
    ];
}
