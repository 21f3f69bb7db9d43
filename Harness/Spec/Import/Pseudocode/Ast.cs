namespace Conformance.Harness.Spec.Import.Pseudocode;

/// <summary>An expression of the pseudocode. A closed set.</summary>
internal abstract record Expr
{
    /// <summary>A variable, register, constant or type.</summary>
    internal sealed record Name(string Id) : Expr
    {
        public override string ToString() => Id;
    }

    internal sealed record Number(long Value) : Expr
    {
        public override string ToString() => $"{Value}";
    }

    /// <summary><c>'01x'</c>, most significant bit first.</summary>
    internal sealed record Bits(string Pattern) : Expr
    {
        public override string ToString() => $"'{Pattern}'";
    }

    internal sealed record Call(string Function, IReadOnlyList<Expr> Arguments) : Expr
    {
        public override string ToString() => $"{Function}({string.Join(", ", Arguments)})";
    }

    /// <summary><c>X[t, 64]</c>, <c>VMID[]</c>.</summary>
    internal sealed record Index(Expr Of, IReadOnlyList<Expr> Arguments) : Expr
    {
        public override string ToString() => $"{Of}[{string.Join(", ", Arguments)}]";
    }

    /// <summary><c>x&lt;3:0&gt;</c>, or one bit: <paramref name="Low"/> is null.</summary>
    internal sealed record Slice(Expr Of, Expr High, Expr? Low) : Expr
    {
        public override string ToString() => Low is null ? $"{Of}<{High}>" : $"{Of}<{High}:{Low}>";
    }

    /// <summary><c>x&lt;start+:width&gt;</c>.</summary>
    internal sealed record Run(Expr Of, Expr Start, Expr Width) : Expr
    {
        public override string ToString() => $"{Of}<{Start}+:{Width}>";
    }

    /// <summary><c>HCR_EL2.NV</c>.</summary>
    internal sealed record Field(Expr Of, string Id) : Expr
    {
        public override string ToString() => $"{Of}.{Id}";
    }

    /// <summary><c>PSTATE.&lt;D,A,I,F&gt;</c>.</summary>
    internal sealed record Fields(Expr Of, IReadOnlyList<string> Ids) : Expr
    {
        public override string ToString() => $"{Of}.<{string.Join(',', Ids)}>";
    }

    internal sealed record Not(Expr Of) : Expr
    {
        public override string ToString() => $"!{Of}";
    }

    internal sealed record Binary(string Operator, Expr Left, Expr Right) : Expr
    {
        public override string ToString() => $"({Left} {Operator} {Right})";
    }

    /// <summary><c>x IN {'0x', '11'}</c>.</summary>
    internal sealed record In(Expr Left, IReadOnlyList<Expr> Set) : Expr
    {
        public override string ToString() => $"{Left} IN {{{string.Join(", ", Set)}}}";
    }

    internal sealed record Tuple(IReadOnlyList<Expr> Items) : Expr
    {
        public override string ToString() => $"({string.Join(", ", Items)})";
    }

    /// <summary>A choice of the implementation, with its description.</summary>
    internal sealed record Choice(string Type, string Description) : Expr
    {
        public override string ToString() => $"{Type} IMPLEMENTATION_DEFINED \"{Description}\"";
    }

    /// <summary>An unknown value.</summary>
    internal sealed record Unknown : Expr
    {
        public override string ToString() => "UNKNOWN";
    }
}

/// <summary>A statement of the pseudocode. A closed set.</summary>
/// <param name="Line">Its line, from 1.</param>
internal abstract record Statement(int Line)
{
    /// <summary>The first arm whose condition holds; <paramref name="Else"/> is empty if there is none.</summary>
    internal sealed record If(int Line, IReadOnlyList<(Expr When, IReadOnlyList<Statement> Then)> Arms, IReadOnlyList<Statement> Else)
        : Statement(Line);

    internal sealed record Assign(int Line, Expr Target, Expr Value) : Statement(Line);

    /// <summary><c>integer m = UInt(op2&lt;1:0&gt;)</c>.</summary>
    internal sealed record Declare(int Line, string Type, string Id, Expr Value) : Statement(Line);

    internal sealed record Invoke(int Line, Expr.Call Call) : Statement(Line);

    internal sealed record Undefined(int Line) : Statement(Line);

    internal sealed record Return(int Line) : Statement(Line);
}
