using Conformance.Harness.Cases.AccessLines;

namespace Conformance.Harness.Cases;

/// <summary>One line of a case file: a whole case, or an access that becomes a case for a device. A closed set.</summary>
public abstract record CaseEntry(string Id)
{
    /// <summary>A case as it stands.</summary>
    public sealed record Whole(Case Case) : CaseEntry(Case.Id);

    /// <summary>An access line; the access suite makes a case of it.</summary>
    public sealed record Access(AccessLine Line) : CaseEntry(Line.Id);
}
