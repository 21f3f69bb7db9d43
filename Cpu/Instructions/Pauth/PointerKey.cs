namespace Conformance.Cpu.Instructions.Pauth;

/// <summary>The keys of pointer authentication, in the order of their registers.</summary>
internal enum PointerKey
{
    IA,
    IB,
    DA,
    DB,
    GA,
}
