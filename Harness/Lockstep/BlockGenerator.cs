using Conformance.Harness.Spec.Instructions;
using Layout = Conformance.Harness.Lockstep.Guest.LockstepLayout;

namespace Conformance.Harness.Lockstep;

/// <summary>Makes the blocks of a campaign: block n is a function of the seed and n alone.</summary>
public sealed class BlockGenerator(EncodingPool pool, ulong seed, int stepsPerBlock)
{
    private const int Tries = 200;

    /// <summary>Behind these three encodings stand hundreds of registers and operations.</summary>
    private const int SystemShare = 8;

    private const uint Nop = 0xd503_201f;

    private static readonly int[] s_levels = [0, 1, 2, 3];
    private static readonly int[] s_levelsWithTge = [0, 2, 3];

    private readonly IReadOnlyList<InstructionEncoding> _choices =
    [
        .. pool.Implemented.SelectMany(e => Enumerable.Repeat(e, e.Mnemonic is "SYS" || e.Group == "control.systemmove" ? SystemShare : 1)),
    ];

    public LockstepBlock Make(long number)
    {
        // Mixed twice: neighbouring seeds of a SplitMix give the same numbers, shifted by one.
        var random = new SplitMix(new SplitMix(new SplitMix(seed).Next() ^ (ulong)number).Next());
        BlockState state = State(random);
        var constants = new ulong[BlockEncoder.PoolBytes / 8];
        for (int i = 0; i < constants.Length; i++)
        {
            constants[i] = random.Percent(25) ? RandomState.General(random) : RandomState.Vector(random);
        }

        var system = new SystemSteps(random, pool.System, (int)(state.Pstate >> 2) & 3, LockstepContexts.HasTge(state.Context));
        var maker = new StepMaker(random, LockstepContexts.HasMmu(state.Context), system);
        List<LockstepStep> steps = [];
        int words = 0;
        while (steps.Count < stepsPerBlock && !system.HasLeft)
        {
            LockstepStep step = Step(random, maker, BlockEncoder.PoolBytes + (4 * words));
            if (words + step.Words.Length > BlockEncoder.MaxWords)
            {
                break;
            }

            words += step.Words.Length;
            steps.Add(step);
        }

        return new LockstepBlock(number, state, constants, steps);
    }

    private static BlockState State(SplitMix random)
    {
        int context = random.Below(LockstepContexts.Count);
        int level = random.Pick(LockstepContexts.HasTge(context) ? s_levelsWithTge : s_levels);
        var state = new BlockState
        {
            Context = context,
            Fpcr = RandomState.Fpcr(random),
            Fpsr = random.Next() & 0x0800_009f,
            MemorySeed = random.Next(),
            Pstate = ((ulong)level << 2) | (level > 0 ? random.Next() & 1 : 0) | 0x3c0 // M, DAIF
                | (random.Next() & 0xf000_0000) // NZCV
                | (random.Next() & 0x0180_1000) // DIT, UAO, SSBS
                | (random.Percent(12) ? 1ul << 22 : 0), // PAN, with which EL1 does not reach the window
        };
        for (int i = 0; i < 31; i++)
        {
            state.General[i] = RandomState.General(random);
        }

        for (int i = 0; i < 64; i++)
        {
            state.Vector[i] = RandomState.Vector(random);
        }

        for (int i = 0; i < state.StackPointers.Length; i++)
        {
            state.StackPointers[i] = Layout.Window + 0x800;
        }

        return state;
    }

    private LockstepStep Step(SplitMix random, StepMaker maker, int offset)
    {
        int kind = random.Below(100);
        return kind < 2 && pool.WithUnallocated ? Unallocated(random)
            : pool.Implemented.Count == 0 || (kind < 4 && pool.Absent.Count > 0) ? Absent(random)
            : Instruction(random, maker, offset);
    }

    private LockstepStep Instruction(SplitMix random, StepMaker maker, int offset)
    {
        for (int tries = 0; tries < Tries; tries++)
        {
            InstructionEncoding encoding = random.Pick(_choices);
            bool undefined = random.Percent(5);
            for (int i = 0; i < 40; i++)
            {
                uint word = WordOf(encoding, random);
                if (!pool.IsComparable(word, out InstructionEncoding? found, out bool executes) || found != encoding || (!executes && !undefined && i < 30))
                {
                    continue;
                }

                LockstepStep? step = executes ? maker.Make(word, encoding, offset) : new LockstepStep([word], 0, encoding);
                if (step is not null && (step.Word == word || StillThere(step, encoding)))
                {
                    return step;
                }
            }
        }

        return new LockstepStep([Nop], 0, pool.Table.Find(Nop)); // only WFI was asked for, and this is EL3
    }

    /// <summary>Fields that the step has set have not made another instruction of it.</summary>
    private bool StillThere(LockstepStep step, InstructionEncoding encoding) =>
        pool.IsComparable(step.Word, out InstructionEncoding? found, out bool executes) && found == encoding && executes;

    private LockstepStep Absent(SplitMix random)
    {
        for (int i = 0; i < Tries; i++)
        {
            InstructionEncoding encoding = random.Pick(pool.Absent);
            uint word = WordOf(encoding, random);
            if (pool.IsComparable(word, out InstructionEncoding? found, out bool executes) && found == encoding && !executes)
            {
                return new LockstepStep([word], 0, encoding);
            }
        }

        return Unallocated(random);
    }

    /// <summary>A word that belongs to no encoding: anything, or one bit beside an encoding.</summary>
    private LockstepStep Unallocated(SplitMix random)
    {
        while (true)
        {
            uint word = random.Percent(50)
                ? (uint)random.Next()
                : WordOf(random.Pick(pool.Implemented), random) ^ (1u << random.Below(32));
            if (pool.Table.Find(word) is null)
            {
                return new LockstepStep([word], 0, null);
            }
        }
    }

    private static uint WordOf(InstructionEncoding encoding, SplitMix random)
    {
        InstructionPattern pattern = encoding.Pattern;
        uint free = ~(pattern.Mask | pattern.Should);
        uint word = pattern.Value | pattern.ShouldValue | ((uint)random.Next() & free);
        return word;
    }
}
