using Conformance.Harness.Spec;

namespace Conformance.Suites.Access;

/// <summary>A state of named fields as a case can set it: whole register values, and PSTATE.SP.</summary>
internal static class Composition
{
    /// <summary>The registers that give <paramref name="fields"/> their values in <paramref name="state"/>.</summary>
    /// <param name="state">All fields; chooses layouts.</param>
    /// <param name="fields">Numbers of the fields that matter.</param>
    /// <returns>Values by register, in ordinal order; null if a field cannot be set by a register (an effective value).</returns>
    internal static SortedDictionary<string, ulong>? Registers(ArchState state, IReadOnlyList<int> fields)
    {
        SortedDictionary<string, ulong> registers = new(StringComparer.Ordinal);
        foreach (int id in fields)
        {
            string name = NameTable.Fields.Name(id);
            int dot = name.IndexOf('.', StringComparison.Ordinal);
            if (name.StartsWith("eff.", StringComparison.Ordinal))
            {
                return null;
            }

            if (dot < 0)
            {
                registers[name] = state[id];
                continue;
            }

            (string register, string field) = (name[..dot], name[(dot + 1)..]);
            switch (register)
            {
                case "PSTATE":
                    break;
                case "OSLSR_EL1" when field == "OSLK":
                    registers["OSLAR_EL1"] = state[id]; // the lock is set through its access register
                    break;
                default:
                    ulong before = registers.TryGetValue(register, out ulong known) ? known : Backgrounds.Of(register, state);
                    registers[register] = RegisterValues.Place(register, field, state) is { } place
                        ? place.Insert(before, state[id])
                        : before;
                    break;
            }
        }

        foreach (string register in registers.Keys.ToArray())
        {
            // What the contract restores anyway is not said again, except where the layout differs from the baseline's.
            if (Backgrounds.RestoredTo(register, state.Implementation.Features) == registers[register])
            {
                registers.Remove(register);
            }
        }

        return registers;
    }
}
