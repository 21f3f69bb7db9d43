namespace Conformance.Mutation.Points;

/// <summary>What a mutation gets wrong, in the words of the model.</summary>
public enum MutationKind
{
    /// <summary>A named control bit is exchanged for its neighbour in the register.</summary>
    Bit,

    /// <summary>The number of a bit, or the distance of a shift, is one off.</summary>
    Position,

    /// <summary>A register is read or written in the place of another.</summary>
    Register,

    /// <summary>An Exception level is one off, or a set of levels is another.</summary>
    Level,

    /// <summary>Reads for writes.</summary>
    Direction,

    /// <summary>A situation in which a check is made or not is another.</summary>
    Situation,

    /// <summary>An effective control, or another question about the state, is exchanged for its neighbour.</summary>
    Control,

    /// <summary>A feature is exchanged, negated or not asked for.</summary>
    Feature,

    /// <summary>A rule of a declaration is left out or exchanged.</summary>
    Rule,

    /// <summary>The number of a fine-grained trap, or another number of a rule, is one off.</summary>
    TrapNumber,

    /// <summary>The place in the VNCR page is 8 bytes off.</summary>
    Offset,

    /// <summary>A name leads to another register (E2H, EL12, EL02, NV2).</summary>
    Alias,

    /// <summary>op1, CRn, CRm or op2 of a declaration, or a bit of an instruction pattern, is another.</summary>
    Encoding,

    /// <summary>RES0, RES1 or writable bits of a register are others.</summary>
    Layout,

    /// <summary>A register, an instruction or an alternative is left out.</summary>
    Declaration,

    /// <summary>And for or, one side left out, a negation too many or too few.</summary>
    Condition,

    /// <summary>A comparison is another.</summary>
    Comparison,

    /// <summary>True for false.</summary>
    Truth,

    /// <summary>The two results of a choice are exchanged.</summary>
    Choice,

    /// <summary>Two checks change places.</summary>
    Order,

    /// <summary>Two fields of a syndrome or another packed value change places.</summary>
    FieldOrder,

    /// <summary>Another exception class.</summary>
    ExceptionClass,

    /// <summary>A step is left out.</summary>
    Step,

    /// <summary>And for or, plus for minus, on numbers; a complement left out; flags left out.</summary>
    Operator,

    /// <summary>Any other number is one off, or a mask lacks a bit.</summary>
    Constant,
}
