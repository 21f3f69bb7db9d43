using Conformance.Harness.Programs;
using Conformance.Suites.Translation.Oracle;

namespace Conformance.Suites.Translation.Cases;

/// <summary>An address translation instruction.</summary>
/// <param name="Name">Its name without AT.</param>
/// <param name="Level">The level it translates for: the digit in the name.</param>
/// <param name="Write">It asks for write permission.</param>
/// <param name="BothStages">S12: stage 2 is applied to the result of stage 1.</param>
/// <param name="Pan">It looks at PSTATE.PAN.</param>
public sealed record AtInstruction(string Name, int Level, bool Write, bool BothStages, bool Pan)
{
    public static IReadOnlyList<AtInstruction> All { get; } =
    [
        new("S1E1R", 1, false, false, false), new("S1E1W", 1, true, false, false),
        new("S1E0R", 0, false, false, false), new("S1E0W", 0, true, false, false),
        new("S1E1RP", 1, false, false, true), new("S1E1WP", 1, true, false, true),
        new("S12E1R", 1, false, true, false), new("S12E1W", 1, true, true, false),
        new("S12E0R", 0, false, true, false), new("S12E0W", 0, true, true, false),
        new("S1E2R", 2, false, false, false), new("S1E2W", 2, true, false, false),
        new("S1E3R", 3, false, false, false), new("S1E3W", 3, true, false, false),
    ];

    /// <summary>AT name, X1.</summary>
    public uint Word { get; } = new Assembler(0).At(Name, Reg.X1).Words()[0];

    /// <summary>The regime that it uses (TR-130; for S12 see also Arm Architecture Registers, AT S12E1R).</summary>
    public Regime RegimeIn(World world) => Level switch
    {
        3 => Regime.El3,
        2 => world.RegimeOf(2),
        _ => world.IsHost ? Regime.El20 : Regime.El10,
    };

    /// <summary>What it asks (TR-131, TR-132): privileged forms have the privilege of the regime's own level.</summary>
    public MemoryAccess Access(World world, bool pan) =>
        new(Purpose.AddressTranslation, !Write, Write, Level == 0 ? 0 : RegimeIn(world).ControlLevel(), Pan && pan);

    /// <summary>All that it may answer.</summary>
    public IReadOnlyList<Answer> Answers(Walker walker, World world, ulong va, bool pan)
    {
        foreach (int rule in (ReadOnlySpan<int>)[130, 131, 133, 135])
        {
            walker.Rules.Cite(rule);
        }

        if (Pan)
        {
            walker.Rules.Cite(132);
        }

        if (BothStages && !(world.Stage2Enabled && world.Stage1Enabled(Regime.El10)))
        {
            walker.Rules.Cite(138);
        }

        return walker.AllAnswers(RegimeIn(world), va, Access(world, pan), BothStages);
    }
}
