namespace Conformance.Harness.Lockstep;

/// <summary>What a campaign is told as it goes.</summary>
/// <param name="Blocks">Blocks done.</param>
/// <param name="Instructions">Instructions under test done.</param>
/// <param name="Findings">Unexplained differences.</param>
/// <param name="Waived">Explained ones.</param>
public readonly record struct LockstepProgress(long Blocks, long Instructions, int Findings, int Waived);

/// <summary>Runs random blocks on two devices and compares what they make of them.</summary>
/// <param name="first">The reference.</param>
/// <param name="second">The other device.</param>
/// <param name="generator">Makes the blocks.</param>
public sealed class LockstepCampaign(LockstepTarget first, LockstepTarget second, BlockGenerator generator)
{
    private const int MostBlocks = 2048;
    private const int PrefixesAtOnce = 4000;
    private const int MaxFindings = 400;

    private static readonly Func<LockstepTarget, LockstepTarget, IReadOnlyList<LockstepWaiver>> s_waivers =
        static (a, b) => [.. LockstepWaiver.All.Where(w => w.AppliesTo(a) || w.AppliesTo(b))];

    private readonly BlockComparison _comparison = new(first.Features, second.Features, s_waivers(first, second));
    private readonly IReadOnlyList<LockstepWaiver> _waivers = s_waivers(first, second);
    private readonly List<Finding> _findings = [];

    public LockstepCoverage Coverage { get; } = new();

    /// <summary>Differences that nothing explains.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>How often each waiver was used.</summary>
    public SortedDictionary<string, int> Waived { get; } = new(StringComparer.Ordinal);

    /// <summary>Waivers of these devices whose divergence should have been seen and was not.</summary>
    public IReadOnlyList<LockstepWaiver> Stale => [.. _waivers.Where(w => w.IsStale(Coverage, Waived.GetValueOrDefault(w.Id)))];

    /// <summary>The campaign was ended because of too many findings.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>Runs blocks until as many instructions have run.</summary>
    /// <param name="from">Number of the first block.</param>
    /// <param name="stride">From one block's number to the next.</param>
    /// <param name="instructions">How many instructions under test.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellation">Ends the campaign.</param>
    public void Run(long from, int stride, long instructions, Action<LockstepProgress> progress, CancellationToken cancellation)
    {
        long blocks = 0;
        int size = (int)Math.Min(MostBlocks, Math.Max(1, instructions / 16));
        Task<LockstepBlock[]> next = Task.Run(() => Generate(from, stride, size), cancellation);
        while (Coverage.Instructions < instructions && !GaveUp)
        {
            cancellation.ThrowIfCancellationRequested();
            LockstepBlock[] batch = next.GetAwaiter().GetResult();
            blocks += batch.Length;
            long start = from + (blocks * stride);
            next = Task.Run(() => Generate(start, stride, size), cancellation);
            Batch(batch, cancellation);
            progress(new LockstepProgress(blocks, Coverage.Instructions, _findings.Count, Waived.Values.Sum()));
        }
    }

    private void Waive(LockstepWaiver waiver) => Waived[waiver.Id] = Waived.GetValueOrDefault(waiver.Id) + 1;

    private LockstepBlock[] Generate(long from, int stride, int count)
    {
        var blocks = new LockstepBlock[count];
        for (int i = 0; i < blocks.Length; i++)
        {
            blocks[i] = generator.Make(from + ((long)i * stride));
        }

        // Blocks of one context behind each other: writing its registers costs an emulator its translation caches.
        return [.. blocks.OrderBy(b => b.State.Context)];
    }

    private void Batch(IReadOnlyList<LockstepBlock> blocks, CancellationToken cancellation)
    {
        int slot = first.Slot;
        (IReadOnlyList<BlockResult>? a, IReadOnlyList<BlockResult>? b) = Both(blocks, cancellation);
        if (a is null || b is null)
        {
            Isolate(blocks, a is null ? first : second, cancellation);
            return;
        }

        List<LockstepBlock> suspects = [];
        for (int i = 0; i < blocks.Count; i++)
        {
            if (_comparison.Of(blocks[i], BlockEncoder.CodeOf(slot + i), a[i], b[i], Waive).Count == 0)
            {
                Coverage.Add(blocks[i], a[i], BlockEncoder.CodeOf(slot + i));
            }
            else
            {
                suspects.Add(blocks[i]);
            }
        }

        for (int i = 0; i < suspects.Count && !GaveUp;)
        {
            int count = 1;
            int prefixes = suspects[i].Steps.Count;
            while (i + count < suspects.Count && prefixes + suspects[i + count].Steps.Count <= PrefixesAtOnce)
            {
                prefixes += suspects[i + count++].Steps.Count;
            }

            Trace(suspects.GetRange(i, count), cancellation);
            i += count;
        }
    }

    private (IReadOnlyList<BlockResult>? First, IReadOnlyList<BlockResult>? Second) Both(
        IReadOnlyList<LockstepBlock> blocks, CancellationToken cancellation)
    {
        int slot = first.Slot;
        second.Slot = slot;
        Task<IReadOnlyList<BlockResult>?> other = Task.Run(() => second.Run(blocks, cancellation), cancellation);
        IReadOnlyList<BlockResult>? a = first.Run(blocks, cancellation);
        IReadOnlyList<BlockResult>? b = other.GetAwaiter().GetResult();
        first.Slot = second.Slot = slot + blocks.Count;
        return (a, b);
    }

    /// <summary>Finds the step at which each of some blocks begins to differ, by running all its prefixes.</summary>
    private void Trace(List<LockstepBlock> blocks, CancellationToken cancellation)
    {
        List<LockstepBlock> again = [];
        int slot = first.Slot;
        LockstepBlock[] prefixes = [.. blocks.SelectMany(b => Enumerable.Range(1, b.Steps.Count).Select(b.Prefix))];
        (IReadOnlyList<BlockResult>? a, IReadOnlyList<BlockResult>? b) = Both(prefixes, cancellation);
        if (a is null || b is null)
        {
            throw new InvalidOperationException("A device hung on the prefix of a block that it has run whole.");
        }

        int at = 0;
        foreach (LockstepBlock block in blocks)
        {
            int step = -1;
            IReadOnlyList<Difference> differences = [];
            for (int k = 0; k < block.Steps.Count && step < 0; k++)
            {
                differences = _comparison.Of(prefixes[at + k], BlockEncoder.CodeOf(slot + at + k), a[at + k], b[at + k], static _ => { });
                step = differences.Count > 0 ? k : -1;
            }

            BlockResult? before = step > 0 ? a[at + step - 1] : null;
            LockstepWaiver? waiver = step < 0 ? null : _waivers.FirstOrDefault(w => w.Explains(block.Steps[step], differences));
            if (waiver is null)
            {
                _findings.Add(new Finding(block, step, differences, before,
                    step < 0 ? null : a[at + step], step < 0 ? null : b[at + step], BlockEncoder.CodeOf(slot + at + Math.Max(0, step)), null));
                GaveUp = _findings.Count >= MaxFindings;
            }
            else
            {
                Waive(waiver);
            }

            // The rest of the block is looked at without that step.
            if (step >= 0)
            {
                again.Add(block.Without(step));
            }

            at += block.Steps.Count;
        }

        if (again.Count > 0 && !GaveUp)
        {
            Batch(again, cancellation);
        }
    }

    /// <summary>Finds the block that kills a device, by halves, and reports it.</summary>
    private void Isolate(IReadOnlyList<LockstepBlock> blocks, LockstepTarget dead, CancellationToken cancellation)
    {
        if (blocks.Count > 1)
        {
            int half = blocks.Count / 2;
            Batch([.. blocks.Take(half)], cancellation);
            if (!GaveUp)
            {
                Batch([.. blocks.Skip(half)], cancellation);
            }

            return;
        }

        LockstepBlock block = blocks[0];
        string last = dead.LastWords;
        for (int k = 1; k <= block.Steps.Count; k++)
        {
            (IReadOnlyList<BlockResult>? a, IReadOnlyList<BlockResult>? b) = Both([block.Prefix(k)], cancellation);
            if (a is null || b is null)
            {
                _findings.Add(new Finding(block, k - 1, [new Difference("end", $"{dead.Name} ended", last, "")], null,
                    a?[0], b?[0], BlockEncoder.CodeOf(first.Slot - 1), null));
                GaveUp = _findings.Count >= MaxFindings;
                Batch([block.Without(k - 1)], cancellation);
                return;
            }
        }

        _findings.Add(new Finding(block, -1, [new Difference("end", $"{dead.Name} ended", last, "")], null, null, null, 0, null));
    }
}
