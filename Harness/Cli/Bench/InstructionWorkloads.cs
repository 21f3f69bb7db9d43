using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Cli.Bench;

/// <summary>What kinds of instruction cost: a loop over many copies of one, at EL1 with the MMU on, floating-point open.</summary>
internal static class InstructionWorkloads
{
    private const int Copies = 64;
    private const int Turns = 10_000;

    /// <summary>X2 is the address of memory in RAM, X4 is 0.</summary>
    private static readonly (string Name, uint Word)[] s_kinds =
    [
        ("add x3, x4, #1", 0x9100_0483),
        ("add x3, x4, x5", 0x8B05_0083),
        ("add x3, x4, x5, lsl #3", 0x8B05_0C83),
        ("subs x3, x4, #1", 0xF100_0483),
        ("mov x3, x4", 0xAA04_03E3),
        ("csel x3, x4, x5, ne", 0x9A85_1083),
        ("lsr x3, x4, #5", 0xD345_FC83),
        ("mul x3, x4, x5", 0x9B05_7C83),
        ("b to the next", 0x1400_0001),
        ("b.ne to the next", 0x5400_0021),
        ("ldr x3, [x2, #8]", 0xF940_0443),
        ("ldr x3, [x2], #0", 0xF840_0443),
        ("ldr x3, [x2, x4]", 0xF864_6843),
        ("ldur x3, [x2, #9]", 0xF840_9043),
        ("ldrb w3, [x2]", 0x3940_0043),
        ("ldp x3, x5, [x2]", 0xA940_1443),
        ("ldp x3, x5, [x2], #0", 0xA8C0_1443),
        ("ldr q3, [x2]", 0x3DC0_0043),
        ("ldp q3, q5, [x2]", 0xAD40_1443),
        ("str x3, [x2, #8]", 0xF900_0443),
        ("stp x3, x5, [x2]", 0xA900_1443),
        ("stp x3, x5, [x2], #0", 0xA880_1443),
        ("str q3, [x2]", 0x3D80_0043),
        ("stp q3, q5, [x2]", 0xAD00_1443),
        ("ldadd x4, x5, [x2]", 0xF824_0045),
        ("fmov d3, d5", 0x1E60_40A3),
        ("fadd d3, d5, d6", 0x1E66_28A3),
        ("fmadd d3, d5, d6, d7", 0x1F46_1CA3),
        ("add v3.16b, v5.16b, v6.16b", 0x4E26_84A3),
        ("aese v3.16b, v5.16b", 0x4E28_48A3),
        ("mrs x3, tpidr_el0", 0xD53B_D043),
        ("msr tpidr_el0, x3", 0xD51B_D043),
        ("isb", 0xD503_3FDF),
    ];

    public static IReadOnlyList<Workload> All { get; } = [.. s_kinds.Select(k => Of(k.Name, k.Word))];

    private static Workload Of(string name, uint word)
    {
        var a = new Assembler(GuestMemory.Code);
        Label top = a.NewLabel("top");
        a.MovImm(X2, GuestMemory.Data).MovImm(X4, 0).Bind(top);
        for (int i = 0; i < Copies; i++)
        {
            a.Word(word);
        }

        a.SubImm(X0, X0, 1).Cbnz(X0, top);
        Case translated = TranslationWorkloads.Translated("instruction", name, 1, Turns, a);
        return new Workload(name, "instructions", Copies * Turns, translated with
        {
            Registers = [.. translated.Registers, new RegisterValue("CPACR_EL1", 3 << 20)],
        });
    }
}
