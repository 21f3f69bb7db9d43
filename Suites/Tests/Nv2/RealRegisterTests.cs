using Conformance.Harness.Spec;
using Conformance.Suites.Nv2;
using FsCheck;
using FsCheck.Fluent;

namespace Conformance.Suites.Tests.Nv2;

public class RealRegisterTests
{
    [Fact]
    public void A_marked_register_differs_in_every_free_bit_and_in_no_other() =>
        Prop.ForAll(ArbMap.Default.ArbFor<ulong>(), ArbMap.Default.ArbFor<ulong>(), ArbMap.Default.ArbFor<ulong>(), (value, free, other) =>
        {
            var register = new RealRegister("X", value, free, free);
            return ((register.Unlike(other) ^ other) & free) == free
                && ((register.Unlike(other) ^ value) & ~free) == 0
                && ((register.Safe(other) ^ other) & free) == 0
                && ((register.Safe(other) ^ value) & ~free) == 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Free_bits_are_among_those_that_are_compared_and_are_fields_of_the_register()
    {
        var state = new ArchState(new Implementation(Nv2Targets.Everything.Features));
        foreach (NestedName name in Nv2Rules.Named(Nv2Targets.Everything))
        {
            if (RealRegisters.Of(Nv2Targets.Everything, name.Register) is { } register)
            {
                (register.Free & ~register.Compared).ShouldBe(0UL, name.Register);
                ulong fields = RegisterFacts.Find(name.Register)!.LayoutFor(state, 0)!.Present(state)
                    .Where(f => f.Kind == FieldKind.Named).Aggregate(0UL, (m, f) => m | f.Mask);
                (register.Free & ~fields).ShouldBe(0UL, name.Register);
            }
        }
    }

    [Fact]
    public void The_noise_in_hcr_el2_leaves_alone_what_decides_on_the_accesses()
    {
        ulong pool = HcrNoise.Pool(Nv2Targets.Everything);
        ulong decides = ControlBits.Hcr.NV | ControlBits.Hcr.NV1 | ControlBits.Hcr.NV2 | ControlBits.Hcr.TVM | ControlBits.Hcr.TRVM
            | ControlBits.Hcr.TACR | ControlBits.Hcr.TGE | ControlBits.Hcr.E2H | ControlBits.Hcr.RW | ControlBits.Hcr.TSC | ControlBits.Hcr.HCD;

        (pool & decides).ShouldBe(0UL);
        (pool & 1).ShouldBe(0UL); // VM
        ulong fields = RegisterFacts.Find("HCR_EL2")!.Layouts[0].Fields.Where(f => f.Kind == FieldKind.Named).Aggregate(0UL, (m, f) => m | f.Mask);
        (pool & ~fields).ShouldBe(0UL);
    }
}
