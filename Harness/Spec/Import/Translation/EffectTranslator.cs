using Conformance.Harness.Spec.Import.Pseudocode;

namespace Conformance.Harness.Spec.Import.Translation;

/// <summary>Writes what a statement does as a leaf of our notation (section 1.4).</summary>
internal static class EffectTranslator
{
    /// <summary>An assignment: a read of the accessor puts something into X, a write takes it from there.</summary>
    /// <exception cref="UntranslatedException">Our notation has no form for it.</exception>
    internal static string Assignment(Expr target, Expr value) =>
        IsX(target) ? Read(value)
        : Pstate(target) is { } field ? Low(value) is { } low ? $"W:{field}@{low}" : throw Unknown(target, value)
        : Write(target, value);

    /// <summary>A trap: the level and the exception class.</summary>
    internal static string? Trap(Expr.Call call) => call switch
    {
        { Function: "AArch64.SystemAccessTrap", Arguments: [Expr.Name { Id: ['E', 'L', >= '1' and <= '3'] level }, Expr.Number ec] } =>
            $"T{level[2]}:{ec.Value:x2}",
        _ => null,
    };

    private static string Read(Expr value) => value switch
    {
        Expr.Unknown => "C:UNKNOWN",
        Expr.Call { Function: "Zeros" } => "C:0",
        Expr.Index { Of: Expr.Name { Id: "NVMem" } } memory => NestedMemory.Leaf(memory),
        Expr.Call { Function: "Split", Arguments: [var of, Expr.Number { Value: 64 }] } => Read(of),
        Expr.Call { Function: "ZeroExtend", Arguments: [Expr.Slice { Of: var of }, _] } => Timers.Read(of) ?? throw TermTranslator.Unknown(value),
        Expr.Binary { Operator: ":" } => Placed(value),
        Expr.Call call when Timers.Count(call) => "R:PHYSCOUNT",
        Expr.Binary { Operator: "-", Left: var count, Right: Expr.Name { Id: var offset } } when Timers.Count(count) => $"R:PHYSCOUNT-{offset}",
        Expr.Call { Function: "Read_DBGDTR_EL0", Arguments: [Expr.Number width] } => $"R:DBGDTR_EL0/{width.Value}",
        Expr.Call { Arguments: [Expr.Name { Id: var register }] } call when call.Function == $"{register}_VHE" => $"R:{register}/vhe",
        Expr.Call call when Operations.Leaf(call) is { } operation => operation,
        _ => $"R:{Halves(value) ?? throw TermTranslator.Unknown(value)}",
    };

    private static string Write(Expr target, Expr value)
    {
        if (target is Expr.Index { Of: Expr.Name { Id: "NVMem" } } memory && (IsX(value) || IsPair(value)))
        {
            return NestedMemory.Leaf(memory);
        }

        string register = Halves(target) ?? throw Unknown(target, value);
        return IsX(value) || IsPair(value) ? $"W:{register}"
            : Timers.Written(value) is { } offset ? $"W:TVAL({register}{offset})"
            : Masked(target, value) is { } mask ? $"W:{register}/mask({mask})"
            : value is Expr.Call { Arguments: [var from] } call && call.Function == $"{register}_VHE" && IsX(from) ? $"W:{register}/vhe"
            : throw Unknown(target, value);
    }

    /// <summary>A register in one piece or as two halves.</summary>
    private static string? Halves(Expr expression) => expression switch
    {
        Expr.Slice { Of: var of, High: Expr.Number { Value: 63 }, Low: Expr.Number { Value: 0 } } => TermTranslator.Register(of),
        Expr.Slice { Of: var of, High: Expr.Number { Value: 127 }, Low: Expr.Number { Value: 0 } } => TermTranslator.Register(of),
        Expr.Tuple
        {
            Items: [
                Expr.Slice { Of: var of, High: Expr.Number { Value: 127 }, Low: Expr.Number { Value: 64 } },
                Expr.Slice { Of: var again, High: Expr.Number { Value: 63 }, Low: Expr.Number { Value: 0 } }]
        } when of == again => TermTranslator.Register(of),
        _ => TermTranslator.Register(expression),
    };

    /// <summary>Zeros around a field or constant: <c>Zeros(60):PSTATE.EL:Zeros(2)</c>.</summary>
    private static string Placed(Expr value)
    {
        int shift = 0;
        Expr rest = value;
        if (rest is Expr.Binary { Operator: ":", Left: var upper, Right: Expr.Call { Function: "Zeros", Arguments: [Expr.Number width] } })
        {
            shift = (int)width.Value;
            rest = upper;
        }

        return rest is Expr.Binary { Operator: ":", Left: Expr.Call { Function: "Zeros" }, Right: var middle }
            ? Pstate(middle) is { } field ? $"R:{field}@{shift}"
            : middle is Expr.Bits { Pattern: var bits } && !bits.Contains('x') ? $"C:{Convert.ToUInt64(bits, 2) << shift:x}"
            : throw TermTranslator.Unknown(value)
            : throw TermTranslator.Unknown(value);
    }

    /// <summary>Bits that the effective mask register protects keep their value.</summary>
    private static string? Masked(Expr target, Expr value) =>
        value is Expr.Binary
        {
            Operator: "OR",
            Left: Expr.Binary { Operator: "AND", Left: var x, Right: Expr.Not { Of: Expr.Call mask } },
            Right: Expr.Binary { Operator: "AND", Left: var old, Right: Expr.Call again },
        }
        && IsX(x) && old == target && $"{mask}" == $"{again}"
            ? DerivedFunctions.Effective(mask)
            : null;

    private static string? Pstate(Expr expression) => expression switch
    {
        Expr.Field { Of: Expr.Name { Id: "PSTATE" }, Id: var field } => $"PSTATE.{field}",
        Expr.Fields { Of: Expr.Name { Id: "PSTATE" }, Ids: var fields } => $"PSTATE.{{{string.Join(',', fields)}}}",
        _ => null,
    };

    /// <summary>The lowest of some bits of X.</summary>
    private static long? Low(Expr value) => value switch
    {
        Expr.Slice { Of: var of, High: Expr.Number high, Low: null } when IsX(of) => high.Value,
        Expr.Slice { Of: var of, Low: Expr.Number low } when IsX(of) => low.Value,
        _ => null,
    };

    internal static bool IsX(Expr expression) => expression is Expr.Index { Of: Expr.Name { Id: "X" } } || IsPair(expression);

    /// <summary>Both registers of a 128-bit access.</summary>
    private static bool IsPair(Expr expression) => expression switch
    {
        Expr.Tuple { Items: [Expr.Index { Of: Expr.Name { Id: "X" } }, Expr.Index { Of: Expr.Name { Id: "X" } }] } => true,
        Expr.Binary { Operator: ":", Left: Expr.Index { Of: Expr.Name { Id: "X" } }, Right: Expr.Index { Of: Expr.Name { Id: "X" } } } => true,
        _ => false,
    };

    private static UntranslatedException Unknown(Expr target, Expr value) => new($"{target} = {value}");
}
