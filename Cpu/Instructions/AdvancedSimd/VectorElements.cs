namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>The V registers, whole or by element.</summary>
/// <remarks>A size is a power of 2 in bytes: 0 for B to 3 for D. Nothing here asks whether the access is trapped.</remarks>
internal static class VectorElements
{
    internal static VectorValue Read(Core core, int n) => new(core.V[2 * n], core.V[2 * n + 1]);

    internal static void Write(Core core, int n, VectorValue value)
    {
        core.V[2 * n] = value.Low;
        core.V[2 * n + 1] = value.High;
    }

    /// <summary>An element, zero-extended.</summary>
    internal static ulong Get(Core core, int n, int index, int size) => Read(core, n).Get(index, size);

    /// <summary>An element, sign-extended.</summary>
    internal static long GetSigned(Core core, int n, int index, int size) => Read(core, n).GetSigned(index, size);

    /// <summary>Replaces an element; the others stay.</summary>
    internal static void Set(Core core, int n, int index, int size, ulong value)
    {
        VectorValue whole = Read(core, n);
        whole.Set(index, size, value);
        Write(core, n, whole);
    }
}
