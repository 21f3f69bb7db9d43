namespace Conformance.Harness.Lockstep;

/// <summary>How often an encoding has run.</summary>
public sealed class EncodingCount
{
    /// <summary>Words executed, or taken as UNDEFINED by both devices.</summary>
    public long Runs { get; set; }

    /// <summary>How many of them took an exception, by ESR_ELx.EC.</summary>
    public SortedDictionary<int, long> Exceptions { get; } = [];
}

/// <summary>Counts instructions and exceptions per encoding.</summary>
public sealed class LockstepCoverage
{
    /// <summary>The name under which words that belong to no encoding are counted.</summary>
    public const string Unallocated = "(unallocated)";

    private readonly Dictionary<string, EncodingCount> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, EncodingCount> Counts => _counts;

    /// <summary>Instructions under test that have run.</summary>
    public long Instructions { get; private set; }

    /// <summary>Words executed in all, with those that only prepare.</summary>
    public long Words { get; private set; }

    /// <summary>Exceptions taken.</summary>
    public long Exceptions { get; private set; }

    public EncodingCount Of(string name)
    {
        if (!_counts.TryGetValue(name, out EncodingCount? count))
        {
            _counts.Add(name, count = new EncodingCount());
        }

        return count;
    }

    /// <summary>Counts a block on which both devices agree.</summary>
    /// <param name="block">The block.</param>
    /// <param name="result">What a device made of it.</param>
    /// <param name="code">Address of its first instruction.</param>
    public void Add(LockstepBlock block, BlockResult result, ulong code)
    {
        int words = 0;
        int next = 0;
        foreach (LockstepStep step in block.Steps)
        {
            ulong from = code + (4 * (ulong)(words + step.Main));
            EncodingCount count = Of(step.Encoding?.Name ?? Unallocated);
            bool lost = false;
            while (next < result.ExceptionCount && result.Exception(next) is var exception && Place(exception) < from + 4)
            {
                if (Place(exception) == from)
                {
                    count.Exceptions[exception.Class] = count.Exceptions.GetValueOrDefault(exception.Class) + 1;
                }

                Exceptions++;
                next++;
                lost |= exception.Class is >= 0x20 and <= 0x22;
            }

            count.Runs++;
            Instructions++;
            words += step.Words.Length;
            Words += step.Words.Length;
            if (lost || (next < result.ExceptionCount && result.Exception(next).Class is >= 0x20 and <= 0x22))
            {
                return; // the PC was lost here, which ended the block
            }
        }
    }

    private static ulong Place(SeenException exception) => exception.Class is 0x15 or 0x16 or 0x17 ? exception.Elr - 4 : exception.Elr;
}
