namespace Conformance.Cpu.Translation;

/// <summary>Both stages of address translation in their order (TR-008, TR-060, TR-090, TR-092).</summary>
/// <remarks>An Alignment fault that does not come from the memory type goes before; the caller has checked that.</remarks>
internal static class Translator
{
    internal static bool TryTranslate(
        Core core, AccessContext context, ulong va, AccessPurpose purpose, bool misaligned, out Translated result, out Fault fault) =>
        Stage1Walk.TryTranslate(core, context, va, purpose, misaligned, out result, out fault)
        && (context.Controls.Stage2 is not { } stage2
            || Stage2Walk.TryTranslate(core, stage2, ref result, purpose, context.IsPrivileged, misaligned, out fault));
}
