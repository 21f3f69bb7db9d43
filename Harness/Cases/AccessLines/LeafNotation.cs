using System.Collections.Concurrent;
using System.Globalization;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Cases.AccessLines;

/// <summary>Leaves as people write them (<c>Fixtures/spec</c>, section 1.4), checked, and compared with those of the facts.</summary>
public static class LeafNotation
{
    private const int LargestClass = 0x3F;
    private const int VncrPage = 0x1000;

    private static readonly ConcurrentDictionary<string, Leaf?> s_parsed = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<(Leaf, int), string> s_plain = new();

    /// <summary>
    /// One spelling for each effect: array element and index put in, numbers without leading zeros. Two leaves with the same
    /// spelling are the same.
    /// </summary>
    /// <param name="leaf">A leaf of the facts or of a line.</param>
    /// <param name="index">Array index m of the access.</param>
    public static string Plain(Leaf leaf, int index) => s_plain.GetOrAdd((leaf, index), static key => Spell(key.Item1, key.Item2));

    /// <summary>The leaf of a text.</summary>
    /// <exception cref="CaseProblemException">The text is no leaf, or none that this access can have.</exception>
    internal static Leaf Read(JsonPlace place, AccessedName access, int level)
    {
        string text = place.Text();
        Leaf leaf = s_parsed.GetOrAdd(text, Parse)
            ?? throw place.Problem($"'{text}' is not an outcome; write one like U, T2:18, N:110, R:SCTLR_EL1, W:SCTLR_EL1, C:0, nop{Hint(text, access)}");
        return Impossible(leaf, access, level) is { } problem
            ? throw place.Problem(problem.EndsWith('?') ? problem : problem + Hint(text, access))
            : leaf;
    }

    private static Leaf? Parse(string text)
    {
        try
        {
            return LeafParser.Parse(text);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    private static string Spell(Leaf leaf, int index) => leaf switch
    {
        Leaf.Trap trap => string.Create(CultureInfo.InvariantCulture, $"T{trap.Level}:{trap.Class:x2}"),
        Leaf.Memory memory => string.Create(
            CultureInfo.InvariantCulture, $"N:{memory.Offset + (memory.Stride * index):x}{(memory.Width == 64 ? "" : $"/{memory.Width}")}"),
        Leaf.ReadRegister read => "R:" + Spell(read.Register, index),
        Leaf.WriteRegister write => "W:" + Spell(write.Register, index) + (write.MaskedBy is { } mask ? $"/mask({mask})" : ""),
        Leaf.Constant { Value: { } value } => string.Create(CultureInfo.InvariantCulture, $"C:{value:x}"),
        Leaf.Sequence sequence => string.Join(';', sequence.Parts.Select(p => Spell(p, index))),
        _ => leaf.Text.Replace("[m]", string.Create(CultureInfo.InvariantCulture, $"[{index}]"), StringComparison.Ordinal),
    };

    private static string Spell(RegisterRef register, int index)
    {
        string name = register.Architectural(index);
        string element = register.Element is null || name != register.Name ? ""
            : string.Create(CultureInfo.InvariantCulture, $"[{(register.Element == "m" ? $"{index}" : register.Element)}]");
        return name + element + (register.View is { } view ? $"/{view}" : "");
    }

    /// <summary>Why the access cannot have this outcome, or null.</summary>
    private static string? Impossible(Leaf leaf, AccessedName access, int level)
    {
        string what = $"'{leaf.Text}' is not an outcome of {access.Text}";
        bool reads = access.Accessor?.IsRead ?? IsRead(access.Word);
        return leaf switch
        {
            Leaf.Undefined or Leaf.Nop => null,
            Leaf.Trap { Class: > LargestClass } => $"{what}: an exception class has six bits; give at most 3f",
            Leaf.Trap trap when trap.Level < level => $"{what} at EL{level}: no exception is taken to a lower level",
            Leaf.Trap => null,
            Leaf.Memory { Stride: > 0 } when access.Accessor?.Indices is null => $"{what}: the access has no array index; give the offset as one number",
            Leaf.Memory memory when Offset(memory, access) is var at && (at % 8 != 0 || at is < 0 or >= VncrPage) =>
                $"{what}: an offset in the page is a multiple of 8 below {VncrPage:x}",
            Leaf.Memory => null,
            _ when IsOfAccessor(leaf, access) => null,
            Leaf.Constant => reads ? null : $"{what}: it reads nothing",
            Leaf.ReadRegister when !reads => $"{what}: it does not read a register",
            Leaf.ReadRegister read => UnknownRegister(read.Register, what),
            Leaf.WriteRegister when reads || !Writes(access) => $"{what}: it does not write a register",
            Leaf.WriteRegister { MaskedBy: null } write => UnknownRegister(write.Register, what),
            _ => what,
        };
    }

    private static int Offset(Leaf.Memory memory, AccessedName access) => memory.Offset + (memory.Stride * access.Index);

    private static string? UnknownRegister(RegisterRef register, string what)
    {
        if (RegisterFacts.Find(register.Name) is not { } info)
        {
            return $"{what}: {CaseCheck.UnknownRegister(register.Name)}";
        }

        if (register.View is not null)
        {
            return what;
        }

        bool array = info.Indices is not null && info.Name.Replace("<n>", "", StringComparison.Ordinal) == register.Name;
        bool element = int.TryParse(register.Element, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && info.Indices is var (first, last) && number >= first && number <= last;
        return array == element && (register.Element is null || element) ? null
            : array ? $"{what}: name an element of the array, {register.Name}[{info.Indices!.Value.First}] to [{info.Indices.Value.Last}]"
            : $"{what}: {register.Name} is no array";
    }

    /// <summary>True if the facts give the leaf for the accessor at some level.</summary>
    private static bool IsOfAccessor(Leaf leaf, AccessedName access)
    {
        if (access.Accessor is not { } accessor)
        {
            return false;
        }

        string plain = Plain(leaf, access.Index);
        for (int level = 0; level <= 3; level++)
        {
            foreach (RuleNode.End end in accessor.Tree(level).Leaves)
            {
                if (Plain(end.Leaf, access.Index) == plain)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Writes(AccessedName access) =>
        access.Accessor is { } accessor ? accessor.Op is "MSR" or "MSRR" or "MSRi" : access.Word is { } word && word >> 21 == 0xD500_0000 >> 21;

    private static bool IsRead(uint? word) => word is { } bits && bits >> 21 == 0xD520_0000 >> 21;

    /// <summary>The outcomes that the facts know for the accessor, when the text is near one of them or they are few.</summary>
    private static string Hint(string text, AccessedName access)
    {
        if (access.Accessor is not { } accessor)
        {
            return "";
        }

        string[] known = [.. Enumerable.Range(0, 4).SelectMany(l => accessor.Tree(l).Leaves).Select(e => Plain(e.Leaf, access.Index))
            .Distinct(StringComparer.Ordinal)];
        return NearestName.Of(text, known.Where(k => k != text)) is { } near ? $"; did you mean {near}?"
            : known.Length <= 8 ? $"; {access.Text} has {string.Join(", ", known)}" : "";
    }
}
