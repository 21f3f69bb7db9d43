using System.Globalization;
using System.Reflection;
using Conformance.Harness.Programs;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Tests.Programs;

/// <summary>A call of an emitter written as text, as in the comments of a64-words.s: <c>AddImm(X0, SP, 16)</c>.</summary>
internal static class EmitterCall
{
    /// <summary>Finds the emitter that fits name and arguments, calls it, and returns it.</summary>
    internal static MethodInfo Invoke(Assembler assembler, string call)
    {
        int open = call.IndexOf('(', StringComparison.Ordinal);
        string name = call[..open];
        string inside = call[(open + 1)..^1];
        string[] arguments = inside.Length == 0 ? [] : inside.Split(", ");
        foreach (MethodInfo method in typeof(Assembler).GetMethods().Where(m => m.Name == name))
        {
            if (Fit(method.GetParameters(), arguments, assembler) is { } values)
            {
                method.Invoke(assembler, BindingFlags.DoNotWrapExceptions, null, values, null);
                return method;
            }
        }

        throw new InvalidOperationException($"No emitter fits {call}");
    }

    private static object?[]? Fit(ParameterInfo[] parameters, string[] arguments, Assembler assembler)
    {
        if (arguments.Length > parameters.Length || parameters.Skip(arguments.Length).Any(p => !p.HasDefaultValue))
        {
            return null;
        }

        object?[] values = new object?[parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            object? value = i < arguments.Length
                ? Value(parameters[i].ParameterType, arguments[i], assembler)
                : parameters[i].DefaultValue;
            if (value is null)
            {
                return null;
            }

            values[i] = value;
        }

        return values;
    }

    /// <summary>The argument as a value of the type, or null when it is something else.</summary>
    private static object? Value(Type type, string text, Assembler assembler) => type switch
    {
        _ when type == typeof(string) => text[0] == '"' ? text.Trim('"') : null,
        _ when text[0] == '"' => null,
        _ when type == typeof(Label) => Label.At(assembler.Here + ulong.Parse(text.AsSpan(2)) * (text[1] == '-' ? ulong.MaxValue : 1)),
        _ when type == typeof(SystemEncoding) => SystemEncoding.TryParse(text, out SystemEncoding e) ? e : null,
        _ when type.IsEnum => Enum.TryParse(type, text, out object? value) ? value : null,
        _ when type == typeof(bool) => bool.Parse(text),
        _ when type == typeof(int) && typeof(Reg).GetField(text) is { } register => register.GetRawConstantValue(),
        _ => TryNumber(text, out ulong number) ? Narrow(type, number) : null,
    };

    private static object Narrow(Type type, ulong number) =>
        type == typeof(ulong) ? number : Convert.ChangeType((long)number, type, CultureInfo.InvariantCulture);

    private static bool TryNumber(string text, out ulong value)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            return ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        }

        bool signed = long.TryParse(text, out long number);
        value = (ulong)number;
        return signed;
    }
}
