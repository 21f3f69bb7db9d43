using Conformance.Harness.Cases;
using Conformance.Harness.Spec;

namespace Conformance.Suites.Access;

/// <summary>Puts a set-up and the leaves that are allowed after it together into a case.</summary>
internal static class AccessCases
{
    /// <summary>A case that the caller gives id, title, rules and needs.</summary>
    /// <param name="described">A case with its id, title and rules.</param>
    /// <param name="setup">What there is before the instruction.</param>
    /// <param name="leaves">The allowed leaves; each may stand for several outcomes.</param>
    internal static Case Build(CaseBuilder described, AccessSetup setup, IReadOnlyList<Leaf> leaves)
    {
        foreach (RegisterValue register in setup.Registers)
        {
            described.Set(register.Name, register.Value);
        }

        if (leaves.Any(l => l is Leaf.Memory))
        {
            MemoryFill fill = AccessSetup.VncrFill;
            described.Fill(fill.Address, fill.Length, fill.First, fill.Stride);
        }

        described.Pstate(setup.Pstate).Code([.. setup.Code]);
        foreach (RegisterValue general in setup.General)
        {
            described.X(general);
        }

        var expectation = new AccessExpectation(setup);
        foreach (Outcome outcome in leaves.SelectMany(expectation.Outcomes))
        {
            described.Allow(outcome);
        }

        return described.Build();
    }
}
