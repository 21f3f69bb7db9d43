namespace Conformance.Harness.Executive;

/// <summary>A guest with the executive in its RAM: something that can be started, watched and thrown away.</summary>
public interface IExecutiveGuest : IDisposable
{
    /// <summary>The guest's RAM.</summary>
    IGuestRam Ram { get; }

    /// <summary>
    /// Lets the guest run until <paramref name="done"/> is true. <paramref name="progress"/> is any number that changes as
    /// long as the guest gets on.
    /// </summary>
    /// <returns>How it ended.</returns>
    GuestEnd RunUntil(Func<bool> done, Func<int> progress, CancellationToken cancellation);

    /// <summary>Watches a guest that is done for a moment longer: does it die of what it was told to do?</summary>
    GuestEnd Linger();

    /// <summary>A guest that dies is gone at the instruction that killed it, so the case in progress is the one.</summary>
    bool DiesAtOnce => false;

    /// <summary>What the hypervisor below the guest said against itself since it was last asked, or null.</summary>
    string? Complaint() => null;
}

/// <summary>How a guest's run ended.</summary>
/// <param name="Kind">Done, hung, or died.</param>
/// <param name="Seen">For a guest that hung or died: what was seen, in words.</param>
public readonly record struct GuestEnd(GuestEndKind Kind, string Seen)
{
    /// <summary>For a guest that died: the number of progress at that moment, where it has gone on since; null where it has not.</summary>
    public int? Progress { get; init; }
}

/// <summary>See <see cref="GuestEnd"/>.</summary>
public enum GuestEndKind
{
    Done,
    Hung,
    Died,
}
