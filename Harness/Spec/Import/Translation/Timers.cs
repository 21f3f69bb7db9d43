using Conformance.Harness.Spec.Import.Pseudocode;

namespace Conformance.Harness.Spec.Import.Translation;

/// <summary>The timer value views: a compare register seen as a distance from the count.</summary>
internal static class Timers
{
    /// <summary>The physical count.</summary>
    internal static bool Count(Expr expression) => expression is Expr.Call { Function: "PhysicalCountInt", Arguments: [] };

    /// <summary>Compare minus count, or minus the count less an offset; null for something else.</summary>
    internal static string? Read(Expr difference) => difference switch
    {
        Expr.Binary { Operator: "-", Left: Expr.Name { Id: var compare }, Right: var count } when Count(count) => $"R:TVAL({compare})",
        Expr.Binary
        {
            Operator: "-",
            Left: Expr.Name { Id: var compare },
            Right: Expr.Binary { Operator: "-", Left: var count, Right: Expr.Name { Id: var offset } },
        } when Count(count) => $"R:TVAL({compare},{offset})",
        _ => null,
    };

    /// <summary>
    /// What is written to the compare register: the empty text for count plus value, <c>,OFFSET</c> if an offset is taken
    /// off; null for something else.
    /// </summary>
    internal static string? Written(Expr value) => value switch
    {
        Expr.Binary
        {
            Operator: "+",
            Left: Expr.Call { Function: "SignExtend", Arguments: [Expr.Slice { Of: var x }, _] },
            Right: var count,
        } when Count(count) && EffectTranslator.IsX(x) => "",
        Expr.Binary { Operator: "-", Left: var sum, Right: Expr.Name { Id: var offset } } when Written(sum) == "" => $",{offset}",
        _ => null,
    };
}
