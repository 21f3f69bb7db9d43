namespace Conformance.Cpu.Instructions;

/// <summary>What a load or store of a general register moves: how many bytes, and how a load fills the register.</summary>
/// <remarks>The implementations are type arguments, so that each form gets its own code without a test at run time.</remarks>
internal interface ITransfer
{
    static abstract int Size { get; }

    /// <summary>The register value made of the bytes read, which come zero-extended.</summary>
    static abstract ulong Extend(ulong read);
}

internal readonly struct Byte : ITransfer
{
    public static int Size => 1;

    public static ulong Extend(ulong read) => read;
}

internal readonly struct Halfword : ITransfer
{
    public static int Size => 2;

    public static ulong Extend(ulong read) => read;
}

internal readonly struct Word : ITransfer
{
    public static int Size => 4;

    public static ulong Extend(ulong read) => read;
}

internal readonly struct Doubleword : ITransfer
{
    public static int Size => 8;

    public static ulong Extend(ulong read) => read;
}

internal readonly struct SignedByteToW : ITransfer
{
    public static int Size => 1;

    public static ulong Extend(ulong read) => (uint)(sbyte)read;
}

internal readonly struct SignedByteToX : ITransfer
{
    public static int Size => 1;

    public static ulong Extend(ulong read) => (ulong)(sbyte)read;
}

internal readonly struct SignedHalfwordToW : ITransfer
{
    public static int Size => 2;

    public static ulong Extend(ulong read) => (uint)(short)read;
}

internal readonly struct SignedHalfwordToX : ITransfer
{
    public static int Size => 2;

    public static ulong Extend(ulong read) => (ulong)(short)read;
}

internal readonly struct SignedWordToX : ITransfer
{
    public static int Size => 4;

    public static ulong Extend(ulong read) => (ulong)(int)read;
}
