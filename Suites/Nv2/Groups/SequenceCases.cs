using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using static Conformance.Suites.ControlBits;

namespace Conformance.Suites.Nv2.Groups;

/// <summary>Several accesses to one slot: what one name or a plain store put there, another name or a plain load finds (F071).</summary>
/// <remarks>EL1 runs with its MMU off, so it reaches the page by its physical address as well.</remarks>
internal static class SequenceCases
{
    private const int Value = Reg.X1;
    private const int Address = Reg.X2;
    private const int First = Reg.X3;
    private const int Second = Reg.X4;

    internal static IEnumerable<Case> All(SuiteTarget target, ulong seed)
    {
        foreach (NestedName name in VncrNames.For(target).Where(n => n is { Choice: NameChoice.None, ReadOnly: false } && !SecureNames.OnlySecure(n)))
        {
            foreach (Nvx nvx in Nvx.Transforming.Where(x => NestedOracle.AtEl1(name, x)[0] is Effect.Memory))
            {
                yield return new Telling(target, seed, name, nvx).Say();
            }

            if (name.Kind == NameKind.Guest)
            {
                yield return Shared(seed, name, Layouts.Of(target)[0]);
            }
        }
    }

    private sealed class Telling(SuiteTarget target, ulong seed, NestedName name, Nvx nvx)
    {
        private readonly Dice _dice = new(seed, $"nv2/sequence/{name.Label}-nv{nvx.Label}");

        /// <summary>MSR, MRS, plain load; plain store, MRS: each finds what was there last.</summary>
        internal Case Say()
        {
            bool e2h = Layouts.Any(target, _dice);
            ulong value = _dice.Next();
            ulong stored = _dice.Next();
            ulong slot = GuestMemory.Vncr + (ulong)name.Offset;
            uint[] code =
            [
                .. new Assembler(GuestMemory.Code)
                    .Msr(name.Encoding, Value).Mrs(First, name.Encoding).Dsb().Ldr(Second, Address, 0)
                    .Str(Reg.X5, Address, 0).Dsb().Mrs(Reg.X6, name.Encoding).Words(),
            ];
            CaseBuilder says = Begin($"nv2/sequence/{name.Label}-nv{nvx.Label}", name, nvx, e2h,
                    $"MSR {name.Name}, MRS, load; store, MRS at EL1, NVx={nvx.Label}: all of one slot")
                .Rules("F071", Nv2Rules.Behaviour(name))
                .Memory(slot, ~value)
                .At(1).X(Value, value).X(Address, slot).X(Reg.X5, stored).Code(code);
            return says.Completes(Spsr.At(1))
                .Sees(FieldNames.General(First), value).Sees(FieldNames.General(Second), value).Sees(FieldNames.General(Reg.X6), stored)
                .Sees(FieldNames.Memory(slot), stored)
                .Sees(FieldNames.Changed(GuestMemory.Vncr, AccessStory.PageSize), 0)
                .Build();
        }
    }

    /// <summary>The EL1 name under NV1 = 1 and the second name under NV1 = 0 are two ways to one slot.</summary>
    private static Case Shared(ulong seed, NestedName guest, bool e2h)
    {
        NestedName own = VncrNames.All.First(n => n.Name == guest.Register);
        Nvx withNv1 = new(true, true, true);
        Nvx withoutNv1 = new(true, false, true);
        ulong value = new Dice(seed, $"nv2/sequence/{own.Label}-and-{guest.Label}").Next();
        ulong slot = GuestMemory.Vncr + (ulong)own.Offset;
        ulong hcr = (Baseline.Of("HCR_EL2") & ~Nvx.Mask) | (e2h ? Hcr.E2H : 0);
        return Begin($"nv2/sequence/{own.Label}-and-{guest.Label}", guest, withNv1, e2h,
                $"MSR {own.Name} with NV1 = 1, then MRS {guest.Name} with NV1 = 0: one slot")
            .Rules("F071", Nv2Rules.Behaviour(guest))
            .Memory(slot, ~value)
            .At(1).X(Value, value).Code([.. new Assembler(GuestMemory.Code).Msr(own.Encoding, Value).Words()])
            .Completes(Spsr.At(1)).Sees(FieldNames.Memory(slot), value)
            .NextStep()
            .Set("HCR_EL2", hcr | withoutNv1.Hcr)
            .At(1).Code([.. new Assembler(GuestMemory.Code).Mrs(First, guest.Encoding).Words()])
            .Completes(Spsr.At(1)).Sees(FieldNames.General(First), value)
            .Sees(FieldNames.Changed(GuestMemory.Vncr, AccessStory.PageSize), 0)
            .Build();
    }

    private static CaseBuilder Begin(string id, NestedName name, Nvx nvx, bool e2h, string title)
    {
        CaseBuilder says = CaseBuilder.Case(id, title).Needs("FEAT_NV2").Needs(name.Required)
            .Change("HCR_EL2", nvx.Hcr | (e2h ? Hcr.E2H : 0), Nvx.Mask);
        if (e2h)
        {
            says.Set("CPTR_EL2", AccessStory.CptrE2h).Set("CNTHCTL_EL2", AccessStory.CnthctlE2h);
        }

        foreach (Opening opening in name.Openings)
        {
            says.Change(opening.Register, opening.Bits);
        }

        return says.Fill(GuestMemory.Vncr, AccessStory.PageSize, 0x0F0F_0F0F_0F0F_0F0F, 0x0101_0101_0101_0103);
    }
}
