using Conformance.Mutation.Points;
using Conformance.Mutation.Sources;
using Microsoft.CodeAnalysis;

namespace Conformance.Mutation.Tests.Points;

/// <summary>A small source that looks like the model, and its mutants.</summary>
internal static class Given
{
    private const string Vocabulary =
        """
        internal sealed class AccessRule;
        internal static class Hcr { internal const ulong TWI = 1UL << 13; internal const ulong TWE = 1UL << 14; internal const ulong TID1 = 1UL << 16; }
        internal static class Slots { internal const int HCR_EL2 = 0; internal const int SCR_EL3 = 1; }
        internal static class ExceptionClass { internal const int Svc = 0x15; internal const int Hvc = 0x16; }
        [System.Flags] internal enum Situation { None = 0, Nv = 1, Nv2 = 2 }
        internal sealed class Core { internal ulong[] System = []; internal int EL; }
        internal static class Effective { internal static bool Tge(Core core) => true; internal static bool Host0(Core core) => true; }
        internal readonly record struct SysEncoding(int Op0, int Op1, int CRn, int CRm, int Op2)
        {
            public static implicit operator SysEncoding((int, int, int, int, int) n) => new(n.Item1, n.Item2, n.Item3, n.Item4, n.Item5);
        }
        internal static class Rules
        {
            internal static readonly AccessRule ReadOnly = new();
            internal static readonly AccessRule El12 = new();
            internal static AccessRule Vncr(int offset) => new();
            internal static AccessRule Hfg(int n) => new();
            internal static AccessRule Hdfg(int n) => new();
            internal static AccessRule Host(string name) => new();
            internal static AccessRule Needs(string feature) => new();
        }
        """;

    /// <summary>The mutants of members of a class that uses the model's words.</summary>
    internal static IReadOnlyList<Mutant> Mutants(string members)
    {
        string text = $"using static Rules;\ninternal static class It\n{{\n{members}\n}}\n";
        var source = ModelSource.Of([("Vocabulary.cs", Vocabulary), ("It.cs", text)]);
        source.Build().Error.ShouldBe("");
        SyntaxTree tree = source.Tree("It.cs");
        return PointFinder.In("It.cs", tree, source.Compilation.GetSemanticModel(tree));
    }

    /// <summary>The changes of one kind, "before -> after".</summary>
    internal static string[] Changes(MutationKind kind, string members) =>
        [.. Mutants(members).Where(m => m.Kind == kind).Select(m => $"{m.Before} -> {m.After}")];
}
