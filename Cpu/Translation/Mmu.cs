using Conformance.Cpu.Exceptions;

namespace Conformance.Cpu.Translation;

/// <summary>What a PE remembers of translation: the controls of its regimes, taken apart, and the TLB.</summary>
internal sealed class Mmu(Core core)
{
    /// <summary>States of the controls that each regime remembers.</summary>
    private const int Remembered = 16;

    private readonly RegimeControls?[] _current = new RegimeControls?[4];
    private readonly RegimeControls?[][] _known = [.. Enumerable.Range(0, 4).Select(_ => new RegimeControls?[Remembered])];
    private readonly int[] _next = new int[4];

    /// <summary>The contexts of ordinary accesses, by Exception level and PSTATE.PAN; null where not worked out.</summary>
    private readonly AccessContext?[] _ordinary = new AccessContext?[8];

    internal Tlb Tlb { get; } = new();

    /// <summary>The controls of a regime as they are now.</summary>
    internal RegimeControls Controls(RegimeKind kind) => _current[(int)kind] ?? Look(kind);

    /// <summary>Tells that a register has changed which <see cref="ControlKey"/> looks at.</summary>
    internal void ControlsChanged()
    {
        Array.Clear(_current);
        Array.Clear(_ordinary);
    }

    /// <summary>The context of ordinary accesses at the current level; it has a tag.</summary>
    internal AccessContext Current()
    {
        ref Pstate p = ref core.Pstate;
        return Tagged(_ordinary[p.EL | (p.PAN ? 4 : 0)] ?? LookOrdinary());
    }

    /// <summary>The context of LDTR and STTR (TR-050, TR-051, TR-112).</summary>
    internal AccessContext Unprivileged()
    {
        bool asEl0 = core.Pstate.EL switch
        {
            1 => !core.Pstate.UAO && !Controls(RegimeKind.EL10).Nv1,
            2 => !core.Pstate.UAO && EffectiveControls.Host0(core),
            _ => false,
        };
        return asEl0 ? Tagged(core.Access.Controls.User) : core.Access;
    }

    /// <summary>The context of accesses by FEAT_NV2 (TR-121, TR-122).</summary>
    internal AccessContext Nested() => Tagged(Controls(RegimeOfLevel(2)).Privileged);

    /// <summary>EL2 translates with one range or two.</summary>
    internal RegimeKind RegimeOfLevel(int level) => level switch
    {
        1 => RegimeKind.EL10,
        2 => EffectiveControls.Host2(core) ? RegimeKind.EL20 : RegimeKind.EL2,
        _ => RegimeKind.EL3,
    };

    /// <summary>Drops all translations of a regime.</summary>
    internal void Drop(RegimeKind kind)
    {
        TakeTags(kind);
        core.TranslationsDropped();
    }

    /// <summary>Drops the translations of an address, in the regime and perhaps in others.</summary>
    internal void Drop(RegimeKind kind, ulong va)
    {
        if (!Tlb.TryDropPage(va))
        {
            Drop(kind);
        }
        else if (Tlb.Index(va) == Tlb.Index(core.Pc))
        {
            core.TranslationsDropped(); // perhaps the page being executed
        }
    }

    /// <summary>Drops everything.</summary>
    internal void Clear()
    {
        Tlb.Clear();
        for (RegimeKind kind = RegimeKind.EL10; kind <= RegimeKind.EL3; kind++)
        {
            TakeTags(kind);
        }
    }

    private void TakeTags(RegimeKind kind)
    {
        foreach (RegimeControls? controls in _known[(int)kind])
        {
            if (controls is not null)
            {
                controls.User.Tag = 0;
                controls.Privileged.Tag = 0;
                controls.PrivilegedWithPan.Tag = 0;
            }
        }
    }

    private AccessContext Tagged(AccessContext context)
    {
        if (context.Tag == 0)
        {
            GiveTag(context);
        }

        return context;
    }

    private void GiveTag(AccessContext context)
    {
        if (Tlb.TryGiveTag(out context.Tag))
        {
            return;
        }

        Clear();
        _ = Tlb.TryGiveTag(out context.Tag);
        if (core.Access != context)
        {
            core.UseContext(Tagged(core.Access)); // it has lost its tag in the middle of an instruction
        }
    }

    private AccessContext LookOrdinary()
    {
        ref Pstate p = ref core.Pstate;
        RegimeControls controls = Controls(RegimeOfLevel(EffectiveControls.ControllingLevel(core)));
        AccessContext context = p.EL == 0 ? controls.User : p.PAN ? controls.PrivilegedWithPan : controls.Privileged;
        return _ordinary[p.EL | (p.PAN ? 4 : 0)] = context;
    }

    private RegimeControls Look(RegimeKind kind)
    {
        var key = ControlKey.Of(core, kind);
        RegimeControls?[] known = _known[(int)kind];
        foreach (RegimeControls? controls in known)
        {
            if (controls is not null && controls.Key == key)
            {
                return _current[(int)kind] = controls;
            }
        }

        ref int next = ref _next[(int)kind];
        var made = new RegimeControls(core.Have, key);
        known[next] = made;
        next = (next + 1) % Remembered;
        return _current[(int)kind] = made;
    }
}
