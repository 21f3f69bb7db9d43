using Conformance.Harness.Spec;

namespace Conformance.Harness.Cases;

/// <summary>What every case must satisfy, whoever made it: the limits of the contract and names that exist.</summary>
public static class CaseCheck
{
    private const ulong MaxFill = 0x1_0000;
    private const int CodePage = 0x1000;

    /// <summary>Fields that are not registers or memory.</summary>
    private static readonly string[] s_core =
    [
        FieldNames.Target, FieldNames.Vector, FieldNames.Esr, FieldNames.Elr, FieldNames.Spsr, FieldNames.Far,
        FieldNames.Pstate, FieldNames.CurrentEl,
    ];

    /// <summary>The first problem, with its place in front and how to mend it behind; null for a case that is well formed.</summary>
    public static string? FirstProblem(Case c) => OfWhole(c) ?? OfRegisters("registers", c.Registers) ?? OfMemory(c) ?? OfSteps(c);

    /// <summary>The problem with a name that is no register.</summary>
    internal static string UnknownRegister(string name) => NearestName.Of(name, Encodings.RegisterNames) is { } near
        ? $"there is no system register {name}; did you mean {near}?"
        : $"there is no system register {name}; use its architectural name, or S<op0>_<op1>_C<n>_C<m>_<op2>";

    /// <summary>True for <c>suite/group/name</c>: at least two parts, none empty, lower case, no blanks.</summary>
    internal static bool IsId(string id)
    {
        bool parts = false;
        char before = '/';
        foreach (char c in id)
        {
            if (char.IsWhiteSpace(c) || char.IsUpper(c) || (c == '/' && before == '/'))
            {
                return false;
            }

            parts |= c == '/';
            before = c;
        }

        return parts && before != '/';
    }

    private static string? OfWhole(Case c)
    {
        if (!IsId(c.Id))
        {
            return $"id: '{c.Id}' is not an id; write suite/group/name in lower case, without blanks";
        }

        if (c.Rules.Count == 0 || c.Rules.Any(string.IsNullOrWhiteSpace))
        {
            return "rules: a case checks at least one rule, and none is empty; name the rule it checks";
        }

        string? need = c.Needs.FirstOrDefault(n => !n.StartsWith("FEAT_", StringComparison.Ordinal)
            && !n.StartsWith("!FEAT_", StringComparison.Ordinal));
        return c.Skip is { } skip && string.IsNullOrWhiteSpace(skip) ? "skip: it is empty; say why the case cannot run, or leave it out"
            : need is null ? null : $"needs: '{need}' is not a feature; write FEAT_X, or !FEAT_X for a device without it";
    }

    private static string? OfRegisters(string path, IReadOnlyList<RegisterValue> registers)
    {
        for (int i = 0; i < registers.Count; i++)
        {
            string name = registers[i].Name;
            if (!Encodings.TryRegister(name, out _))
            {
                return $"{path}: {UnknownRegister(name)}";
            }

            if (registers.Take(i).Any(r => r.Name == name))
            {
                return $"{path}: {name} is given twice; keep one of them";
            }
        }

        return null;
    }

    private static string? OfMemory(Case c)
    {
        for (int i = 0; i < c.Fills.Count; i++)
        {
            (ulong address, ulong length, _, _) = c.Fills[i];
            string? problem = address % 8 != 0 ? $"address: 0x{address:x} is not aligned; give a multiple of 8"
                : length % 16 != 0 || length is 0 or > MaxFill
                    ? $"length: 0x{length:x} is not a length; give a multiple of 16 up to 0x{MaxFill:x}"
                : OutsideRam(address, length);
            if (problem is not null)
            {
                return $"fills[{i}].{problem}";
            }
        }

        HashSet<ulong> seen = [];
        foreach ((ulong address, _) in c.Memory)
        {
            string? problem = address % 8 != 0 ? $"address: 0x{address:x} is not aligned; give a multiple of 8"
                : !seen.Add(address) ? $"address: 0x{address:x} is given twice; keep one of them"
                : OutsideRam(address, 8);
            if (problem is not null)
            {
                return $"memory.{problem}";
            }
        }

        return null;
    }

    private static string? OutsideRam(ulong address, ulong length) =>
        address >= GuestMemory.RamBase && address - GuestMemory.RamBase <= GuestMemory.RamSize - length
            ? null
            : $"address: 0x{address:x} is outside RAM; use 0x{GuestMemory.RamBase:x} to "
                + $"0x{GuestMemory.RamBase + GuestMemory.RamSize - 1:x}";

    private static string? OfSteps(Case c)
    {
        if (c.Steps.Count == 0)
        {
            return "steps: a case has at least one step; add it";
        }

        if (c.Steps[0].Registers.Count > 0)
        {
            return "steps[0].registers: the first step starts from the registers of the case; give them there";
        }

        for (int i = 0; i < c.Steps.Count; i++)
        {
            Step step = c.Steps[i];
            string? problem = OfStart(step) ?? OfGeneral(step) ?? OfRegisters("registers", step.Registers) ?? OfFields(step);
            if (problem is not null)
            {
                return $"steps[{i}].{problem}";
            }
        }

        return null;
    }

    private static string? OfStart(Step step)
    {
        ulong el = step.Pstate >> 2 & 3;
        return step switch
        {
            { Level: < 0 or > 3 } => $"level: {step.Level} is not an exception level; give 0 to 3",
            _ when el != (ulong)step.Level =>
                $"pstate: 0x{step.Pstate:x} is EL{el} (bits 3:2) but level is {step.Level}; make them agree",
            { Code.Count: 0 } => "code: there is no word of code; give at least one",
            { Code.Count: > GuestMemory.MaxCodeWords } =>
                $"code: {step.Code.Count} words are too many; give at most {GuestMemory.MaxCodeWords}",
            _ when step.CodeOffset < 0 || step.CodeOffset % 4 != 0 =>
                $"codeOffset: {step.CodeOffset} is not a multiple of 4 from 0; give one",
            _ when step.CodeOffset + (4 * (step.Code.Count + 1)) > CodePage =>
                $"codeOffset: the code from {step.CodeOffset} and its end marker leave the page; "
                    + $"give at most {CodePage - (4 * (step.Code.Count + 1))}",
            _ => null,
        };
    }

    private static string? OfGeneral(Step step)
    {
        for (int i = 0; i < step.General.Count; i++)
        {
            string name = step.General[i].Name;
            if (!FieldNames.TryGeneral(name, out _))
            {
                return $"general: {name} is not a general register; use X0 to X30 (SP_EL0 to SP_EL3 are system registers)";
            }

            if (step.General.Take(i).Any(r => r.Name == name))
            {
                return $"general: {name} is given twice; keep one of them";
            }
        }

        return null;
    }

    private static string? OfFields(Step step)
    {
        if (step.Allowed.Count == 0)
        {
            return "allowed: no outcome is allowed, so the step can only fail; say what is allowed";
        }

        for (int i = 0; i < step.Observe.Count; i++)
        {
            if (OfField(step.Observe[i]) is { } problem)
            {
                return $"observe[{i}]: {problem}";
            }
        }

        for (int i = 0; i < step.Allowed.Count; i++)
        {
            if (OfOutcome(step.Allowed[i]) is { } problem)
            {
                return $"allowed[{i}].{problem}";
            }
        }

        return null;
    }

    private static string? OfOutcome(Outcome outcome)
    {
        if (outcome.Name.Length == 0)
        {
            return "name: it is empty; the report needs a name for the outcome";
        }

        if (outcome.Fields.Count == 0)
        {
            return "fields: nothing is expected, so every device would pass; expect at least one field";
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (FieldExpectation field in outcome.Fields)
        {
            string? problem = OfField(field.Field)
                ?? (!seen.Add(field.Field) ? "it is given twice; give one expectation with a mask" : null)
                ?? (field.Any.Count == 0 ? "no value is allowed; give at least one" : null);
            if (problem is not null)
            {
                return $"fields.{field.Field}: {problem}";
            }
        }

        return null;
    }

    private static string? OfField(string field)
    {
        if (field.StartsWith("mem@", StringComparison.Ordinal))
        {
            return FieldNames.TryMemory(field, out ulong at) && at % 8 == 0
                ? null : $"'{field}' is not a word of memory; write mem@0x<address> with a multiple of 8";
        }

        if (field.StartsWith("changed@", StringComparison.Ordinal))
        {
            return FieldNames.TryChanged(field, out ulong at, out ulong length) && (at | length) % 16 == 0 && length > 0
                ? null : $"'{field}' is not a region; write changed@0x<address>+0x<length> with multiples of 16";
        }

        if (s_core.Contains(field) || FieldNames.TryGeneral(field, out _) || Encodings.TryRegister(field, out _))
        {
            return null;
        }

        return NearestName.Of(field, [.. s_core, .. Encodings.RegisterNames]) is { } near
            ? $"'{field}' cannot be observed; did you mean {near}?"
            : $"'{field}' cannot be observed; use {string.Join(", ", s_core)}, X0 to X30, a system register, mem@ or changed@";
    }
}
