namespace Conformance.Harness.Spec;

/// <summary>The state that decides an access: an implementation and the values of register fields by name.</summary>
/// <remarks>
/// Fields are named, not numbered, because the place of a field can depend on the layout in force (CPTR_EL2 with and
/// without HCR_EL2.E2H). A field that was never set is 0. Not thread safe.
/// </remarks>
public sealed class ArchState(Implementation implementation)
{
    private ulong[] _fields = new ulong[NameTable.Fields.Count];

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
        get => field < _fields.Length ? _fields[field] : 0;
        set
        {
            if (field >= _fields.Length)
            {
                Array.Resize(ref _fields, Math.Max(field + 1, NameTable.Fields.Count));
            }

            _fields[field] = value;
        }
    }

    public ArchState Clone()
    {
        var copy = new ArchState(Implementation);
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>Takes over all fields of another state; costs one array copy.</summary>
    public void CopyFrom(ArchState other)
    {
        if (_fields.Length != other._fields.Length)
        {
            _fields = new ulong[other._fields.Length];
        }

        other._fields.CopyTo(_fields, 0);
    }

    /// <summary>The fields that are not 0, by name, in ordinal order.</summary>
    public IReadOnlyList<KeyValuePair<string, ulong>> NonZero =>
        [.. Enumerable.Range(0, _fields.Length).Where(i => _fields[i] != 0)
            .Select(i => KeyValuePair.Create(NameTable.Fields.Name(i), _fields[i])).OrderBy(p => p.Key, StringComparer.Ordinal)];
}
