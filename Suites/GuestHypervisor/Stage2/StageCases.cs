using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using Conformance.Suites.Translation.Oracle;
using Conformance.Suites.Translation.Tables;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Suites.GuestHypervisor.Stage2;

/// <summary>Stage 2 as a hypervisor builds it: all granules and sizes, blocks split and joined, devices emulated, flags, and a guest's own tables (F017 to F021, F027, F028).</summary>
internal static class StageCases
{
    private const ulong Target = GuestMemory.Data + 0x3000;
    private const ulong Ipa = 0x8_0000_0000 | Target;
    private const ulong Flag = Descriptor.Af;

    /// <summary>Loads and stores of one register: bytes (log2), X register, store, sign, and the word.</summary>
    private static readonly (string Name, int Size, bool Wide, bool Store, bool Signed, Func<Assembler, Assembler> Emit)[] s_device =
    [
        ("ldr-x", 3, true, false, false, a => a.Ldr(X7, X1)), ("ldr-w", 2, false, false, false, a => a.LdrW(X7, X1)), ("ldrh", 1, false, false, false, a => a.Ldrh(X7, X1)),
        ("ldrb", 0, false, false, false, a => a.Ldrb(X7, X1)), ("ldrsw", 2, true, false, true, a => a.Ldrsw(X7, X1)), ("ldrsb-x", 0, true, false, true, a => a.Ldrsb(X7, X1)),
        ("ldrsb-w", 0, false, false, true, a => a.LdrsbW(X7, X1)), ("str-x", 3, true, true, false, a => a.Str(X7, X1)), ("str-w", 2, false, true, false, a => a.StrW(X7, X1)),
        ("strh", 1, false, true, false, a => a.Strh(X7, X1)), ("strb", 0, false, true, false, a => a.Strb(X7, X1)),
    ];

    internal static IEnumerable<CaseBuilder> All(Hypervisor h)
    {
        var facts = new Facts(h.Target);
        yield return Alias(h, facts);
        yield return Device(h, facts);
        yield return OwnTables(h, facts);
        yield return FlagFault(h, facts);
        yield return SplitAndJoined(h, facts);
        if (facts.FlagByHardware)
        {
            yield return FlagUpdate(h, facts);
        }

        foreach (Granule granule in facts.Stage2Granules)
        {
            foreach (int level in (int[])[1, 2, 3])
            {
                if (level == 3 || granule.HasBlocks(level, facts.PaBits))
                {
                    if (granule.StartLevel(39) <= level && granule.Shift(level) <= 30)
                    {
                        yield return Size(h, facts, granule, level);
                    }
                }
            }
        }
    }

    /// <summary>What IPA2 leads to is there; the same memory at the address it has below is not the guest's.</summary>
    private static CaseBuilder Alias(Hypervisor h, Facts facts)
    {
        CaseBuilder says = h.That("stage2", "alias", "a page is reached at the address the hypervisor gave it, and at no other: not where the hypervisor itself has it", "F017", "F018");
        Space space = new(facts, new TablePages(), 3);
        space.Put(Ipa, 3, Space.Leaf(Target, 3));
        space.Put(Target, 3, 0);
        space.Into(says);
        says.Memory(Target, 0xA11A5);
        Guest guest = new(h, says, space);
        (_, ulong behind) = guest.Turn(a => a.MovImm(X1, Ipa), a => a.Ldr(X7, X1));
        guest.Calls(behind).Sees("X7", 0xA11A5);
        (ulong at, _) = guest.Turn(a => a.MovImm(X1, Target), a => a.Ldr(X7, X1));
        says.Takes(2, vector: 0x400, esr: Guest.Abort(7, 3, X7, wide: true, store: false), elr: at, far: Target).Sees("HPFAR_EL2", Target >> 12 << 4);
        (_, behind) = guest.Turn(a => a.MovImm(X1, Ipa).MovImm(X7, 0xB22B6), a => a.Str(X7, X1));
        guest.Calls(behind).Sees(FieldNames.Memory(Target), 0xB22B6);
        return guest.End();
    }

    /// <summary>A device that the hypervisor emulates: the syndrome says what the guest did, and it goes on behind it with what it was given.</summary>
    private static CaseBuilder Device(Hypervisor h, Facts facts)
    {
        CaseBuilder says = h.That("stage2", "device", "accesses to an address without memory trap with a syndrome that tells all: size, register, sign and direction", "F028", "F018", "TR-107");
        Space space = new(facts, new TablePages(), 4);
        space.Put(Ipa, 3, 0);
        space.Into(says);
        Guest guest = new(h, says, space);
        for (int n = 0; n < s_device.Length; n++)
        {
            (_, int size, bool wide, bool store, bool signed, Func<Assembler, Assembler> emit) = s_device[n];
            ulong address = Ipa + ((ulong)n << 3);
            ulong value = 0xE0 + (ulong)n;

            // The value that a load was given by the hypervisor is in X7 when the guest goes on; the next access is its next instruction.
            (ulong at, _) = guest.Turn(
                a => a.MovImm(X1, address).MovImm(X7, value),
                a =>
                {
                    a.AddImm(X8, X7, 1);
                    emit(a);
                });
            says.Takes(2, vector: 0x400, esr: Guest.Abort(7, size, X7, wide, store, signed), elr: at + 4, far: address)
                .Sees("HPFAR_EL2", address >> 12 << 4).Sees("X8", value + 1).Sees("X7", value);
        }

        return guest.End();
    }

    /// <summary>The guest's stage 1 table is at an address without stage 2: a fault on the walk, until the hypervisor maps it, and again when it takes it away.</summary>
    private static CaseBuilder OwnTables(Hypervisor h, Facts facts)
    {
        const ulong block = GuestMemory.RamBase | Descriptor.Af | 1;
        const ulong on = 1;
        CaseBuilder says = h.That("stage2", "own-tables", "a guest's stage 1 table that stage 2 does not map: S1PTW with the table's address; mapped, it is walked; taken away, it faults again", "F020", "F018", "TR-150");
        Space space = new(facts, new TablePages(), 5);
        ulong descriptor = space.Put(Ipa, 3, 0);
        space.Into(says);
        says.Fill(Target, 0x1000, 0, 0).Memory(Target + 8, block)
            .Set("TTBR0_EL1", Ipa).Set("MAIR_EL1", 0x44).Set("TCR_EL1", 25 | 25 << 16 | 1UL << 23 | 2UL << 30 | 2UL << 32);
        ulong sctlr = Baseline.Of("SCTLR_EL1") | on;
        Guest guest = new(h, says, space);
        for (int n = 0; n < 2; n++)
        {
            (ulong at, _) = guest.Turn(a => TurnOn(a), a => a.MovImm(X7, 1));
            says.Takes(2, vector: 0x400, esr: 0x20UL << 26 | 1UL << 25 | 1UL << 7 | 7, elr: at, far: at).Sees("HPFAR_EL2", Ipa >> 12 << 4);
            (_, ulong behind) = guest.Turn(
                a =>
                {
                    Guest.Write(a, descriptor, Space.Leaf(Target, 3));
                    TurnOn(a);
                },
                a => a.MovImm(X7, 0x77));
            guest.Calls(behind).Sees("X7", 0x77);
            if (n == 0)
            {
                (at, _) = guest.Turn(
                    a =>
                    {
                        Guest.Write(a, descriptor, 0);
                        a.Tlbi("VMALLS12E1").Dsb().Isb();
                        TurnOn(a);
                    },
                    a => a.MovImm(X7, 1));
                says.Takes(2, vector: 0x400, esr: 0x20UL << 26 | 1UL << 25 | 1UL << 7 | 7, elr: at, far: at).Sees("HPFAR_EL2", Ipa >> 12 << 4);
            }
        }

        says.NextStep().Set("SCTLR_EL1", Baseline.Of("SCTLR_EL1"));
        return says.Alone(a => a.MovImm(X0, h.Hcr).Msr("HCR_EL2", X0).Isb());

        void TurnOn(Assembler a) => a.MovImm(X0, sctlr).Msr(h.For("SCTLR_EL1"), X0).Isb();
    }

    private static CaseBuilder FlagFault(Hypervisor h, Facts facts)
    {
        CaseBuilder says = h.That("stage2", "flag-fault", "an access flag that is 0 faults; the hypervisor sets it without TLBI, and the access goes through", "F027", "TR-145");
        Space space = new(facts, new TablePages(), 6);
        ulong descriptor = space.Put(Ipa, 3, Space.Leaf(Target, 3, accessed: false));
        space.Into(says);
        says.Memory(Target, 0xF1A6);
        Guest guest = new(h, says, space);
        (ulong at, _) = guest.Turn(a => a.MovImm(X1, Ipa), a => a.Ldr(X7, X1));
        says.Takes(2, vector: 0x400, esr: Guest.Abort(0x0B, 3, X7, wide: true, store: false), elr: at, far: Ipa)
            .Sees("HPFAR_EL2", Ipa >> 12 << 4).Sees(FieldNames.Memory(descriptor), Space.Leaf(Target, 3, accessed: false));
        (_, ulong behind) = guest.Turn(
            a =>
            {
                Guest.Write(a, descriptor, Space.Leaf(Target, 3));
                a.MovImm(X1, Ipa);
            },
            a => a.Ldr(X7, X1));
        guest.Calls(behind).Sees("X7", 0xF1A6);
        return guest.End();
    }

    private static CaseBuilder FlagUpdate(Hypervisor h, Facts facts)
    {
        const ulong ha = 1UL << 21;
        CaseBuilder says = h.That("stage2", "flag-update", "with VTCR_EL2.HA the walk sets the access flag in the hypervisor's table; cleared and invalidated, it is set again", "F027").Needs("FEAT_HAFDBS");
        Space space = new(facts, new TablePages(), 7);
        ulong clear = Space.Leaf(Target, 3, accessed: false);
        ulong descriptor = space.Put(Ipa, 3, clear);
        space.Into(says);
        says.Memory(Target, 0xF1A7);
        Guest guest = new(h, says, space) { MoreVtcr = ha };
        for (int n = 0; n < 2; n++)
        {
            bool again = n > 0;
            (_, ulong behind) = guest.Turn(
                a =>
                {
                    if (again)
                    {
                        Guest.Write(a, descriptor, clear);
                        Invalidation.OfVmid.Emit(a, Ipa);
                    }

                    a.MovImm(X1, Ipa);
                },
                a => a.Ldr(X7, X1));
            guest.Calls(behind).Sees("X7", 0xF1A7).Sees(FieldNames.Memory(descriptor), clear | Flag);
        }

        return guest.End();
    }

    /// <summary>A block of 2 MiB becomes pages, and a block again, each time with break-before-make.</summary>
    private static CaseBuilder SplitAndJoined(Hypervisor h, Facts facts)
    {
        CaseBuilder says = h.That("stage2", "split", "a block is split into pages of which one is elsewhere, and joined again: the guest finds each state", "F021", "F023", "TR-149");
        const ulong other = GuestMemory.Data + 0x8000;
        Space space = new(facts, new TablePages(), 8);
        space.Put(Ipa + 0x1000, 3, Space.Leaf(Target + 0x1000, 3));
        space.Put(Ipa, 3, Space.Leaf(other, 3));
        ulong entry = space.Entry(2);
        ulong table = space.Word(entry);
        ulong block = Space.Leaf(Target & ~0x1F_FFFFUL, 2);
        space.Into(says);
        says.Memory(Target, 0xB10C).Memory(other, 0x0DD).Memory(Target + 0x1000, 0xB10D);
        Guest guest = new(h, says, space);
        ulong[] states = [table, block, table, block];
        for (int n = 0; n < states.Length; n++)
        {
            (ulong state, bool changed) = (states[n], n > 0);
            (_, ulong behind) = guest.Turn(
                a =>
                {
                    if (changed)
                    {
                        Guest.Write(a, entry, 0);
                        Invalidation.OfVmid.Emit(a, Ipa);
                        Guest.Write(a, entry, state);
                    }

                    a.MovImm(X1, Ipa).MovImm(X2, Ipa + 0x1000);
                },
                a => a.Ldr(X7, X1).Ldr(X8, X2));
            guest.Calls(behind).Sees("X7", state == table ? 0x0DDUL : 0xB10C).Sees("X8", 0xB10D);
        }

        return guest.End();
    }

    /// <summary>A leaf of each size: all of it is there, and a TLBI that names any of its addresses takes all of it away.</summary>
    private static CaseBuilder Size(Hypervisor h, Facts facts, Granule granule, int level)
    {
        CaseBuilder says = h.That("stage2", $"size-{1 << (granule.Bits() - 10)}k-level{level}", "a leaf of this size: loads, stores and fetches in it; changed, and invalidated by another address in it, it is the new one everywhere", "F021", "TR-150");
        Space space = new(facts, new TablePages(), 9, granule);
        ulong within = (1UL << granule.Shift(level)) - 1;
        ulong start = Target & ~within;
        ulong far = level == 3 ? (start | within) - 7 : GuestMemory.Data + 0xFFF8;
        ulong descriptor = space.Put(Ipa, level, Space.Leaf(start, level));
        space.Into(says);
        uint[] stub = new Assembler(0).MovImm(X4, 0x99).Ret().Words();
        says.Memory(Target, 0x51).Memory(far, 0x52).Memory(Target + 0x100, stub[0] | (ulong)stub[1] << 32);
        ulong upper = Ipa - Target;
        Guest guest = new(h, says, space);
        (_, ulong behind) = guest.Turn(
            a => a.MovImm(X1, Ipa).MovImm(X2, upper + far).MovImm(X5, Ipa + 0x100).MovImm(X9, 0x53), a => a.Ldr(X7, X1).Ldr(X8, X2).Blr(X5).Str(X9, X1));
        guest.Calls(behind).Sees("X7", 0x51).Sees("X8", 0x52).Sees("X4", 0x99).Sees(FieldNames.Memory(Target), 0x53);
        (ulong at, _) = guest.Turn(
            a =>
            {
                Guest.Write(a, descriptor, Space.Leaf(start, level, write: false));
                a.MovImm(X0, (upper + far) >> 12).Tlbi("IPAS2E1", X0).Dsb().Tlbi("VMALLE1").Dsb().Isb().MovImm(X1, Ipa);
            },
            a => a.Str(X7, X1));
        says.Takes(2, vector: 0x400, esr: Guest.Abort(0x0C + (ulong)level, 3, X7, wide: true, store: true), elr: at, far: Ipa);
        (at, _) = guest.Turn(
            a =>
            {
                Guest.Write(a, descriptor, 0);
                a.MovImm(X0, (upper + far) >> 12).Tlbi("IPAS2LE1", X0).Dsb().Tlbi("VMALLE1").Dsb().Isb().MovImm(X1, Ipa);
            },
            a => a.Ldr(X7, X1));
        says.Takes(2, vector: 0x400, esr: Guest.Abort(0x04 + (ulong)level, 3, X7, wide: true, store: false), elr: at, far: Ipa).Sees("HPFAR_EL2", Ipa >> 12 << 4);
        return guest.End();
    }
}
