using Conformance.Harness.Spec.Import.Pseudocode;

namespace Conformance.Harness.Spec.Import.Translation;

/// <summary>Operations of the PE: TLB and cache maintenance, address translation, and others.</summary>
internal static class Operations
{
    /// <summary>Operations without the prefix of an Execution state. What is not here may check something, so it is not taken for one.</summary>
    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
    {
        "BRB_IALL", "BRB_INJ", "GCSPOPCX", "GCSPOPM", "GCSPOPX", "GCSPUSHM", "GCSPUSHX", "GCSSS1", "GCSSS2", "ZeroPMUCounters",
    };

    /// <summary>What the names of arguments become: the part after the prefix, or a word of our own.</summary>
    private static readonly (string Prefix, Func<string, string> Word)[] s_arguments =
    [
        ("Regime_", r => r),
        ("Broadcast_", r => r),
        ("TLBILevel_", r => r.ToLowerInvariant()),
        ("TLBI_", r => r switch { "AllAttr" => "all", "ExcludeXS" => "nXS", _ => r }),
        ("TranslationStage_", r => $"S{r}"),
        ("ATAccess_", r => r),
        ("CacheType_", r => r),
        ("CacheOpScope_", r => r),
        ("CacheOp_", r => r),
        ("RestrictType_", r => r),
    ];

    /// <summary>The leaf of an operation, or null if the call is none.</summary>
    internal static string? Leaf(Expr.Call call)
    {
        const string Prefix = "AArch64.";
        string name = call.Function;
        if (call is { Function: "Write_DBGDTR_EL0", Arguments: [Expr.Index { Arguments: [_, Expr.Number width] } x] } && EffectTranslator.IsX(x))
        {
            return $"W:DBGDTR_EL0/{width.Value}";
        }

        if (name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            name = name[Prefix.Length..];
        }
        else if (!s_known.Contains(name))
        {
            return null;
        }

        // An implementation-defined space hands its encoding on; that is no argument of ours.
        IEnumerable<Expr> meant = name.StartsWith("ImpDef", StringComparison.Ordinal) ? [] : call.Arguments.Where(a => !EffectTranslator.IsX(a));
        List<string> arguments = [.. meant.Select(Argument)];
        return arguments.Count == 0 ? $"O:{name}" : $"O:{name}({string.Join(',', arguments)})";
    }

    private static string Argument(Expr argument)
    {
        switch (argument)
        {
            case Expr.Call { Function: "SecurityStateAtEL", Arguments: [Expr.Name { Id: ['E', 'L', var level] }] }:
                return $"ss{level}";
            case Expr.Index { Of: Expr.Name { Id: "VMID" }, Arguments: [] }:
                return "vmid";
            case Expr.Name { Id: "VMID_NONE" }:
                return "-";
            case Expr.Name { Id: ['E', 'L', >= '0' and <= '3'] level }:
                return level;
            case Expr.Name { Id: var name }:
                foreach ((string prefix, Func<string, string> word) in s_arguments)
                {
                    if (name.StartsWith(prefix, StringComparison.Ordinal))
                    {
                        return word(name[prefix.Length..]);
                    }
                }

                break;
        }

        throw TermTranslator.Unknown(argument);
    }
}
