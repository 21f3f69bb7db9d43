using Conformance.Harness.Spec.Conditions;

namespace Conformance.Harness.Spec.Solving;

/// <summary>Finds field values under which a list of folded conditions holds, changing as little as possible.</summary>
/// <remarks>
/// Backtracking: take the undecided condition with the fewest free fields, give its first free field a value (the preferred
/// one first), and go on until every condition is decided. Complete over the values of <see cref="FieldDomains"/>.
/// </remarks>
internal sealed class Solver
{
    private readonly Condition[] _conditions;
    private readonly IReadOnlyList<int>[] _fields;
    private readonly FieldDomains _domains;
    private readonly Func<int, ulong> _preferred;
    private readonly PartialState _state = new();
    private int _budget;

    private Solver(IReadOnlyList<Condition> conditions, Func<int, int> width, Func<int, ulong> preferred, int budget)
    {
        _conditions = [.. conditions];
        _fields = [.. _conditions.Select(FieldList.Of)];
        _domains = new FieldDomains(_conditions, width);
        _preferred = preferred;
        _budget = budget;
    }

    /// <summary>The fields that had to be decided, or null if there is no solution.</summary>
    /// <param name="conditions">All must hold.</param>
    /// <param name="width">Width of a field in bits.</param>
    /// <param name="preferred">The value to try first.</param>
    /// <param name="budget">Most assignments to try; a search that needs more is a bug in the caller's conditions.</param>
    /// <exception cref="InvalidOperationException">The budget ran out.</exception>
    internal static IReadOnlyDictionary<int, ulong>? Solve(
        IReadOnlyList<Condition> conditions, Func<int, int> width, Func<int, ulong> preferred, int budget = 200_000)
    {
        var solver = new Solver(conditions, width, preferred, budget);
        return solver.Search() ? new Dictionary<int, ulong>(solver._state.Values) : null;
    }

    private bool Search()
    {
        if (!TryNext(out int field))
        {
            return false;
        }

        if (field < 0)
        {
            return true;
        }

        ulong first = _preferred(field);
        if (Try(field, first))
        {
            return true;
        }

        foreach (ulong value in _domains.Of(field))
        {
            if (value != first && Try(field, value))
            {
                return true;
            }
        }

        _state.Unset(field);
        return false;
    }

    private bool Try(int field, ulong value)
    {
        if (--_budget < 0)
        {
            throw new InvalidOperationException("The search for a state does not end.");
        }

        _state.Set(field, value);
        return Search();
    }

    /// <summary>False if a condition fails already; else the field to decide next, or -1 if nothing is open.</summary>
    private bool TryNext(out int field)
    {
        field = -1;
        int fewest = int.MaxValue;
        for (int i = 0; i < _conditions.Length; i++)
        {
            bool? decided = _conditions[i].Decide(_state);
            if (decided == false)
            {
                return false;
            }

            if (decided is null)
            {
                int free = 0;
                int candidate = -1;
                foreach (int f in _fields[i])
                {
                    if (!_state.TryGet(f, out _))
                    {
                        candidate = candidate < 0 ? f : candidate;
                        free++;
                    }
                }

                if (free < fewest)
                {
                    (fewest, field) = (free, candidate);
                }
            }
        }

        return true;
    }
}
