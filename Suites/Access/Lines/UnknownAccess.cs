using System.Collections.Concurrent;
using Conformance.Harness.Cases.AccessLines;
using Conformance.Harness.Spec;

namespace Conformance.Suites.Access.Lines;

/// <summary>Instruction words of lines that no accessor of the facts has.</summary>
internal static class UnknownAccess
{
    private static readonly ConcurrentDictionary<uint, Accessor> s_known = new();

    /// <summary>An accessor without rules for a word, with the generic name of its encoding if it is a system instruction.</summary>
    internal static Accessor Of(uint word) => s_known.GetOrAdd(word, static w => Accessor.Unlisted(w));

    /// <summary>Some word of an access: for listings of cases that do not run.</summary>
    internal static uint WordOf(AccessedName access) =>
        access.Accessor is { } accessor
            ? Instructions.Word(accessor, accessor.TakesRegister ? 0 : 31, access.Index, access.Immediate ?? 0)
            : throw new ArgumentException("An access has an accessor or a word.", nameof(access));
}
