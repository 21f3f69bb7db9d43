using Conformance.Harness.Cases;
using static Conformance.Harness.Executive.Protocol;

namespace Conformance.Harness.Executive;

/// <summary>Says why the executive cannot run a case on a device, before it is sent there.</summary>
internal static class Refusal
{
    private const ulong HcrHcd = 1UL << 29;
    private const ulong HcrNv = 1UL << 42;
    private const ulong HcrNv1 = 1UL << 43;
    private const ulong HcrNv2 = 1UL << 45;

    /// <returns>One line, or null when the case can run.</returns>
    internal static string? Of(Case c, HomeProfile home, ExecutiveImage image) => Of(c, StepFields.Of(c, home), home, image);

    /// <summary>The same when the fields of each step are known.</summary>
    internal static string? Of(Case c, StepFields[] fields, HomeProfile home, ExecutiveImage image)
    {
        for (int s = 0; s < c.Steps.Count; s++)
        {
            if (c.Steps[s].Level > home.Level)
            {
                return $"needs EL{c.Steps[s].Level}, and the executive was started at EL{home.Level}";
            }
        }

        if (OfRegisters(c.Registers, home, image) is { } reason)
        {
            return reason;
        }

        for (int s = 0; s < c.Steps.Count; s++)
        {
            if (OfRegisters(c.Steps[s].Registers, home, image) is { } ofStep)
            {
                return ofStep;
            }
        }

        return OfFields(fields, home, image);
    }

    private static string? OfRegisters(IReadOnlyList<RegisterValue> registers, HomeProfile home, ExecutiveImage image)
    {
        for (int i = 0; i < registers.Count; i++)
        {
            if (OfRegister(registers[i], home, image) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    private static string? OfRegister(RegisterValue register, HomeProfile home, ExecutiveImage image)
    {
        if (home.IsEntryRegister(register.Name))
        {
            return $"{register.Name} is how the executive at EL{home.Level} enters a case: the code has to write it";
        }

        if (!image.Knows(register.Name) && register.Name != home.StackPointer)
        {
            return $"{register.Name} cannot be set: it has no accessor";
        }

        return register.Name == "HCR_EL2" && OfNested(register.Value, home) is { } nested ? nested : register switch
        {
            { Name: "HCR_EL2", Value: ulong hcr } when home.Level == 2 && (hcr & HcrHcd) != 0 =>
                "HCR_EL2.HCD = 1 closes the executive's way back to EL2",
            _ => null,
        };
    }

    /// <summary>Settings of FEAT_NV that the device takes for others.</summary>
    private static string? OfNested(ulong hcr, HomeProfile home) => (hcr & HcrNv) == 0 ? null
        : (hcr & HcrNv2) == 0 && home.Features.Numbers.ContainsKey("$NV2_ALWAYS")
            ? "HCR_EL2.{NV,NV2} = {1,0} behaves as {1,1} on this device (ID_AA64MMFR4_EL1.NV_frac)"
        : (hcr & HcrNv1) != 0 && home.Features.Numbers.ContainsKey("$NV1_NEVER")
            ? "HCR_EL2.NV1 is RES0 on this device (ID_AA64MMFR4_EL1.E2H0)" : null;

    private static string? OfFields(StepFields[] fields, HomeProfile home, ExecutiveImage image)
    {
        ulong shadow = 0;
        foreach (StepFields step in fields)
        {
            foreach ((ulong start, ulong length) in step.Regions)
            {
                shadow += length;
                if ((start | length) % 16 != 0)
                {
                    return $"{FieldNames.Changed(start, length)} cannot be observed: start and length have to be multiples of 16";
                }
            }

            foreach (string register in step.Registers)
            {
                if (string.Equals(register, home.ScratchRegister, StringComparison.Ordinal))
                {
                    return $"{register} cannot be observed: the executive uses it";
                }

                if (!image.Knows(register))
                {
                    return $"{register} cannot be observed: there is no such register";
                }
            }
        }

        return shadow > ShadowSize ? $"changed@ regions of {shadow} bytes are more than the {ShadowSize} that fit" : null;
    }
}
