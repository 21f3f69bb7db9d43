using Conformance.Harness.Spec;

namespace Conformance.Suites.Access;

/// <summary>Whether the executive, at its home level, can set and read a register under its own name.</summary>
internal sealed class RegisterAccess(int home)
{
    private static readonly Lazy<Dictionary<string, (Accessor? Read, Accessor? Write, int Index)>> s_accessors = new(Load);

    /// <summary>MSR of the name at the home level writes the register itself.</summary>
    internal bool CanSet(string register, ArchState state) =>
        s_accessors.Value.TryGetValue(register, out (Accessor? Read, Accessor? Write, int Index) found)
        && found.Write?.Evaluate(state, home, found.Index) is Leaf.WriteRegister { MaskedBy: null } leaf
        && leaf.Register.View is null && IsItOrItsBank(leaf.Register.Architectural(found.Index), register);

    /// <summary>MRS of the name at the home level reads the register itself.</summary>
    internal bool CanSee(string register, ArchState state) =>
        s_accessors.Value.TryGetValue(register, out (Accessor? Read, Accessor? Write, int Index) found)
        && found.Read?.Evaluate(state, home, found.Index) is Leaf.ReadRegister leaf
        && leaf.Register.View is null && leaf.Register.Architectural(found.Index) == register;

    /// <summary>The names by which both MSR and MRS at a level reach a register in a state, per register.</summary>
    internal static ILookup<string, string> Names(int level, ArchState state) => s_accessors.Value
        .Select(a => (Name: a.Key, Register: Reached(a.Value, level, state)))
        .Where(a => a.Register is not null)
        .OrderBy(a => a.Name, StringComparer.Ordinal)
        .ToLookup(a => a.Register!, a => a.Name, StringComparer.Ordinal);

    private static string? Reached((Accessor? Read, Accessor? Write, int Index) named, int level, ArchState state) =>
        named.Read?.Evaluate(state, level, named.Index) is Leaf.ReadRegister { Register.View: null } read
        && named.Write?.Evaluate(state, level, named.Index) is Leaf.WriteRegister { MaskedBy: null, Register.View: null } write
        && read.Register.Architectural(named.Index) is var register && IsItOrItsBank(write.Register.Architectural(named.Index), register)
            ? register
            : null;

    /// <summary>EL3 writes the bank of the Security state that SCR_EL3.NS names (ICC_SRE_EL1_NS).</summary>
    private static bool IsItOrItsBank(string reached, string register) =>
        reached == register || (reached.StartsWith(register, StringComparison.Ordinal) && reached[register.Length..] is "_NS" or "_S");

    private static Dictionary<string, (Accessor? Read, Accessor? Write, int Index)> Load()
    {
        Dictionary<string, (Accessor? Read, Accessor? Write, int Index)> found = new(StringComparer.Ordinal);
        foreach (Accessor accessor in AccessRules.Accessors.Where(a => a.Op is "MRS" or "MSR" && a.HasEncoding))
        {
            (int first, int last) = accessor.Indices ?? (0, 0);
            for (int index = first; index <= last; index++)
            {
                string name = accessor.NameAt(index);
                (Accessor? read, Accessor? write, _) = found.GetValueOrDefault(name);
                found[name] = accessor.Op == "MRS" ? (accessor, write, index) : (read, accessor, index);
            }
        }

        return found;
    }
}
