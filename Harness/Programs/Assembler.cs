using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Conformance.Harness.Programs;

/// <summary>Writes A64 machine code. Every emitter appends and returns the assembler, so programs read as a chain.</summary>
/// <remarks>
/// The encodings are the assembler's own, so that a wrong decode table elsewhere cannot hide in them; the golden words in
/// <c>Fixtures/golden/a64-words.csv</c> come from another assembler and pin them. Forms are 64-bit unless the name ends in
/// W. Source: Arm ARM DDI 0487, C4.1 and C6.2. An operand out of range is an <see cref="ArgumentOutOfRangeException"/>.
/// </remarks>
/// <param name="origin">Address of the first word, a multiple of 4.</param>
public sealed partial class Assembler(ulong origin)
{
    private readonly List<uint> _words = [];
    private readonly List<Fixup> _fixups = [];
    private int _labels;

    /// <summary>A word that depends on a label that is not placed yet. <c>Encode</c> takes PC and target.</summary>
    private readonly record struct Fixup(int Index, Label Label, Func<ulong, ulong, uint> Encode);

    /// <summary>Address of the first word.</summary>
    public ulong Origin { get; } = (origin & 3) == 0
        ? origin
        : throw new ArgumentOutOfRangeException(nameof(origin), $"0x{origin:x}", "The origin must be a multiple of 4.");

    /// <summary>Address of the next word.</summary>
    public ulong Here => Origin + 4 * (ulong)_words.Count;

    /// <summary>Makes a label; place it with <see cref="Bind"/>.</summary>
    public Label NewLabel(string? name = null) =>
        new(name ?? string.Create(CultureInfo.InvariantCulture, $"label {++_labels}"));

    /// <summary>Places a label here and resolves the references made to it so far.</summary>
    public Assembler Bind(Label label)
    {
        if (label.Address is { } address)
        {
            throw new InvalidOperationException($"{label.Name} is already placed at 0x{address:x}; a label has one place.");
        }

        label.Address = Here;
        foreach (Fixup fixup in _fixups.Where(f => f.Label == label))
        {
            _words[fixup.Index] = fixup.Encode(AddressOfWord(fixup.Index), Here);
        }

        _fixups.RemoveAll(f => f.Label == label);
        return this;
    }

    /// <summary>The address of a placed label.</summary>
    public ulong AddressOf(Label label) => label.Address
        ?? throw new InvalidOperationException($"{label.Name} has no address yet in the program at 0x{Origin:x}; Bind it first.");

    /// <summary>Appends one word as it is.</summary>
    public Assembler Word(uint word)
    {
        _words.Add(word);
        return this;
    }

    /// <summary>Appends a 64-bit little-endian value.</summary>
    public Assembler Quad(ulong value) => Word((uint)value).Word((uint)(value >> 32));

    /// <summary>Appends the address of a label as a 64-bit little-endian value.</summary>
    public Assembler Quad(Label label) => Reference(label, (_, target) => (uint)target)
        .Reference(label, (_, target) => (uint)(target >> 32));

    /// <summary>Appends zero words (UDF #0) up to a multiple of <paramref name="bytes"/>, a power of two from 4.</summary>
    public Assembler Align(int bytes)
    {
        if (bytes < 4 || (bytes & bytes - 1) != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(bytes), bytes, "An alignment is a power of two and at least 4.");
        }

        while ((Here & (ulong)(bytes - 1)) != 0)
        {
            Word(0);
        }

        return this;
    }

    /// <summary>Appends <paramref name="bytes"/> zero bytes, a multiple of 4.</summary>
    public Assembler Space(int bytes)
    {
        if (bytes < 0 || (bytes & 3) != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(bytes), bytes, "Space is given in bytes, a multiple of 4.");
        }

        _words.AddRange(new uint[bytes / 4]);
        return this;
    }

    /// <summary>The program. Every label that is referred to must be placed.</summary>
    public uint[] Words()
    {
        if (_fixups.Count > 0)
        {
            Fixup first = _fixups[0];
            throw new InvalidOperationException(
                $"{first.Label.Name} is used at 0x{AddressOfWord(first.Index):x} but never placed; Bind it.");
        }

        return [.. _words];
    }

    /// <summary>The program in memory order, little-endian.</summary>
    public byte[] ToBytes()
    {
        uint[] words = Words();
        byte[] bytes = new byte[4 * words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 * i), words[i]);
        }

        return bytes;
    }

    private ulong AddressOfWord(int index) => Origin + 4 * (ulong)index;

    private Assembler Reference(Label label, Func<ulong, ulong, uint> encode)
    {
        if (label.Address is { } target)
        {
            return Word(encode(Here, target));
        }

        _fixups.Add(new Fixup(_words.Count, label, encode));
        return Word(0);
    }

    /// <summary>A register number, 0 to 31.</summary>
    private static uint R(int register, [CallerArgumentExpression(nameof(register))] string name = "") =>
        register is >= 0 and <= 31
            ? (uint)register
            : throw new ArgumentOutOfRangeException(name, register, "A register number is 0 to 31.");

    /// <summary>An unsigned field of <paramref name="width"/> bits.</summary>
    private static uint U(long value, int width, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 0 && value < 1L << width
            ? (uint)value
            : throw new ArgumentOutOfRangeException(name, value, $"The value must be 0 to {(1L << width) - 1}.");

    /// <summary>An unsigned field that counts units of <paramref name="scale"/>.</summary>
    private static uint UScaled(long value, int width, int scale, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 0 && value % scale == 0 && value / scale < 1L << width
            ? (uint)(value / scale)
            : throw new ArgumentOutOfRangeException(
                name, value, $"The value must be 0 to {((1L << width) - 1) * scale}{Multiple(scale)}.");

    /// <summary>A signed field that counts units of <paramref name="scale"/>.</summary>
    private static uint S(long value, int width, int scale, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        long limit = 1L << width - 1;
        return value % scale == 0 && value / scale >= -limit && value / scale < limit
            ? (uint)(value / scale) & (uint)((1L << width) - 1)
            : throw new ArgumentOutOfRangeException(
                name, value, $"The value must be {-limit * scale} to {(limit - 1) * scale}{Multiple(scale)}.");
    }

    private static string Multiple(int scale) => scale == 1 ? "" : $", a multiple of {scale}";
}
