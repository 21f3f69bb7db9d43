using System.Globalization;

namespace Conformance.Harness.Programs;

/// <summary>One row of the disassembler: a pattern of bits, and what to write for words that have it.</summary>
internal sealed class DisassemblyRow
{
    private readonly uint _mask;
    private readonly uint _value;
    private readonly Func<DisassembledWord, string?> _text;

    /// <param name="pattern">From bit 31 down: bits, and fields as <c>name:width</c>. 32 bits in all.</param>
    /// <param name="text">The text, or null when the word is not allocated after all: later rows are tried.</param>
    internal DisassemblyRow(string pattern, Func<DisassembledWord, string?> text)
    {
        int bit = 32;
        foreach (string part in pattern.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon >= 0)
            {
                int width = int.Parse(part.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture);
                bit -= width;
                Fields[part[..colon]] = (bit, width);
                continue;
            }

            foreach (char digit in part)
            {
                bit--;
                _mask |= 1u << bit;
                _value |= (digit == '1' ? 1u : 0) << bit;
            }
        }

        Pattern = bit == 0 ? pattern : throw new ArgumentException($"{pattern} has {32 - bit} bits, not 32.", nameof(pattern));
        _text = text;
    }

    internal string Pattern { get; }

    /// <summary>Low bit and width of each field by name.</summary>
    internal Dictionary<string, (int Low, int Width)> Fields { get; } = new(StringComparer.Ordinal);

    internal string? Text(uint word, ulong pc) =>
        (word & _mask) == _value ? _text(new DisassembledWord(this, word, pc)) : null;
}
