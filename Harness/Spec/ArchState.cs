namespace Conformance.Harness.Spec;

/// <summary>The state that decides an access: an implementation and the values of register fields by name.</summary>
/// <remarks>
/// Fields are named, not numbered, because the place of a field can depend on the layout in force (CPTR_EL2 with and
/// without HCR_EL2.E2H). A field that was never set is 0. Not thread safe.
/// </remarks>
public sealed class ArchState(Implementation implementation)
{
    private const int PageSize = 32;

    private static readonly ulong[] s_zero = new ulong[PageSize];

    /// <summary>The values, a page at a time. A page may be shared with other states until one of them writes to it.</summary>
    private ulong[][] _pages = [];

    /// <summary>Which pages no other state shares.</summary>
    private bool[] _owned = [];

    public Implementation Implementation { get; } = implementation;

    /// <summary>The value of a field: <c>state["HCR_EL2.NV"] = 1</c>.</summary>
    public ulong this[string field]
    {
        get => this[NameTable.Fields.Id(field)];
        set => this[NameTable.Fields.Id(field)] = value;
    }

    /// <summary>The value of a field by its number in <see cref="NameTable.Fields"/>: the fast way.</summary>
    public ulong this[int field]
    {
        get
        {
            int page = field / PageSize;
            return page < _pages.Length ? _pages[page][field % PageSize] : 0;
        }

        set
        {
            int page = field / PageSize;
            if (page >= _pages.Length || !_owned[page])
            {
                if (this[field] == value)
                {
                    return;
                }

                Own(page);
            }

            _pages[page][field % PageSize] = value;
        }
    }

    /// <summary>A state with the same fields. Costs little: what neither of the two changes is shared.</summary>
    public ArchState Clone()
    {
        var copy = new ArchState(Implementation);
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>Takes over all fields of another state.</summary>
    public void CopyFrom(ArchState other)
    {
        if (_pages.Length != other._pages.Length)
        {
            _pages = new ulong[other._pages.Length][];
            _owned = new bool[_pages.Length];
        }

        other._pages.CopyTo(_pages, 0);
        Array.Clear(_owned);
        Array.Clear(other._owned); // from now on its pages are shared too
    }

    /// <summary>The fields that are not 0, by name, in ordinal order.</summary>
    public IReadOnlyList<KeyValuePair<string, ulong>> NonZero =>
        [.. Enumerable.Range(0, _pages.Length * PageSize).Where(i => this[i] != 0)
            .Select(i => KeyValuePair.Create(NameTable.Fields.Name(i), this[i])).OrderBy(p => p.Key, StringComparer.Ordinal)];

    private void Own(int page)
    {
        if (page >= _pages.Length)
        {
            int before = _pages.Length;
            int pages = Math.Max(page + 1, (NameTable.Fields.Count + PageSize - 1) / PageSize);
            Array.Resize(ref _pages, pages);
            Array.Resize(ref _owned, pages);
            Array.Fill(_pages, s_zero, before, pages - before);
        }

        _pages[page] = [.. _pages[page]];
        _owned[page] = true;
    }
}
