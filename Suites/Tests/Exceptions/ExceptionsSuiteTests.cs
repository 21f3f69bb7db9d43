using System.Diagnostics;
using Conformance.Harness.Cases;
using Conformance.Suites.Exceptions;

namespace Conformance.Suites.Tests.Exceptions;

public class ExceptionsSuiteTests
{
    private static readonly ExceptionsSuite s_suite = new();

    public static TheoryData<string> TargetNames => ["nv2", "max", "v80", "no-el3"];

    internal static SuiteTarget Target(string name) => name switch
    {
        "nv2" => Targets.Nv2,
        "max" => Targets.Max,
        "v80" => Targets.V80,
        _ => Targets.NoEl3,
    };

    [Theory]
    [MemberData(nameof(TargetNames))]
    public void Scratch(string name)
    {
        var w = Stopwatch.StartNew();
        List<Case> cases = [.. s_suite.Generate(Target(name), 1)];
        Console.WriteLine($"{name}: {cases.Count} in {w.ElapsedMilliseconds}");
        w.Restart();
        cases = [.. s_suite.Generate(Target(name), 1)];
        Console.WriteLine($"{name}: {cases.Count} in {w.ElapsedMilliseconds}");
        foreach (var g in cases.GroupBy(c => c.Id.Split('/')[1])) Console.WriteLine($"  {g.Key} {g.Count()}");
        cases.Select(c => c.Id).ShouldBeUnique();
    }
}
