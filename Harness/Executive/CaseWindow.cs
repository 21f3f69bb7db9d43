using Conformance.Harness.Cases;

namespace Conformance.Harness.Executive;

/// <summary>Some consecutive cases on their way through the executive, and how to get at what was seen of each.</summary>
internal sealed class CaseWindow
{
    private readonly List<int> _places = [];
    private readonly List<Case> _sent = [];

    /// <param name="cases">The cases.</param>
    /// <param name="refuses">Says why a case cannot go to the guest, or null.</param>
    internal CaseWindow(IReadOnlyList<Case> cases, Func<Case, string?> refuses)
    {
        Observations = new Func<Observation>[cases.Count];
        for (int i = 0; i < cases.Count; i++)
        {
            if (refuses(cases[i]) is { } reason)
            {
                Observations[i] = () => new Observation.Refused(reason);
            }
            else
            {
                _places.Add(i);
                _sent.Add(cases[i]);
            }
        }
    }

    /// <summary>The cases that go to the guest.</summary>
    internal IReadOnlyList<Case> Sent => _sent;

    /// <summary>The first cases as the guest reads them, encoded ahead of time; null when none is sent.</summary>
    internal Batch? First { get; set; }

    /// <summary>One for each case of the window; those of cases that were sent are there when the guest has run them.</summary>
    internal Func<Observation>[] Observations { get; }

    /// <summary>Takes what was seen of a case that was sent.</summary>
    internal void Report(int sent, Func<Observation> seen) => Observations[_places[sent]] = seen;

    /// <summary>Nothing more will be seen: the cases without an observation get this end.</summary>
    internal void Close(string why)
    {
        for (int i = 0; i < Observations.Length; i++)
        {
            Observations[i] ??= () => new Observation.Died(why);
        }
    }
}
