using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Conformance.Mutation.Sources;

/// <summary>The source of the model's assembly, ready to be compiled again with one file changed.</summary>
internal sealed class ModelSource
{
    internal const string AssemblyName = "Conformance.Cpu";

    // What the SDK adds to a project: the implicit usings, and the version that the device's assembly asks for.
    private const string Preamble =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        [assembly: System.Reflection.AssemblyVersion("1.0.0.0")]
        """;

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp14, DocumentationMode.None);

    private static readonly Lazy<ImmutableArray<MetadataReference>> s_references = new(References);

    private readonly Dictionary<string, SyntaxTree> _trees;

    private ModelSource(IEnumerable<(string File, string Text)> files)
    {
        _trees = files.ToDictionary(f => f.File, f => Parse(f.File, f.Text), StringComparer.Ordinal);
        Compilation = CSharpCompilation.Create(
            AssemblyName,
            [Parse("Preamble.cs", Preamble), .. _trees.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => t.Value)],
            s_references.Value,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Annotations, concurrentBuild: false)); // no analysis: its warnings are not asked for
    }

    /// <summary>The model as it is.</summary>
    internal CSharpCompilation Compilation { get; }

    /// <summary>Every file, relative to the root of the repository, in ordinal order.</summary>
    internal IReadOnlyList<string> Files => [.. _trees.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Reads the folder <c>Cpu</c> of a source tree, without tests and build output.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    internal static ModelSource Read(string root) => Of(
        from path in Directory.EnumerateFiles(Path.Combine(root, "Cpu"), "*.cs", SearchOption.AllDirectories)
        let file = Path.GetRelativePath(root, path).Replace('\\', '/')
        where !file.StartsWith("Cpu/Tests/", StringComparison.Ordinal)
            && !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
        select (file, File.ReadAllText(path)));

    /// <summary>Takes texts in the place of files.</summary>
    internal static ModelSource Of(IEnumerable<(string File, string Text)> files) => new(files);

    internal SyntaxTree Tree(string file) => _trees[file];

    /// <summary>The same; null when there is no such file.</summary>
    internal SyntaxTree? TryTree(string file) => _trees.GetValueOrDefault(file);

    /// <summary>Compiles the model with a file replaced.</summary>
    /// <returns>The assembly, or null with the compiler's first error.</returns>
    internal (byte[]? Assembly, string Error) Build(string? file = null, string text = "")
    {
        CSharpCompilation compilation = file is null
            ? Compilation : Compilation.ReplaceSyntaxTree(_trees[file], Parse(file, text));
        using var output = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(output);
        Diagnostic? error = result.Diagnostics.FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error);
        return result.Success ? (output.ToArray(), "") : (null, error?.ToString() ?? "no message");
    }

    private static SyntaxTree Parse(string file, string text) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text), s_parse, file);

    /// <summary>The framework that this process runs on.</summary>
    private static ImmutableArray<MetadataReference> References() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];
}
