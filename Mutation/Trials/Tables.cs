using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Conformance.Mutation.Trials;

/// <summary>What the declarations of a model come to for a profile: every check, redirection, alias and mask, as text.</summary>
/// <remarks>
/// Two models whose declarations come to the same are the same machine, as far as declarations go: a rule for a level that
/// cannot use the name, a trap that stands twice. Checks that raise the same exception are in the order of their text here,
/// since which of them comes first cannot be seen. Read by reflection: the model's tables are its own.
/// </remarks>
internal static class Tables
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
    private const string Space = "Conformance.Cpu";

    /// <summary>The tables of a model.</summary>
    /// <param name="model">Its assembly.</param>
    /// <param name="profile">The features that they are resolved for.</param>
    internal static string Of(Assembly model, string profile)
    {
        Type registers = model.GetType($"{Space}.SystemRegisters.Registers", throwOnError: true)!;
        object features = model.GetType($"{Space}.Features.FeatureSet", throwOnError: true)!.GetMethod("Parse")!.Invoke(null, [profile])!;
        object resolved = Get(features, "Registers")!;
        var text = new StringBuilder();
        object[] accessors = [.. ((IEnumerable)registers.GetProperty("Accessors", Any)!.GetValue(null)!).Cast<object>()];
        object?[] plans = [.. ((IEnumerable)Get(resolved, "_plans")!).Cast<object?>()];
        for (int i = 0; i < accessors.Length; i++)
        {
            text.Append(Get(accessors[i], "Name")).Append(' ').Append(Get(accessors[i], "Encoding")).Append('\n');
            for (int n = 0; n < 8; n++)
            {
                text.Append(Plan(plans[(i * 8) + n])).Append('\n');
            }
        }

        foreach (string masks in (string[])["_writable", "_ones"])
        {
            text.AppendJoin(' ', ((ulong[])Get(resolved, masks)!).Select(m => m.ToString("x", CultureInfo.InvariantCulture))).Append('\n');
        }

        text.AppendJoin(' ', Index((ushort[])registers.GetField("s_byKey", Any)!.GetValue(null)!, plans)).Append('\n');
        foreach (object register in (IEnumerable)registers.GetProperty("All", Any)!.GetValue(null)!)
        {
            text.Append(Values(register)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Encodings and what they lead to. One without a plan at any level is UNDEFINED, as is one that leads nowhere.</summary>
    private static IEnumerable<int> Index(ushort[] byKey, object?[] plans) => byKey.Select(
        (accessor, i) => plans.AsSpan((accessor * 8) + (i < byKey.Length / 2 ? 4 : 0), 4).IndexOfAnyExcept((object?)null) < 0 ? 0 : accessor);

    private static string Plan(object? plan)
    {
        if (plan is null)
        {
            return "-";
        }

        int offset = Math.Max(-1, (int)Get(plan, "VncrOffset")!); // negative: none
        object? host = Get(plan, "_host");
        return string.Join(
            ' ', Guards(plan, "_guards"), Guards(plan, "_last"), offset,
            offset < 0 ? "" : $"{Get(plan, "_redirectRequire")}/{Get(plan, "_redirectForbid")}",
            Get(plan, "_register"), Get(plan, "_swapped"), host, host is null ? "" : Get(plan, "_hostRequire"));
    }

    /// <summary>The checks, those of one target and class in one heap.</summary>
    private static string Guards(object plan, string field) => string.Join(
        ';', ((IEnumerable)Get(plan, field)!).Cast<object>()
            .Select(g => (Target: $"{Get(g, "Target")}/{Get(g, "Class")}", Text: g.ToString()!)).Distinct()
            .GroupBy(g => g.Target).Select(g => string.Join(',', g.Select(t => t.Text).Order(StringComparer.Ordinal))));

    /// <summary>A register's own fields: name, place, reset value, and whatever its kind has besides.</summary>
    private static string Values(object register)
    {
        var text = new StringBuilder(register.GetType().Name);
        for (Type? type = register.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(Any | BindingFlags.DeclaredOnly).Where(f => !f.IsStatic).OrderBy(f => f.Name, StringComparer.Ordinal))
            {
                text.Append(' ').Append(field.Name).Append('=').Append(field.GetValue(register) switch
                {
                    Delegate function => $"{function.Method.DeclaringType}.{function.Method.Name}",
                    object value when value.GetType().IsPrimitive || value is Enum or string => value,
                    object value => value.GetType().Name,
                    null => "null",
                });
            }
        }

        return text.ToString();
    }

    private static object? Get(object of, string member) =>
        of.GetType().GetField(member, Any) is { } field ? field.GetValue(of)
        : of.GetType().GetProperty(member, Any) is { } property ? property.GetValue(of)
        : throw new InvalidOperationException($"The model's {of.GetType().Name} has no {member} any more; adapt {nameof(Tables)}.");
}
