using Conformance.Cpu.Exceptions;
using Conformance.Cpu.SystemRegisters;
using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Instructions.Pauth;

/// <summary>Signing, authenticating and stripping pointers (FEAT_PAuth, with the algorithm of FEAT_PACQARMA5).</summary>
/// <remarks>Source: DDI 0487, "Pointer authentication"; EX-179, EX-180, EX-195.</remarks>
internal static class PointerAuthentication
{
    private const ulong TagByte = 0xffUL << 56;

    /// <summary>Adds a PAC, or leaves the pointer alone when the key is not enabled.</summary>
    /// <returns>False when the instruction trapped and the exception has been taken.</returns>
    internal static bool TryAdd(Core core, PointerKey key, ulong pointer, ulong modifier, out ulong signed)
    {
        signed = pointer;
        if (!Enabled(core, key))
        {
            return true;
        }

        if (Traps(core))
        {
            return false;
        }

        bool data = key is PointerKey.DA or PointerKey.DB;
        signed = Sign(core, pointer, modifier, key, data);
        return true;
    }

    /// <summary>Authenticates a pointer, or leaves it alone when the key is not enabled.</summary>
    /// <param name="core">The PE.</param>
    /// <param name="key">Which key.</param>
    /// <param name="pointer">The signed pointer.</param>
    /// <param name="modifier">The modifier it was signed with.</param>
    /// <param name="combined">Authentication is part of a branch, load or return.</param>
    /// <param name="plain">The pointer without PAC, or made invalid.</param>
    /// <returns>False when the instruction trapped or failed, and the exception has been taken.</returns>
    internal static bool TryAuthenticate(
        Core core, PointerKey key, ulong pointer, ulong modifier, bool combined, out ulong plain)
    {
        plain = pointer;
        if (!Enabled(core, key))
        {
            return true;
        }

        if (Traps(core))
        {
            return false;
        }

        bool data = key is PointerKey.DA or PointerKey.DB;
        bool keyB = key is PointerKey.IB or PointerKey.DB;
        PointerLayout layout = PointerLayout.Of(core, pointer, data, (pointer >> 55 & 1) != 0);
        plain = layout.Canonical(pointer);
        ulong pac = Compute(core, key, plain, modifier);
        ulong difference = core.Have.PAuth2
            ? (pac ^ pointer ^ plain) & layout.PacMask
            : (pac ^ pointer) & layout.PacMask;
        if (difference == 0)
        {
            return true;
        }

        if (combined ? core.Have.FPACCombine : core.Have.FPAC)
        {
            Raise.AtThis(
                core, Routing.Base(core), Syndrome.Of(ExceptionClass.PacFail, (data ? 2u : 0) | (keyB ? 1u : 0)));
            return false;
        }

        if (core.Have.PAuth2)
        {
            plain ^= difference;
        }
        else
        {
            int at = layout.TopByteIgnored ? 53 : 61;
            plain = (plain & ~(3UL << at)) | ((keyB ? 2UL : 1UL) << at);
        }

        return true;
    }

    /// <summary>PACGA: a 32-bit code in the upper half. It has no enable bit.</summary>
    /// <returns>False when the instruction trapped and the exception has been taken.</returns>
    internal static bool TryGeneric(Core core, ulong value, ulong modifier, out ulong code)
    {
        code = 0;
        if (Traps(core))
        {
            return false;
        }

        code = Compute(core, PointerKey.GA, value, modifier) & 0xffff_ffff_0000_0000;
        return true;
    }

    /// <summary>XPACI, XPACD, XPACLRI: removes the PAC without looking at it; never trapped.</summary>
    internal static ulong Strip(Core core, ulong pointer, bool data) =>
        PointerLayout.Of(core, pointer, data, (pointer >> 55 & 1) != 0).Canonical(pointer);

    private static ulong Sign(Core core, ulong pointer, ulong modifier, PointerKey key, bool data)
    {
        PointerLayout layout = PointerLayout.ForSigning(core, pointer, data);
        ulong canonical = layout.Canonical(pointer);
        ulong pac = Compute(core, key, canonical, modifier);
        ulong extension = layout.PacMask | (1UL << 55);
        bool canonicalAlready = (pointer & extension) == 0 || (pointer & extension) == extension;
        if (!canonicalAlready && !core.Have.PAuth2)
        {
            pac ^= 1UL << (layout.TopByteIgnored ? 54 : 62);
        }

        ulong code = core.Have.PAuth2 ? pac ^ pointer : pac;
        return (canonical & ~layout.PacMask) | (code & layout.PacMask);
    }

    private static ulong Compute(Core core, PointerKey key, ulong value, ulong modifier)
    {
        int slot = Slots.APIAKeyLo_EL1 + (2 * (int)key);
        return Qarma5.Encrypt(value, modifier, core.System[slot + 1], core.System[slot]);
    }

    private static bool Enabled(Core core, PointerKey key)
    {
        ulong bit = key switch
        {
            PointerKey.IA => Sctlr.EnIA,
            PointerKey.IB => Sctlr.EnIB,
            PointerKey.DA => Sctlr.EnDA,
            _ => Sctlr.EnDB,
        };
        return (EffectiveControls.ControllingSctlr(core) & bit) != 0;
    }

    /// <summary>HCR_EL2.API, then SCR_EL3.API (EX-180, EX-216).</summary>
    private static bool Traps(Core core)
    {
        int level = core.Pstate.EL;
        bool guest = level == 1 || (level == 0 && !EffectiveControls.Host0(core));
        if (guest && (EffectiveControls.HypervisorControls(core) & Hcr.API) == 0)
        {
            Raise.AtThis(core, 2, Syndrome.Of(ExceptionClass.PAuthTrap));
            return true;
        }

        if (level < 3 && core.Have.EL3 && (core.System[Slots.SCR_EL3] & Scr.API) == 0)
        {
            Raise.AtThis(core, 3, Syndrome.Of(ExceptionClass.PAuthTrap));
            return true;
        }

        return false;
    }

    /// <summary>Where in a pointer the PAC stands, for the regime of the current level.</summary>
    /// <param name="Bottom">Lowest bit of the PAC: the size of the address.</param>
    /// <param name="TopByteIgnored">The tag byte is not part of it.</param>
    /// <param name="High">The extension bits are ones.</param>
    private readonly record struct PointerLayout(int Bottom, bool TopByteIgnored, bool High)
    {
        /// <summary>Bits that hold the PAC; bit 55 tells the range and is not one of them.</summary>
        internal ulong PacMask =>
            ((1UL << 55) - (1UL << Bottom)) | (TopByteIgnored ? 0 : TagByte);

        /// <summary>The pointer with its extension bits in place of the PAC.</summary>
        internal ulong Canonical(ulong pointer)
        {
            ulong extension = PacMask | (1UL << 55);
            return High ? pointer | extension : pointer & ~extension;
        }

        internal static PointerLayout Of(Core core, ulong pointer, bool data, bool high)
        {
            int regime = EffectiveControls.ControllingLevel(core);
            bool twoRanges = TopByte.TwoRanges(core, regime);
            bool upper = twoRanges && (pointer >> 55 & 1) != 0;
            int size = (int)(core.System[Slots.TCR_EL1 + regime - 1] >> (twoRanges && high ? 16 : 0)) & 0x3f;
            return new PointerLayout(
                64 - Math.Clamp(size, 16, core.Have.TTST ? 48 : 39), TopByte.Ignored(core, regime, upper, data), high);
        }

        /// <summary>Signing takes the range from bit 55 when either range ignores its top byte, else from bit 63.</summary>
        internal static PointerLayout ForSigning(Core core, ulong pointer, bool data)
        {
            int regime = EffectiveControls.ControllingLevel(core);
            bool from55 = TopByte.Ignored(core, regime, upper: false, data)
                || (TopByte.TwoRanges(core, regime) && TopByte.Ignored(core, regime, upper: true, data));
            return Of(core, pointer, data, (pointer >> (from55 ? 55 : 63) & 1) != 0);
        }
    }
}
