using System.Collections.Frozen;

namespace Conformance.Cpu.SystemRegisters;

/// <summary>All registers and system instructions of the model.</summary>
public static class Registers
{
    private static readonly Declaration[] s_declarations =
    [
        .. ControlRegisters.All,
        .. ExceptionRegisters.All,
        .. TranslationRegisters.All,
        .. ThreadRegisters.All,
        .. SpecialPurpose.All,
        .. IdRegisters.All,
        .. PauthKeyRegisters.All,
        .. DebugRegisters.All,
        .. PmuRegisters.All,
        .. TimerRegisters.All,
        .. GicCpuRegisters.All,
        .. GicHypervisorRegisters.All,
        .. RasRegisters.All,
        .. SystemInstructions.All,
    ];

    private static readonly FrozenDictionary<string, SysReg> s_byName = s_declarations
        .Where(d => d.Register is not SystemOperation)
        .SelectMany(d => d.Accessors.Select(a => (a.Name, d.Register)).Concat(d.Registers.Select(r => (r.Name, Register: r))))
        .DistinctBy(named => named.Name)
        .ToFrozenDictionary(named => named.Name, named => named.Register, StringComparer.Ordinal);

    /// <summary>Every register, system instructions included, in the order of declaration.</summary>
    internal static IReadOnlyList<SysReg> All { get; } = [.. s_declarations.SelectMany(d => d.Registers)];

    /// <summary>Every name in the instruction set. Index 0 stands for encodings that have none.</summary>
    internal static IReadOnlyList<Accessor> Accessors { get; } =
        [new Accessor("", (0, 0, 0, 0, 0), All[0]) { Directions = Directions.None }, .. s_declarations.SelectMany(d => d.Accessors)];

    private static readonly ushort[] s_byKey = IndexByKey();

    /// <summary>The names that <see cref="Find"/> knows, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_byName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The register that has this name, <c>HCR_EL2</c>, or this alias, <c>SCTLR_EL12</c>; null if there is none.</summary>
    public static SysReg? Find(string name) => s_byName.GetValueOrDefault(name);

    internal static SysReg Get(string name) =>
        Find(name) ?? throw new ArgumentException($"No register is called {name}.", nameof(name));

    /// <summary>Index into <see cref="Accessors"/> of an encoding; 0 when nothing is declared there.</summary>
    internal static int IndexOf(int key, bool read) => s_byKey[key + (read ? SysEncoding.Keys : 0)];

    private static ushort[] IndexByKey()
    {
        ushort[] index = new ushort[2 * SysEncoding.Keys];
        for (int i = 1; i < Accessors.Count; i++)
        {
            if ((Accessors[i].Directions & Directions.Write) != 0)
            {
                index[Accessors[i].Encoding.Key] = (ushort)i;
            }

            if ((Accessors[i].Directions & Directions.Read) != 0)
            {
                index[Accessors[i].Encoding.Key + SysEncoding.Keys] = (ushort)i;
            }
        }

        return index;
    }
}
