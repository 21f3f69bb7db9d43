namespace Conformance.Suites.Exceptions.Rules;

/// <summary>What stands before a system register access: nothing, UNDEFINED, or a trap of class 18.</summary>
internal readonly record struct Guard
{
    private readonly int _target;
    private readonly bool _undefined;
    private readonly IReadOnlyList<string> _rules;

    private Guard(int target, bool undefined, IReadOnlyList<string> rules)
    {
        _target = target;
        _undefined = undefined;
        _rules = rules;
    }

    internal static Guard Open => new(0, false, []);

    internal static Guard Undefined => new(0, true, ["EX-151", "EX-212"]);

    internal static Guard Trap(int target, params string[] rules) => new(target, false, rules);

    internal Answer Answer(Situation s, uint iss, params string[] rules) => this switch
    {
        { _undefined: true } => Instruction.Undefined(s, [.. _rules]),
        { _target: 0 } => Exceptions.Answer.Completes(s.Next(), [.. _rules, "EX-212"]),
        _ => Exceptions.Answer.Takes(_target, 0x18, iss, [.. _rules, .. rules, "EX-122", "EX-083"]),
    };
}
