namespace Conformance.Harness.Spec.Import.Translation;

/// <summary>A condition being written in our notation, with what is known already folded away.</summary>
/// <param name="Text">The notation; empty for a constant.</param>
/// <param name="Value">The truth, if it does not depend on the state.</param>
/// <param name="Shape">The outermost connective, which decides about parentheses.</param>
internal sealed record Guard(string Text, bool? Value, Guard.Form Shape)
{
    internal enum Form
    {
        Atom,
        And,
        Or,
    }

    internal static Guard True { get; } = new("", true, Form.Atom);

    internal static Guard False { get; } = new("", false, Form.Atom);

    internal static Guard Of(bool value) => value ? True : False;

    internal static Guard Atom(string text) => new(text, null, Form.Atom);

    internal Guard Negated() => Value is { } known ? Of(!known)
        : Shape == Form.Atom ? (Text[0] == '!' ? Atom(Text[1..]) : Atom($"!{Text}"))
        : Atom($"!({Text})");

    internal Guard And(Guard other) => Value is { } left ? (left ? other : False)
        : other.Value is { } right ? (right ? this : False)
        : new Guard($"{Inside(Form.And)} & {other.Inside(Form.And)}", null, Form.And);

    internal Guard Or(Guard other) => Value is { } left ? (left ? True : other)
        : other.Value is { } right ? (right ? True : this)
        : new Guard($"{Inside(Form.Or)} | {other.Inside(Form.Or)}", null, Form.Or);

    private string Inside(Form outer) => Shape == Form.Atom || Shape == outer ? Text : $"({Text})";
}
