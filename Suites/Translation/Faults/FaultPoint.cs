using System.Globalization;
using Conformance.Suites.Translation.Oracle;

namespace Conformance.Suites.Translation.Faults;

/// <summary>One cell of the table of faults: a status code with its level, the stage that finds it, and the access that meets it.</summary>
/// <param name="Kind">Kind of fault.</param>
/// <param name="Level">Level; 0 for an Alignment fault.</param>
/// <param name="Stage">Which stage.</param>
/// <param name="Access"><c>read</c>, <c>write</c>, <c>fetch</c> or <c>at</c>.</param>
public sealed record FaultPoint(FaultKind Kind, int Level, FaultStage Stage, string Access)
{
    /// <summary>The accesses that are counted.</summary>
    public static IReadOnlyList<string> Accesses { get; } = ["read", "write", "fetch", "at"];

    private static readonly FaultKind[] s_kinds = Enum.GetValues<FaultKind>();
    private static readonly string[,,,] s_names = Names();

    /// <summary>The rule id of the cell: <c>fault translation-2 stage-1 read</c>.</summary>
    public string Name => s_names[Array.IndexOf(s_kinds, Kind), Level, (int)Stage, IndexOf(Access)];

    /// <summary>The rule id for a fault; empty when the access is not one of those that are counted.</summary>
    public static string Rule(Fault fault, string access)
    {
        int index = IndexOf(access);
        FaultStage stage = fault.OnWalk ? FaultStage.Walk : fault.Stage2 ? FaultStage.Two : FaultStage.One;
        return index < 0 ? "" : s_names[Array.IndexOf(s_kinds, fault.Kind), fault.Level, (int)stage, index];
    }

    /// <summary>The cells, in the order of the table.</summary>
    internal static IEnumerable<FaultPoint> All()
    {
        foreach (FaultKind kind in s_kinds)
        {
            for (int level = 0; level <= (kind == FaultKind.Alignment ? 0 : 3); level++)
            {
                foreach (FaultStage stage in Enum.GetValues<FaultStage>())
                {
                    foreach (string access in Accesses)
                    {
                        yield return new FaultPoint(kind, level, stage, access);
                    }
                }
            }
        }
    }

    private static int IndexOf(string access)
    {
        for (int i = 0; i < Accesses.Count; i++)
        {
            if (Accesses[i] == access)
            {
                return i;
            }
        }

        return -1;
    }

    private static string[,,,] Names()
    {
        string[,,,] names = new string[s_kinds.Length, 4, 3, 4];
        for (int k = 0; k < s_kinds.Length; k++)
        {
            for (int level = 0; level < 4; level++)
            {
                for (int stage = 0; stage < 3; stage++)
                {
                    for (int a = 0; a < 4; a++)
                    {
                        string kind = s_kinds[k] switch { FaultKind.AddressSize => "address-size", FaultKind.AccessFlag => "access-flag", _ => s_kinds[k].ToString().ToLowerInvariant() };
                        string where = (FaultStage)stage switch { FaultStage.One => "stage-1", FaultStage.Two => "stage-2", _ => "walk" };
                        names[k, level, stage, a] = string.Create(CultureInfo.InvariantCulture, $"fault {kind}-{level} {where} {Accesses[a]}");
                    }
                }
            }
        }

        return names;
    }
}

/// <summary>What found a fault.</summary>
public enum FaultStage
{
    One,
    Two,

    /// <summary>Stage 2, for an access of the stage 1 walk: S1PTW.</summary>
    Walk,
}
