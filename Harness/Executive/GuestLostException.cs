namespace Conformance.Harness.Executive;

/// <summary>A guest that can no longer be reached, not even its memory: nothing is known of the batch it was given.</summary>
/// <param name="seen">What was seen, in words.</param>
public sealed class GuestLostException(string seen) : Exception(seen);
