namespace Conformance.Harness.Spec;

/// <summary>Gives each name of one kind (state fields, features, choices) a small number, once and for the whole process.</summary>
/// <remarks>Numbers make a state an array; they never leave the process, so their order has no meaning.</remarks>
public sealed class NameTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private volatile string[] _names = new string[1024];
    private int _count;

    /// <summary>State fields: <c>HCR_EL2.NV</c>, <c>eff.PMSCR_EL2.EE</c>, or a register as a whole (<c>PMUACR_EL1</c>).</summary>
    public static NameTable Fields { get; } = new();

    /// <summary>Features: <c>FEAT_NV2</c>.</summary>
    public static NameTable Features { get; } = new();

    /// <summary>Booleans of an implementation: <c>HaveEL3</c>, <c>?NV1_RAZ</c>.</summary>
    public static NameTable Choices { get; } = new();

    /// <summary>Numbers of an implementation: <c>$NUM_BREAKPOINTS</c>.</summary>
    public static NameTable Constants { get; } = new();

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    /// <summary>The number of a name, new if the name is.</summary>
    public int Id(string name)
    {
        lock (_lock)
        {
            if (!_ids.TryGetValue(name, out int id))
            {
                id = _count++;
                _ids.Add(name, id);
                string[] names = _names;
                if (id == names.Length)
                {
                    Array.Resize(ref names, 2 * id);
                }

                names[id] = name;
                _names = names;
            }

            return id;
        }
    }

    public string Name(int id) => _names[id];
}
