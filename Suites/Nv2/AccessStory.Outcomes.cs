using System.Buffers.Binary;
using System.Globalization;
using Conformance.Harness.Cases;

namespace Conformance.Suites.Nv2;

/// <content>What is seen of each effect that is allowed.</content>
internal sealed partial class AccessStory
{
    private void Outcome(
        CaseBuilder says, Effect effect, bool reversed, Spsr pstate, RealRegister? real, Dictionary<int, ulong> general)
    {
        switch (effect)
        {
            case Effect.Trap trap:
                Exception(says, pstate, trap.Level, trap.Class, trap.Class == 0x18 ? Iss : 0);
                break;
            case Effect.Undefined:
                Exception(says, pstate, Taken(effect), 0, 0);
                break;
            default:
                says.Completes(pstate);
                break;
        }

        SeesGeneral(says, effect, reversed, real, general);
        if (Write && Name.HasSlot)
        {
            says.Sees(FieldNames.Memory(Page + (ulong)Name.Offset), effect is Effect.Memory ? InMemory(Value, reversed) : Stored);
        }

        says.Sees(FieldNames.Changed(Page, PageSize), 0);
        if (Page != GuestMemory.Vncr)
        {
            says.Sees(FieldNames.Changed(GuestMemory.Vncr, PageSize), 0);
        }

        if (real is not null && IsVisible(real.Name, effect))
        {
            ulong expected = Write && effect is Effect.Register ? (real.Base & ~real.Free) | (Value & real.Free) : real.Base;
            says.Sees(real.Name, expected, real.Compared);
        }

        if (_namesake is not null && IsVisible(_namesake.Name, effect))
        {
            says.Sees(_namesake.Name, _namesake.Base, _namesake.Compared);
        }

        if (BigEndian)
        {
            says.Sees("SCTLR_EL2", reversed ? SctlrEe : 0, SctlrEe);
        }
    }

    private void Exception(CaseBuilder says, Spsr pstate, int target, uint ec, uint iss)
    {
        bool same = target == Level;
        Spsr saved = new(pstate & Spsr.Implemented(Target.Features));
        Nvx nvx = InForce;
        if (same && Level == 1 && nvx.Nv && (!nvx.Nv1 || nvx.Nv2))
        {
            saved = saved.WithLevel(2); // EX-063
        }

        says.Takes(
            target,
            vector: same ? pstate.Has(Spsr.Sp) ? 0x200u : 0x000u : 0x400u,
            esr: (ulong)ec << 26 | 1UL << 25 | iss,
            elr: GuestMemory.Code);
        if (_open && target == 1)
        {
            says.Sees(FieldNames.Spsr, saved, ~Spsr.LevelField).SeesAny(FieldNames.CurrentEl, [4, 8]);
        }
        else
        {
            says.Sees(FieldNames.Spsr, saved).Sees(FieldNames.CurrentEl, target == 1 && nvx.Nv ? 8u : (ulong)target << 2); // EX-281
        }
    }

    private void SeesGeneral(CaseBuilder says, Effect effect, bool reversed, RealRegister? real, Dictionary<int, ulong> general)
    {
        bool completes = effect is Effect.Memory or Effect.Register;
        foreach ((int n, ulong value) in general)
        {
            if (n == 28 && (!completes || Level == 0))
            {
                continue; // the vectors use it
            }

            string field = FieldNames.General(n);
            if (n != Rt || Write || !completes)
            {
                says.Sees(field, value);
            }
            else if (effect is Effect.Memory)
            {
                says.Sees(field, InMemory(Stored, reversed));
            }
            else if (real is not null)
            {
                says.Sees(field, real.Base, real.Compared);
            }
        }
    }

    /// <summary>False for exception registers that the exception itself, or the executive's way back to its level, writes.</summary>
    private bool IsVisible(string register, Effect effect)
    {
        if (Target.HighestLevel == 2 && register is "HCR_EL2" or "TPIDR_EL2")
        {
            return false; // an executive at EL2 needs them for itself
        }

        if (register[..^4] is not ("ESR" or "ELR" or "SPSR" or "FAR" or "HPFAR"))
        {
            return true;
        }

        int level = register[^1] - '0';
        return level != Target.HighestLevel && level != Taken(effect);
    }

    /// <summary>The level that takes the exception; 0 for none.</summary>
    private int Taken(Effect effect) => effect switch
    {
        Effect.Trap trap => trap.Level,
        Effect.Undefined => Math.Max(1, Level),
        _ => 0,
    };

    private static ulong InMemory(ulong value, bool reversed) => reversed ? BinaryPrimitives.ReverseEndianness(value) : value;

    private string Describe(Effect effect, bool reversed)
    {
        string what = effect switch
        {
            Effect.Memory memory => string.Create(CultureInfo.InvariantCulture, $"memory at VNCR_EL2 + 0x{memory.Offset:x3}"),
            Effect.Register register => $"register {register.Name}",
            Effect.Trap trap => string.Create(CultureInfo.InvariantCulture, $"trap to EL{trap.Level}, EC 0x{trap.Class:x2}"),
            _ => "UNDEFINED",
        };
        return !BigEndian ? what : reversed ? $"{what}, big-endian" : $"{what}, SCTLR_EL2.EE is RES0";
    }
}
