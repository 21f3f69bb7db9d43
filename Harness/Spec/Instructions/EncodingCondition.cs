namespace Conformance.Harness.Spec.Instructions;

/// <summary>A condition on the fields of a word and on the features of a PE.</summary>
/// <remarks>
/// Notation: <c>size:Q==110</c>, <c>immh&lt;3&gt;!=1</c>, <c>Rn==Rt</c>, <c>imm5==x1000</c> (x matches both), <c>FEAT_FP16</c>;
/// joined by <c>!</c>, <c>&amp;&amp;</c>, <c>||</c> and parentheses.
/// </remarks>
public abstract record EncodingCondition
{
    /// <summary>Whether it holds.</summary>
    /// <param name="word">The instruction.</param>
    /// <param name="has">Whether the PE has a feature.</param>
    public abstract bool Holds(uint word, Func<string, bool> has);

    /// <summary>The bits of the word that it asks for.</summary>
    public abstract uint Bits { get; }

    /// <summary>The features that it asks for.</summary>
    public abstract IEnumerable<string> Features { get; }

    /// <param name="text">The notation.</param>
    /// <param name="pattern">Where the fields are; null when only features are named.</param>
    /// <exception cref="FormatException">The text is not in the notation, or names a field that is not there.</exception>
    public static EncodingCondition Parse(string text, InstructionPattern? pattern) => new EncodingConditionParser(text, pattern).Parse();

    internal sealed record Feature(string Name) : EncodingCondition
    {
        public override uint Bits => 0;

        public override IEnumerable<string> Features => [Name];

        public override bool Holds(uint word, Func<string, bool> has) => has(Name);

        public override string ToString() => Name;
    }

    internal sealed record Constant(bool Value) : EncodingCondition
    {
        public override uint Bits => 0;

        public override IEnumerable<string> Features => [];

        public override bool Holds(uint word, Func<string, bool> has) => Value;

        public override string ToString() => Value ? "TRUE" : "FALSE";
    }

    internal sealed record Not(EncodingCondition Of) : EncodingCondition
    {
        public override uint Bits => Of.Bits;

        public override IEnumerable<string> Features => Of.Features;

        public override bool Holds(uint word, Func<string, bool> has) => !Of.Holds(word, has);

        public override string ToString() => Of is Feature or Constant ? $"!{Of}" : $"!({Of})";
    }

    internal sealed record All(IReadOnlyList<EncodingCondition> Parts) : EncodingCondition
    {
        public override uint Bits => Parts.Aggregate(0u, (all, p) => all | p.Bits);

        public override IEnumerable<string> Features => Parts.SelectMany(p => p.Features);

        public override bool Holds(uint word, Func<string, bool> has) => Every(word, has);

        private bool Every(uint word, Func<string, bool> has)
        {
            for (int i = 0; i < Parts.Count; i++)
            {
                if (!Parts[i].Holds(word, has))
                {
                    return false;
                }
            }

            return true;
        }

        public override string ToString() => string.Join(" && ", Parts.Select(p => p is Any ? $"({p})" : $"{p}"));
    }

    internal sealed record Any(IReadOnlyList<EncodingCondition> Parts) : EncodingCondition
    {
        public override uint Bits => Parts.Aggregate(0u, (all, p) => all | p.Bits);

        public override IEnumerable<string> Features => Parts.SelectMany(p => p.Features);

        public override bool Holds(uint word, Func<string, bool> has) => Some(word, has);

        private bool Some(uint word, Func<string, bool> has)
        {
            for (int i = 0; i < Parts.Count; i++)
            {
                if (Parts[i].Holds(word, has))
                {
                    return true;
                }
            }

            return false;
        }

        public override string ToString() => string.Join(" || ", Parts.Select(p => $"{p}"));
    }

    /// <summary>Equality of two strings of bits; a literal on the right may hold x.</summary>
    internal sealed record Equal(EncodingBits Left, EncodingBits Right, bool Negated) : EncodingCondition
    {
        private readonly uint _care = Left.Care & Right.Care;

        public override uint Bits => Left.WordBits | Right.WordBits;

        public override IEnumerable<string> Features => [];

        public override bool Holds(uint word, Func<string, bool> has)
        {
            uint care = _care;
            return (((Left.Of(word) ^ Right.Of(word)) & care) == 0) != Negated;
        }

        public override string ToString() => $"{Left}{(Negated ? "!=" : "==")}{Right}";
    }
}

/// <summary>A string of bits made of slices of fields and of literals.</summary>
/// <param name="Text">The notation.</param>
/// <param name="Width">Bits in all.</param>
/// <param name="Care">The bits that count: all but the x of literals.</param>
/// <param name="Parts">From the left: position in the word, width, and for a literal its value (then the position is -1).</param>
internal sealed record EncodingBits(string Text, int Width, uint Care, IReadOnlyList<(int Lsb, int Width, uint Literal)> Parts)
{
    internal uint Of(uint word)
    {
        uint value = 0;
        for (int i = 0; i < Parts.Count; i++)
        {
            (int lsb, int width, uint literal) = Parts[i];
            uint part = lsb < 0 ? literal : (uint)((word >> lsb) & ((1ul << width) - 1));
            value = (value << width) | part;
        }

        return value;
    }

    /// <summary>The bits of the word that are in it.</summary>
    internal uint WordBits => Parts.Where(p => p.Lsb >= 0).Aggregate(0u, (all, p) => all | ((uint)((1ul << p.Width) - 1) << p.Lsb));

    public override string ToString() => Text;
}
