using Conformance.Harness.Spec.Import.Pseudocode;

namespace Conformance.Harness.Spec.Import.Translation;

/// <summary>Writes conditions of the pseudocode in our notation (section 1.2), at a known Exception level.</summary>
/// <param name="level">Exception level of the access, 0 to 3; null before the level is asked.</param>
internal sealed class ConditionTranslator(int? level)
{
    /// <exception cref="UntranslatedException">A part has no form in our notation.</exception>
    internal Guard Translate(Expr expression) => expression switch
    {
        Expr.Binary { Operator: "&&", Left: var left, Right: var right } => And(left, right),
        Expr.Binary { Operator: "||", Left: var left, Right: var right } => Or(left, right),
        Expr.Not { Of: var of } => Translate(of).Negated(),
        Expr.Name { Id: "TRUE" } => Guard.True,
        Expr.Name { Id: "FALSE" } => Guard.False,
        Expr.Choice { Type: "boolean", Description: var description } => Guard.Atom(DerivedFunctions.Choice(description)),
        Expr.Call { Function: "IsZero", Arguments: [var of] } =>
            Guard.Atom($"zero:{TermTranslator.Field(of) ?? TermTranslator.Register(of) ?? throw TermTranslator.Unknown(of)}"),
        Expr.Call call => Guard.Atom(DerivedFunctions.Condition(call) ?? throw TermTranslator.Unknown(call)),
        Expr.Binary comparison => Compared(comparison),
        Expr.In set => Member(set),
        _ => throw TermTranslator.Unknown(expression),
    };

    /// <summary>The right side of what is decided is not looked at, as in the pseudocode.</summary>
    private Guard And(Expr left, Expr right) => Translate(left) is var l && l.Value == false ? l : l.And(Translate(right));

    private Guard Or(Expr left, Expr right) => Translate(left) is var l && l.Value == true ? l : l.Or(Translate(right));

    private Guard Compared(Expr.Binary comparison)
    {
        (string op, Expr left, Expr right) = (comparison.Operator, comparison.Left, comparison.Right);
        if (left is Expr.Field { Of: Expr.Name { Id: "PSTATE" }, Id: "EL" } && right is Expr.Name { Id: ['E', 'L', >= '0' and <= '3'] name })
        {
            bool at = level is { } known ? known == name[2] - '0' : throw TermTranslator.Unknown(comparison);
            return Guard.Of(op == "==" ? at : op == "!=" ? !at : throw TermTranslator.Unknown(comparison));
        }

        if (TermTranslator.IsInteger(left) || TermTranslator.IsInteger(right))
        {
            return op is "==" or "!=" or ">=" or "<=" or ">" or "<"
                ? Guard.Atom($"[{TermTranslator.Integer(left)}{op}{TermTranslator.Integer(right)}]")
                : throw TermTranslator.Unknown(comparison);
        }

        if (op is not ("==" or "!="))
        {
            throw TermTranslator.Unknown(comparison);
        }

        string term = Nested(left) ?? TermTranslator.Field(left) ?? throw TermTranslator.Unknown(left);
        string sign = op == "==" ? "=" : "!=";
        return right is Expr.Bits { Pattern: var bits }
            ? Literal(term, sign, bits)
            : Guard.Atom($"{term}{sign}{TermTranslator.Field(right) ?? throw TermTranslator.Unknown(right)}");
    }

    private static Guard Literal(string term, string sign, string bits) => !bits.Contains('x') ? Guard.Atom($"{term}{sign}{bits}")
        : sign == "=" ? Guard.Atom($"{term}~{bits}")
        : Guard.Atom($"{term}~{bits}").Negated();

    private static Guard Member(Expr.In set)
    {
        Guard any = Guard.False;
        foreach (Expr item in set.Set)
        {
            any = any.Or(item switch
            {
                Expr.Bits { Pattern: var bits } =>
                    Guard.Atom($"{Nested(set.Left) ?? TermTranslator.Field(set.Left) ?? throw TermTranslator.Unknown(set.Left)}~{bits}"),
                Expr.Number number => Guard.Atom($"[{TermTranslator.Integer(set.Left)}=={number.Value}]"),
                _ => throw TermTranslator.Unknown(set),
            });
        }

        return any;
    }

    /// <summary>The three NV bits as one value.</summary>
    private static string? Nested(Expr expression) =>
        expression is Expr.Call { Function: "EffectiveHCR_EL2_NVx", Arguments: [] } ? "NVx" : null;
}
