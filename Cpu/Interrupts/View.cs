namespace Conformance.Cpu.Interrupts;

/// <summary>A register of the CPU interface as instructions see it: what it shows, and what reading and writing it does.</summary>
/// <param name="Show">The value, without any effect.</param>
/// <param name="Put">What a write does; null for a read-only register.</param>
/// <param name="Take">What a read by an instruction does and returns; null when it only shows.</param>
internal sealed record View(Func<Core, ulong> Show, Action<Core, ulong>? Put = null, Func<Core, ulong>? Take = null)
{
    /// <summary>A write-only register.</summary>
    internal static View Command(Action<Core, ulong> put) => new(static _ => 0, put);

    /// <summary>What a read by an instruction returns.</summary>
    internal ulong Read(Core core)
    {
        if (Take is null)
        {
            return Show(core);
        }

        ulong value = Take(core);
        core.LinesChanged();
        return value;
    }

    internal void Write(Core core, ulong value)
    {
        Put?.Invoke(core, value);
        core.LinesChanged();
    }
}
