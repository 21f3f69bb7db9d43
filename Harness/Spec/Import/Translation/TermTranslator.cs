using Conformance.Harness.Spec.Import.Pseudocode;

namespace Conformance.Harness.Spec.Import.Translation;

/// <summary>Writes numbers, registers and fields in our notation.</summary>
internal static class TermTranslator
{
    /// <summary>An integer expression for <c>[a&gt;=b]</c> or an array index.</summary>
    internal static string Integer(Expr expression) => expression switch
    {
        Expr.Number number => $"{number.Value}",
        Expr.Name { Id: "m" } => "m",
        Expr.Name { Id: var name } when name.StartsWith("NUM_", StringComparison.Ordinal) => $"${name}",
        Expr.Call { Function: "UInt", Arguments: [var of] } => Field(of) ?? throw Unknown(expression),
        Expr.Call call when DerivedFunctions.Number(call) is { } number => number,
        Expr.Binary { Operator: "+" or "-", Left: var left, Right: var right } b => $"{Integer(left)}{b.Operator}{Factor(right, b.Operator)}",
        Expr.Binary { Operator: "*", Left: var left, Right: var right } => $"{Factor(left, "*")}*{Factor(right, "*")}",
        _ => throw Unknown(expression),
    };

    /// <summary>True for what <see cref="Integer"/> knows and <see cref="Field"/> does not.</summary>
    internal static bool IsInteger(Expr expression) =>
        expression is Expr.Number or Expr.Name { Id: "m" } or Expr.Call { Function: "UInt" } or Expr.Binary { Operator: "+" or "-" or "*" }
        || (expression is Expr.Name name && name.Id.StartsWith("NUM_", StringComparison.Ordinal))
        || (expression is Expr.Call call && DerivedFunctions.Number(call) is not null);

    /// <summary>A register, a field or a slice of either; null if the expression is something else.</summary>
    internal static string? Field(Expr expression) => expression switch
    {
        Expr.Field { Of: Expr.Name { Id: var register }, Id: var field } => $"{register}.{field}",
        Expr.Field { Of: Expr.Index array, Id: var field } when Element(array) is { } element => $"{element}.{field}",
        Expr.Fields { Of: Expr.Name { Id: var register }, Ids: var fields } => $"{register}.{{{string.Join(',', fields)}}}",
        Expr.Index { Of: Expr.Field of, Arguments: [var bit] } when Field(of) is { } field => $"{field}[{Integer(bit)}]",
        Expr.Index { Of: Expr.Name { Id: var register }, Arguments: [var bit] } => $"{register}[{Integer(bit)}]",
        Expr.Slice { Of: var of, High: var bit, Low: null } when Field(of) is { } field => $"{field}[{Integer(bit)}]",
        Expr.Run { Of: var of, Start: var start, Width: Expr.Number width } when Whole(of) is { } register =>
            $"{register}[{Integer(start)}+:{width.Value}]",
        Expr.Call call => DerivedFunctions.Effective(call),
        _ => null,
    };

    /// <summary>A register or array element: <c>PMEVCNTR_EL0[m]</c>, <c>SPMCR_EL0[SPMSELR_EL0.SYSPMUSEL,m]</c>; null if it is none.</summary>
    internal static string? Register(Expr expression) => expression switch
    {
        Expr.Name { Id: var name } when IsRegister(name) => name,
        Expr.Index { Of: Expr.Name { Id: var name } } array when IsRegister(name) => Element(array),
        _ => null,
    };

    internal static UntranslatedException Unknown(Expr expression) => new(expression.ToString()!);

    private static string? Whole(Expr expression) => expression is Expr.Name { Id: var name } ? name : null;

    private static string? Element(Expr.Index array) =>
        array is { Of: Expr.Name { Id: var name }, Arguments.Count: > 0 } ? $"{name}[{string.Join(',', array.Arguments.Select(Index))}]" : null;

    private static string Index(Expr index) => Integer(index);

    private static string Factor(Expr expression, string outer) =>
        expression is Expr.Binary { Operator: var inner } && (outer == "*" ? inner != "*" : outer == "-" && inner != "*")
            ? $"({Integer(expression)})"
            : Integer(expression);

    /// <summary>Not a general-purpose register, a special array or a constant.</summary>
    private static bool IsRegister(string name) =>
        name is not ("X" or "NVMem" or "PSTATE" or "VMID" or "TRUE" or "FALSE") && char.IsAsciiLetterUpper(name[0]);
}
