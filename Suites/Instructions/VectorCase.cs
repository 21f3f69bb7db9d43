using System.Globalization;
using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using Conformance.Harness.Spec.Instructions;
using Conformance.Suites.Translation.Tables;

namespace Conformance.Suites.Instructions;

/// <summary>Turns a vector into a case: V registers are loaded and stored by code, the rest is state of the case.</summary>
internal static class VectorCase
{
    /// <summary>Where the instruction stands: what depends on the PC is recorded for it.</summary>
    internal const ulong Pc = GuestMemory.Code + PcOffset;

    /// <summary>Memory for loads and stores.</summary>
    internal const ulong Window = GuestMemory.Data + 0x1000;

    internal const ulong WindowSize = 0x1000;

    /// <summary>Name of the state that says how the window is filled.</summary>
    internal const string Fill = "fill";

    /// <summary>Name of the state that turns alignment checks on (SCTLR_EL1.A).</summary>
    internal const string Alignment = "align";

    /// <summary>Name of the state that leaves nothing of other cases in the page tables: the access is to be translated by none.</summary>
    internal const string Faults = "fault";

    /// <summary>PSTATE bits that only the pseudocode keeps when an exception is taken: cases of the suite exceptions (EX-045, EX-053).</summary>
    internal const ulong OpenAtEntry = Spsr.Nzcv | Spsr.Dit;

    private const int PcOffset = 0x200;
    private const int Stored = 0x400; // from the start of the data

    // 4 KiB granule, 39 bits of address in both halves, 36 bits of output, write-back, inner shareable, no upper half.
    internal const ulong Tcr = 25 | (25 << 16) | (1 << 8) | (1 << 10) | (3 << 12) | (1 << 23) | (2ul << 30) | (1ul << 32);
    private const ulong MmuAndCaches = 1 | (1 << 2) | (1 << 12);
    private const ulong Second = GuestMemory.Tables + 0x1000;
    private const int BlockShift = 21;
    private const ulong Entries = 8 * (GuestMemory.RamSize >> BlockShift);
    private const ulong Ordinary = Descriptor.Valid | (3 << 8) | Descriptor.Af;

    /// <summary>The part of a case that says what runs from which state.</summary>
    /// <param name="vector">The vector; of its outcome only which V registers are stored is used.</param>
    /// <param name="encoding">Its encoding.</param>
    /// <param name="number">Number of the vector among those of the encoding.</param>
    internal static CaseBuilder Given(InstructionVector vector, InstructionEncoding encoding, int number)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"instructions/{encoding.Group.Split('.')[0].Replace('_', '-')}/{encoding.Name.ToLowerInvariant()}-{number}");
        CaseBuilder c = CaseBuilder.Case(id, string.Create(CultureInfo.InvariantCulture,
                $"{encoding.Mnemonic} 0x{vector.Word:x8} at EL{vector.Level} gives the registers, flags and memory, or the exception, that two implementations agree on"))
            .Rules(Rule(encoding), Page(encoding)).Needs(vector.Needs).Pstate(new Spsr(vector.Pstate));
        var code = new Assembler(GuestMemory.Code);
        int loads = 0;
        foreach (VectorField field in vector.State)
        {
            if (field.Vector is >= 0 and int v)
            {
                c.Memory(GuestMemory.Data + (16 * (ulong)loads), field.Low).Memory(GuestMemory.Data + (16 * (ulong)loads) + 8, field.High);
                code.LdrQ(v, vector.Base, 16 * loads++);
            }
            else if (FieldNames.TryGeneral(field.Name, out int x))
            {
                c.X(x, field.Low);
            }
            else if (field.Name == Fill)
            {
                Mapped(c.Fill(Window, WindowSize, field.Low, field.High), vector.Level);
            }
            else if (field.Name == Alignment)
            {
                c.Change("SCTLR_EL1", 1 << 1);
            }
            else if (field.Name == Faults)
            {
                c.Fill(GuestMemory.Tables, 0x1000, 0, 0).Fill(Second + Entries, 0x1000 - Entries, 0, 0);
            }
            else
            {
                c.Set(field.Name, field.Low);
            }
        }

        c.X(vector.Base, GuestMemory.Data);
        foreach (uint word in vector.Code)
        {
            code.Word(word);
        }

        int stored = 0;
        foreach (VectorField field in vector.Outcome.Where(f => f.Vector >= 0))
        {
            code.StrQ(field.Vector, vector.Base, Stored + (16 * stored++));
        }

        return c.CodeAt(PcOffset - (4 * (loads + vector.Main))).Code([.. code.Words()]);
    }

    /// <summary>The whole case.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="encoding">Its encoding.</param>
    /// <param name="number">Number of the vector among those of the encoding.</param>
    /// <param name="pstate">The bits of PSTATE that the device has.</param>
    internal static Case Of(InstructionVector vector, InstructionEncoding encoding, int number, ulong pstate)
    {
        CaseBuilder c = Given(vector, encoding, number);
        int stored = 0;
        foreach (VectorField field in vector.Outcome)
        {
            if (field.Vector >= 0)
            {
                ulong at = StoredAt(stored++);
                c.Sees(FieldNames.Memory(at), field.Low).Sees(FieldNames.Memory(at + 8), field.High);
            }
            else
            {
                c.Sees(field.Name, field.Low, field.Name switch
                {
                    FieldNames.Pstate when vector.Target != 0 => pstate & ~OpenAtEntry,
                    FieldNames.Pstate or FieldNames.Spsr => pstate,
                    _ => ulong.MaxValue,
                });
            }
        }

        return c.Outcome(vector.Target == 0 ? "as recorded" : string.Create(CultureInfo.InvariantCulture, $"exception to EL{vector.Target}")).Build();
    }

    /// <summary>Where the n-th V register of the outcome is stored.</summary>
    internal static ulong StoredAt(int n) => GuestMemory.Data + Stored + (16 * (ulong)n);

    internal static string Rule(InstructionEncoding encoding) => $"A64 {encoding.Name}";

    /// <summary>The pages of the manual: C6.2 base instructions, C7.2 Advanced SIMD and floating-point.</summary>
    private static string Page(InstructionEncoding encoding) =>
        $"{(encoding.Class is "general" or "system" ? "C6.2" : "C7.2")} {encoding.Mnemonic}";

    /// <summary>Stage 1 maps the RAM to itself as Normal memory; the 2 MiB of code and data belong to the level that runs.</summary>
    private static void Mapped(CaseBuilder c, int level)
    {
        c.Fill(Second, Entries, GuestMemory.RamBase | Ordinary, 1ul << BlockShift)
            .Memory(GuestMemory.Tables + 8, Second | Descriptor.Valid | Descriptor.NotBlock)
            .Memory(Second + (8 * ((GuestMemory.Code - GuestMemory.RamBase) >> BlockShift)), GuestMemory.Code | Ordinary | (level == 0 ? Descriptor.El0 : 0))
            .Set("TTBR0_EL1", GuestMemory.Tables).Set("TCR_EL1", Tcr).Set("MAIR_EL1", 0xff).Change("SCTLR_EL1", MmuAndCaches);
    }
}
