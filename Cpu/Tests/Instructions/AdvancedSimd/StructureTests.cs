using System.Globalization;
using System.Text.RegularExpressions;
using Conformance.Cpu.Instructions;
using Conformance.Cpu.SystemRegisters;

namespace Conformance.Cpu.Tests.Instructions.AdvancedSimd;

/// <summary>Loads and stores of structures, each row in every size, against where the manual says that elements are.</summary>
public sealed partial class StructureTests
{
    private const int T = 30;   // registers wrap from V31 to V0
    private const ulong X2 = 0x123;

    public static TheoryData<string> Encodings =>
        [.. AdvancedSimdRows.All.Where(AdvancedSimdRows.AccessesMemory).Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Elements_go_where_the_manual_says(string name)
    {
        (uint Word, Shape Shape)[] words = [.. Words(name)];
        words.Length.ShouldBeGreaterThanOrEqualTo(2);
        foreach ((uint word, Shape shape) in words)
        {
            foreach (bool bigEndian in (bool[])[false, true])
            {
                byte[] memory = [.. Enumerable.Range(1, 64).Select(i => (byte)(37 * i))];
                byte[][] registers = [.. Enumerable.Range(0, 32).Select(r => Enumerable.Range(0, 16).Select(i => (byte)(r * 16 + i)).ToArray())];
                Core core = SimdStep.Run(word, c =>
                {
                    c.System[Slots.SCTLR_EL3] |= bigEndian ? Sctlr.EE : 0;
                    c.ContextChanged();
                    c.Ram!.Write(Given.Data, memory);
                    c.SetX(1, Given.Data);
                    c.SetX(2, X2);
                    for (int r = 0; r < 32; r++)
                    {
                        c.SetQ(r, BitConverter.ToUInt128(registers[r]));
                    }
                });

                shape.Apply(memory, registers, bigEndian);
                core.ExceptionCount.ShouldBe(0ul, $"0x{word:x8}");
                core.Ram!.Read(Given.Data, 64).ToArray().ShouldBe(memory, $"0x{word:x8} BE={bigEndian}");
                for (int r = 0; r < 32; r++)
                {
                    core.Q(r).ShouldBe(BitConverter.ToUInt128(registers[r]), $"0x{word:x8} V{r} BE={bigEndian}");
                }

                core.GetX(1).ShouldBe(Given.Data + shape.WriteBack, $"0x{word:x8}");
            }
        }
    }

    [Theory]
    [InlineData(0x4c9f_2000 | 0x40_0000)]    // ld1 {v0.16b-v3.16b}, [x0], #64
    [InlineData(0x4c9f_0000 | 0x40_0000)]    // ld4 {v0.16b-v3.16b}, [x0], #64
    [InlineData(0x4dbf_e000 | 0x40_0000)]    // ld4r {v0.16b-v3.16b}, [x0], #4
    public void A_load_that_faults_in_the_middle_changes_no_register(uint word)
    {
        Core core = SimdStep.Run(word, c =>
        {
            c.SetX(0, Given.Base + 0x2_0000 - 3);
            c.System[Slots.SCTLR_EL3] &= ~Sctlr.A;
            Array.Fill(c.V, 0x5555ul);
        });

        core.ExceptionCount.ShouldBe(1ul);
        core.V.ShouldAllBe(v => v == 0x5555);
        core.GetX(0).ShouldBe(Given.Base + 0x2_0000 - 3);
        core.System[Slots.FAR_EL3].ShouldBe(Given.Base + 0x2_0000);
    }

    [Fact]
    public void An_element_is_aligned_to_its_own_size_and_not_to_that_of_the_transfer()
    {
        SimdStep.Run(0x4c40_7800, c => c.SetX(0, Given.Data + 4)).ExceptionCount.ShouldBe(0ul);     // ld1 {v0.4s}, [x0]
        Core core = SimdStep.Run(0x4c40_7800, c => c.SetX(0, Given.Data + 2));
        core.ExceptionCount.ShouldBe(1ul);
        core.System[Slots.ESR_EL3].ShouldBe(0x9600_0021ul);
    }

    [Theory]
    [InlineData(0x0c40_73e0)]    // ld1 {v0.8b}, [sp]
    [InlineData(0x0d9f_03e0)]    // st1 {v0.b}[0], [sp], #1
    public void SP_as_base_is_checked(uint word)
    {
        Core core = SimdStep.Run(word, c =>
        {
            c.System[Slots.SCTLR_EL3] |= Sctlr.SA;
            c.ContextChanged();
            c.Sp = Given.Data + 8;
        });

        (core.System[Slots.ESR_EL3] >> 26).ShouldBe(0x26ul);
    }

    /// <summary>Every Q, size and index of a row, with Rt 30, Rn 1, Rm 2 unless it is fixed.</summary>
    private static IEnumerable<(uint Word, Shape Shape)> Words(string name)
    {
        InsnRow row = AdvancedSimdRows.All.Single(r => r.Name == name);
        for (uint choice = 0; choice < 16; choice++)
        {
            uint open = (choice >> 3) << 30 | (choice & 7) << 10 | 2 << 16 | 1 << 5 | T;
            uint word = SimdStep.Word(row, open);
            bool once = (row.Pattern.Mask >> 10 & 7 & ~(word ^ open) >> 10) == (row.Pattern.Mask >> 10 & 7);
            if (once && Shape.Of(name, word) is { } shape)
            {
                yield return (word, shape);
            }
        }
    }

    [GeneratedRegex("^(?<op>LD|ST)(?<n>[1-4])(?<r>R?)_asisdls(?<kind>[eo])(?<post>p?)_.*?(?<regs>[1-4])(?:[vbhsd_ir].*)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();

    /// <summary>What a word does, from its name and the fields of the manual.</summary>
    private sealed record Shape(bool Load, int Structure, int Registers, int Size, int Bytes, int? Lane, bool Replicate, ulong WriteBack)
    {
        internal static Shape? Of(string name, uint word)
        {
            Match m = Name().Match(name);
            m.Success.ShouldBeTrue(name);
            int structure = int.Parse(m.Groups["n"].Value, CultureInfo.InvariantCulture);
            bool single = m.Groups["kind"].Value == "o";
            bool replicate = m.Groups["r"].Length != 0;
            int q = (int)(word >> 30 & 1);
            int size = (int)(word >> 10 & 3);
            int registers = single ? structure : (word >> 12 & 15) switch { 2 => 4, 6 => 3, 7 => 1, 10 => 2, _ => structure };
            int? lane = null;
            if (single && !replicate)
            {
                int scale = (int)(word >> 14 & 3);
                int s = (int)(word >> 12 & 1);
                (size, lane) = (scale, size & 1) switch
                {
                    (0, _) => (0, q << 3 | s << 2 | size),
                    (1, _) => (1, q << 2 | s << 1 | size >> 1),
                    (2, 0) => (2, q << 1 | s),
                    _ => (3, q),
                };
            }

            int bytes = q == 0 ? 8 : 16;
            if (!single && structure > 1 && size == 3 && q == 0)
            {
                return null;    // reserved
            }

            int total = single ? structure << size : registers * bytes;
            ulong writeBack = m.Groups["post"].Length == 0 ? 0 : (word >> 16 & 31) == 31 ? (ulong)total : X2;
            return new Shape(m.Groups["op"].Value == "LD", structure, registers, size, bytes, lane, replicate, writeBack);
        }

        internal void Apply(byte[] memory, byte[][] v, bool bigEndian)
        {
            int width = 1 << Size;
            for (int r = 0; r < Registers; r++)
            {
                byte[] register = v[(T + r) & 31];
                if (Load && Lane is null)
                {
                    Array.Clear(register);
                }

                int elements = Lane is null ? Bytes / width : 1;
                for (int e = 0; e < elements; e++)
                {
                    int at = Lane is not null || Replicate ? r * width
                        : Structure == 1 ? r * Bytes + e * width
                        : (e * Structure + r) * width;
                    int to = (Lane ?? e) * width;
                    for (int b = 0; b < width; b++)
                    {
                        int inMemory = at + (bigEndian ? width - 1 - b : b);
                        if (Load)
                        {
                            register[to + b] = memory[inMemory];
                        }
                        else
                        {
                            memory[inMemory] = register[to + b];
                        }
                    }
                }
            }
        }
    }
}
