namespace Conformance.Suites.Translation.Oracle;

/// <summary>Translates addresses by the rules: stage 1, stage 2, permissions, attributes, faults, updates of descriptors.</summary>
/// <remarks>
/// Written from <c>TR-001</c> to <c>TR-139</c>; it knows nothing of any device. Where the documents leave a choice it asks
/// <see cref="Choices"/>, so that all permitted answers can be had one after the other (<see cref="AllAnswers"/>). The rules
/// that an answer rests on are cited in <see cref="Rules"/>.
/// </remarks>
public sealed partial class Walker(World world)
{
    private readonly Choices _choices = new();
    private readonly List<DescriptorUpdate> _updates = [];
    private MemoryAttributes _descriptor;

    /// <summary>The rules that were needed since they were last cleared.</summary>
    public RuleSet Rules { get; } = new();

    /// <summary>Circumstances that were met since they were last cleared.</summary>
    public Trait Traits { get; set; }

    /// <summary>Every permitted answer, each once; the first is the one of the shared pseudocode where it has one.</summary>
    /// <param name="regime">The regime.</param>
    /// <param name="va">The address, with its tag.</param>
    /// <param name="access">The access.</param>
    /// <param name="outputStage2">Stage 2 is applied to the output of stage 1: always, but for AT S1E1* and S1E0*.</param>
    public IReadOnlyList<Answer> AllAnswers(Regime regime, ulong va, MemoryAccess access, bool outputStage2 = true)
    {
        Defect? defect = world.Facts.Defect;
        if (defect?.Access is { } change)
        {
            access = change(access);
        }

        IReadOnlyList<Answer> answers = Permitted(regime, va, access, outputStage2);
        return defect?.Answer is { } distort ? [.. answers.Select(distort)] : answers;
    }

    private List<Answer> Permitted(Regime regime, ulong va, MemoryAccess access, bool outputStage2)
    {
        _choices.Begin(Choice.None);
        Answer first = Translate(regime, va, access, outputStage2);
        if (_choices.Asked == Choice.None)
        {
            return [first];
        }

        List<Answer> answers = [first];
        HashSet<Choice> tried = [Choice.None];
        Queue<Choice> open = new();
        Widen(Choice.None);
        while (open.TryDequeue(out Choice made))
        {
            _choices.Begin(made);
            Answer other = Translate(regime, va, access, outputStage2);
            if (!answers.Exists(a => a.Same(other)))
            {
                answers.Add(other);
            }

            Widen(made);
        }

        return answers;

        // One more second alternative at a time, as far as anybody asked for it.
        void Widen(Choice made)
        {
            for (int bit = 1; bit <= (int)_choices.Asked; bit <<= 1)
            {
                if (((int)_choices.Asked & bit) != 0 && tried.Add(made | (Choice)bit))
                {
                    open.Enqueue(made | (Choice)bit);
                }
            }
        }
    }

    private Answer Translate(Regime regime, ulong va, MemoryAccess access, bool outputStage2)
    {
        _updates.Clear();
        (Fault? fault, ulong address, MemoryAttributes attributes, _descriptor) = Stage1(regime, va, access);
        if (fault is null && outputStage2 && regime == Regime.El10 && world.Stage2Enabled)
        {
            Cite(60);
            bool updated = _updates.Count > 0;
            (fault, address, attributes) = Stage2(address, access, attributes);
            if (updated && fault is not null)
            {
                Cite(73);
            }
        }
        else if (fault is null)
        {
            Cite(8);
        }

        // TR-068, TR-073, TR-137: only an access that is performed makes its updates certain.
        bool certain = fault is null && access.Purpose is not (Purpose.AddressTranslation or Purpose.Clean or Purpose.Invalidate or Purpose.InstructionCache);
        return new Answer
        {
            Fault = fault,
            Address = address,
            Attributes = attributes,
            Descriptor = _descriptor,
            Updates = _updates.Count == 0 ? [] : [.. _updates.Select(u => u with { Certain = u.Certain && certain })],
        };
    }

    private void Cite(int rule) => Rules.Cite(rule);

    /// <summary>WnR before any permission is known: the read of an atomic comes first (TR-104, TR-105).</summary>
    private static bool Direction(MemoryAccess access) => access.Write && !access.Read;
}
