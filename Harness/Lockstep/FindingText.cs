using System.Globalization;
using System.Text;
using Conformance.Harness.Programs;
using Conformance.Harness.Spec.Instructions;

namespace Conformance.Harness.Lockstep;

/// <summary>A finding as text: the instruction, the state it found, and what each device made of it.</summary>
public static class FindingText
{
    /// <param name="finding">The finding.</param>
    /// <param name="first">Name of the first device.</param>
    /// <param name="second">Name of the second.</param>
    public static string Of(Finding finding, string first, string second)
    {
        var text = new StringBuilder();
        LockstepBlock block = finding.Block;
        if (finding.Step < 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"block {block.Number}: differs as a whole, but no prefix of it does");
            return text.ToString();
        }

        LockstepStep step = block.Steps[finding.Step];
        ulong pc = finding.Code + (4 * (ulong)block.Steps.Take(finding.Step).Sum(s => s.Words.Length));
        text.AppendLine(CultureInfo.InvariantCulture,
            $"block {block.Number}, step {finding.Step}: {step.Encoding?.Name ?? LockstepCoverage.Unallocated} 0x{step.Word:x8} at EL{(block.State.Pstate >> 2) & 3}");
        for (int i = 0; i < step.Words.Length; i++)
        {
            ulong at = pc + (4 * (ulong)i);
            text.AppendLine(CultureInfo.InvariantCulture, $"  {(i == step.Main ? '>' : ' ')} 0x{at:x}  {step.Words[i]:x8}  {Disassembler.Text(step.Words[i], at)}");
        }

        Sources(text, finding, step);
        foreach (Difference d in finding.Differences.Take(8))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    {d.Name}: {first} {d.First}, {second} {d.Second}");
        }

        return text.ToString();
    }

    /// <summary>The registers that the instruction's fields name, before it.</summary>
    private static void Sources(StringBuilder text, Finding finding, LockstepStep step)
    {
        ulong fpcr = finding.Before?.Fpcr ?? finding.Block.State.Fpcr;
        ulong fpsr = finding.Before?.Fpsr ?? finding.Block.State.Fpsr;
        ulong pstate = finding.Before?.Pstate ?? finding.Block.State.Pstate;
        text.AppendLine(CultureInfo.InvariantCulture, $"    before: FPCR 0x{fpcr:x} FPSR 0x{fpsr:x} PSTATE 0x{pstate:x} context {finding.Block.State.Context}");
        foreach (InstructionField field in step.Encoding?.Pattern.Fields ?? [])
        {
            if (field is not { Width: 5, Name: "Rd" or "Rn" or "Rm" or "Ra" or "Rt" or "Rt2" or "Rs" })
            {
                continue;
            }

            int n = (int)field.Of(step.Word);
            (ulong low, ulong high) = finding.Before?.Vector(n) ?? (finding.Block.State.Vector[2 * n], finding.Block.State.Vector[(2 * n) + 1]);
            ulong x = n == 31 ? 0 : finding.Before?.General(n) ?? finding.Block.State.General[n];
            text.AppendLine(CultureInfo.InvariantCulture, $"    {field.Name}={n}: X 0x{x:x}, V 0x{high:x16}_{low:x16}{(step.Main > 0 ? " (before the words above)" : "")}");
        }
    }
}
