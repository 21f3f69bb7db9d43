using System.Globalization;

namespace Conformance.Harness.Programs;

/// <summary>A place in a program. Made by <see cref="Assembler.NewLabel"/>, placed by <see cref="Assembler.Bind"/>.</summary>
public sealed class Label
{
    internal Label(string name) => Name = name;

    /// <summary>A label at a fixed address, for branches to code outside the program.</summary>
    public static Label At(ulong address, string? name = null) =>
        new(name ?? string.Create(CultureInfo.InvariantCulture, $"0x{address:x}")) { Address = address };

    /// <summary>Name for messages.</summary>
    public string Name { get; }

    internal ulong? Address { get; set; }

    public override string ToString() => Name;
}
