using Conformance.Harness.Cases;
using Conformance.Harness.Spec;

namespace Conformance.Suites.Nv2;

/// <summary>The names that reach the slots of the page.</summary>
internal static class VncrNames
{
    private static readonly Lazy<IReadOnlyList<NestedName>> s_all = new(() => [.. VncrTable.Slots.SelectMany(Of)]);

    /// <summary>All names, in the order of their slots.</summary>
    internal static IReadOnlyList<NestedName> All => s_all.Value;

    /// <summary>The names that a device has.</summary>
    internal static IEnumerable<NestedName> For(SuiteTarget target) => All.Where(n => target.Features.FirstUnmet(n.Required) is null);

    /// <summary>The second name of an EL1 or EL0 register: <c>SCTLR_EL12</c>, <c>CNTV_CTL_EL02</c>.</summary>
    internal static string GuestNameOf(string register) => register + "2";

    private static IEnumerable<NestedName> Of(VncrSlot slot)
    {
        for (int n = 0; n < slot.Count; n++)
        {
            string register = slot.Register.Replace("<n>", $"{n}", StringComparison.Ordinal);
            if (!Encodings.TryRegister(register, out _))
            {
                continue; // an index that the array does not have
            }

            NameChoice choice = VncrTable.MayBeAbsent(register) ? NameChoice.MayBeAbsent
                : register is "ACTLR_EL1" or "ACTLRMASK_EL1" ? NameChoice.RegisterWithoutNv1 : NameChoice.None;
            yield return new(register, slot.Kind, register, slot.Offset + (8 * n), slot.Needs, slot.Opens, choice);
        }

        if (slot.Alias.Length > 0)
        {
            NameChoice choice = slot.Register is "ACTLR_EL1" ? NameChoice.RegisterWithoutNv1 : NameChoice.None;
            yield return new(
                slot.Alias, slot.Kind, slot.Register, slot.Offset, [.. slot.Needs ?? [], "FEAT_SRMASK"], [.. slot.Opens ?? [], .. slot.AliasOpens], choice);
        }

        if (slot.Kind == NameKind.El1 || slot.HasGuestName)
        {
            NameChoice choice = slot.Register is "ACTLR_EL1" or "ACTLRMASK_EL1" ? NameChoice.MayBeAbsent : NameChoice.None;
            yield return new(
                GuestNameOf(slot.Register), NameKind.Guest, slot.Register, slot.Offset, [.. slot.Needs ?? [], .. slot.GuestNeeds, "FEAT_VHE"], slot.Opens, choice);
        }
    }
}
