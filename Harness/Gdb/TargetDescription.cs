using System.Globalization;
using System.Security;
using System.Text;

namespace Conformance.Harness.Gdb;

/// <summary>The target description by which GDB learns the registers (<c>target.xml</c>).</summary>
/// <remarks>Source: the GDB manual, "Target Description Format" and "AArch64 Features".</remarks>
public static class TargetDescription
{
    /// <summary>X0 to X30, SP, PC, CPSR.</summary>
    public const string CoreFeature = "org.gnu.gdb.aarch64.core";

    /// <summary>V0 to V31, FPSR, FPCR.</summary>
    public const string FpuFeature = "org.gnu.gdb.aarch64.fpu";

    /// <summary>System registers, which GDB shows by their names.</summary>
    public const string SystemFeature = "org.conformance.aarch64.system";

    /// <summary>The type of V registers, which this description declares.</summary>
    public const string VectorType = "aarch64v";

    private const string Vectors = """
          <vector id="v2d" type="ieee_double" count="2"/>
          <vector id="v2u" type="uint64" count="2"/>
          <vector id="v4f" type="ieee_single" count="4"/>
          <vector id="v4u" type="uint32" count="4"/>
          <vector id="v16u" type="uint8" count="16"/>
          <union id="aarch64v">
            <field name="df" type="v2d"/>
            <field name="du" type="v2u"/>
            <field name="sf" type="v4f"/>
            <field name="su" type="v4u"/>
            <field name="bu" type="v16u"/>
            <field name="q" type="uint128"/>
          </union>

        """;

    /// <summary>The document for some registers; those of a feature stand together.</summary>
    public static string Of(IReadOnlyList<DebugRegister> registers)
    {
        var text = new StringBuilder("<?xml version=\"1.0\"?>\n<!DOCTYPE target SYSTEM \"gdb-target.dtd\">\n<target>\n<architecture>aarch64</architecture>\n");
        foreach (IGrouping<string, (int Number, DebugRegister Register)> feature in registers.Index().GroupBy(r => r.Item.Feature))
        {
            text.Append(CultureInfo.InvariantCulture, $"<feature name=\"{feature.Key}\">\n");
            if (feature.Key == FpuFeature)
            {
                text.Append(Vectors);
            }

            foreach ((int number, DebugRegister register) in feature)
            {
                string group = feature.Key == SystemFeature ? " group=\"system\" save-restore=\"no\"" : "";
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"  <reg name=\"{SecurityElement.Escape(register.Name)}\" bitsize=\"{register.Bits}\" type=\"{register.Type}\" regnum=\"{number}\"{group}/>\n");
            }

            text.Append("</feature>\n");
        }

        return text.Append("</target>\n").ToString();
    }
}
