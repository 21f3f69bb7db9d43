using System.Collections;
using System.Reflection;

namespace Conformance.Harness.Tests.Cases;

/// <summary>Compares plain data by content: lists item by item, records property by property.</summary>
internal static class DeepEquality
{
    /// <summary>The first place where the two differ, or null. Every public property counts, so none can be forgotten.</summary>
    internal static string? Difference(object? expected, object? actual, string at = "$")
    {
        if (expected is null || actual is null || expected is string || expected.GetType().IsPrimitive)
        {
            return Equals(expected, actual) ? null : $"{at}: {expected ?? "null"} became {actual ?? "null"}";
        }

        if (expected is IEnumerable items)
        {
            object?[] left = [.. items.Cast<object?>()];
            object?[] right = [.. ((IEnumerable)actual).Cast<object?>()];
            return left.Length != right.Length
                ? $"{at}: {left.Length} items became {right.Length}"
                : left.Select((item, i) => Difference(item, right[i], $"{at}[{i}]")).FirstOrDefault(d => d is not null);
        }

        return expected.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(p => Difference(p.GetValue(expected), p.GetValue(actual), $"{at}.{p.Name}"))
            .FirstOrDefault(d => d is not null);
    }
}
