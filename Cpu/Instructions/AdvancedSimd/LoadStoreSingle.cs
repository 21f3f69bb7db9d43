using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Advanced SIMD load/store single structure: one element of each register, and LD1R to LD4R.</summary>
/// <remarks>
/// Source: DDI 0487, C7.2, "LD1 (single structure)" to "ST4 (single structure)", LD1R to LD4R. Rm 31 adds the size of the transfer.
/// </remarks>
internal static unsafe class LoadStoreSingle
{
    internal static readonly InsnRow[] Rows =
    [
        new("LD1_asisdlso_B1_1b",    "0 Q:1 0011010 1 0 0000 0 000 S:1 size:2 Rn:5 Rt:5",   &Load,          &Single),
        new("LD1_asisdlso_H1_1h",    "0 Q:1 0011010 1 0 0000 0 010 S:1 x0 Rn:5 Rt:5",       &Load,          &Single),
        new("LD1_asisdlso_S1_1s",    "0 Q:1 0011010 1 0 0000 0 100 S:1 00 Rn:5 Rt:5",       &Load,          &Single),
        new("LD1_asisdlso_D1_1d",    "0 Q:1 0011010 1 0 0000 0 100 0 01 Rn:5 Rt:5",         &Load,          &Single),
        new("LD1R_asisdlso_R1",      "0 Q:1 00 1 1 0 10 1 0 0000 0 110 0 size:2 Rn:5 Rt:5", &Replicate,     &Replicated),
        new("LD2_asisdlso_B2_2b",    "0 Q:1 0011010 1 1 0000 0 000 S:1 size:2 Rn:5 Rt:5",   &Load,          &Single),
        new("LD2_asisdlso_H2_2h",    "0 Q:1 0011010 1 1 0000 0 010 S:1 x0 Rn:5 Rt:5",       &Load,          &Single),
        new("LD2_asisdlso_S2_2s",    "0 Q:1 0011010 1 1 0000 0 100 S:1 00 Rn:5 Rt:5",       &Load,          &Single),
        new("LD2_asisdlso_D2_2d",    "0 Q:1 0011010 1 1 0000 0 100 0 01 Rn:5 Rt:5",         &Load,          &Single),
        new("LD2R_asisdlso_R2",      "0 Q:1 00 1 1 0 10 1 1 0000 0 110 0 size:2 Rn:5 Rt:5", &Replicate,     &Replicated),
        new("LD3_asisdlso_B3_3b",    "0 Q:1 0011010 1 0 0000 0 001 S:1 size:2 Rn:5 Rt:5",   &Load,          &Single),
        new("LD3_asisdlso_H3_3h",    "0 Q:1 0011010 1 0 0000 0 011 S:1 x0 Rn:5 Rt:5",       &Load,          &Single),
        new("LD3_asisdlso_S3_3s",    "0 Q:1 0011010 1 0 0000 0 101 S:1 00 Rn:5 Rt:5",       &Load,          &Single),
        new("LD3_asisdlso_D3_3d",    "0 Q:1 0011010 1 0 0000 0 101 0 01 Rn:5 Rt:5",         &Load,          &Single),
        new("LD3R_asisdlso_R3",      "0 Q:1 00 1 1 0 10 1 0 0000 0 111 0 size:2 Rn:5 Rt:5", &Replicate,     &Replicated),
        new("LD4_asisdlso_B4_4b",    "0 Q:1 0011010 1 1 0000 0 001 S:1 size:2 Rn:5 Rt:5",   &Load,          &Single),
        new("LD4_asisdlso_H4_4h",    "0 Q:1 0011010 1 1 0000 0 011 S:1 x0 Rn:5 Rt:5",       &Load,          &Single),
        new("LD4_asisdlso_S4_4s",    "0 Q:1 0011010 1 1 0000 0 101 S:1 00 Rn:5 Rt:5",       &Load,          &Single),
        new("LD4_asisdlso_D4_4d",    "0 Q:1 0011010 1 1 0000 0 101 0 01 Rn:5 Rt:5",         &Load,          &Single),
        new("LD4R_asisdlso_R4",      "0 Q:1 00 1 1 0 10 1 1 0000 0 111 0 size:2 Rn:5 Rt:5", &Replicate,     &Replicated),
        new("ST1_asisdlso_B1_1b",    "0 Q:1 0011010 0 0 0000 0 000 S:1 size:2 Rn:5 Rt:5",   &Store,         &Single),
        new("ST1_asisdlso_H1_1h",    "0 Q:1 0011010 0 0 0000 0 010 S:1 x0 Rn:5 Rt:5",       &Store,         &Single),
        new("ST1_asisdlso_S1_1s",    "0 Q:1 0011010 0 0 0000 0 100 S:1 00 Rn:5 Rt:5",       &Store,         &Single),
        new("ST1_asisdlso_D1_1d",    "0 Q:1 0011010 0 0 0000 0 100 0 01 Rn:5 Rt:5",         &Store,         &Single),
        new("ST2_asisdlso_B2_2b",    "0 Q:1 0011010 0 1 0000 0 000 S:1 size:2 Rn:5 Rt:5",   &Store,         &Single),
        new("ST2_asisdlso_H2_2h",    "0 Q:1 0011010 0 1 0000 0 010 S:1 x0 Rn:5 Rt:5",       &Store,         &Single),
        new("ST2_asisdlso_S2_2s",    "0 Q:1 0011010 0 1 0000 0 100 S:1 00 Rn:5 Rt:5",       &Store,         &Single),
        new("ST2_asisdlso_D2_2d",    "0 Q:1 0011010 0 1 0000 0 100 0 01 Rn:5 Rt:5",         &Store,         &Single),
        new("ST3_asisdlso_B3_3b",    "0 Q:1 0011010 0 0 0000 0 001 S:1 size:2 Rn:5 Rt:5",   &Store,         &Single),
        new("ST3_asisdlso_H3_3h",    "0 Q:1 0011010 0 0 0000 0 011 S:1 x0 Rn:5 Rt:5",       &Store,         &Single),
        new("ST3_asisdlso_S3_3s",    "0 Q:1 0011010 0 0 0000 0 101 S:1 00 Rn:5 Rt:5",       &Store,         &Single),
        new("ST3_asisdlso_D3_3d",    "0 Q:1 0011010 0 0 0000 0 101 0 01 Rn:5 Rt:5",         &Store,         &Single),
        new("ST4_asisdlso_B4_4b",    "0 Q:1 0011010 0 1 0000 0 001 S:1 size:2 Rn:5 Rt:5",   &Store,         &Single),
        new("ST4_asisdlso_H4_4h",    "0 Q:1 0011010 0 1 0000 0 011 S:1 x0 Rn:5 Rt:5",       &Store,         &Single),
        new("ST4_asisdlso_S4_4s",    "0 Q:1 0011010 0 1 0000 0 101 S:1 00 Rn:5 Rt:5",       &Store,         &Single),
        new("ST4_asisdlso_D4_4d",    "0 Q:1 0011010 0 1 0000 0 101 0 01 Rn:5 Rt:5",         &Store,         &Single),
        new("LD1_asisdlsop_B1_i1b",  "0 Q:1 0011011 1 0 11111 000 S:1 size:2 Rn:5 Rt:5",    &LoadPost,      &Single),
        new("LD1_asisdlsop_BX1_r1b", "0 Q:1 0011011 1 0 Rm:5 000 S:1 size:2 Rn:5 Rt:5",     &LoadPost,      &Single),
        new("LD1_asisdlsop_D1_i1d",  "0 Q:1 0011011 1 0 11111 100 0 01 Rn:5 Rt:5",          &LoadPost,      &Single),
        new("LD1_asisdlsop_DX1_r1d", "0 Q:1 0011011 1 0 Rm:5 100 0 01 Rn:5 Rt:5",           &LoadPost,      &Single),
        new("LD1_asisdlsop_H1_i1h",  "0 Q:1 0011011 1 0 11111 010 S:1 x0 Rn:5 Rt:5",        &LoadPost,      &Single),
        new("LD1_asisdlsop_HX1_r1h", "0 Q:1 0011011 1 0 Rm:5 010 S:1 x0 Rn:5 Rt:5",         &LoadPost,      &Single),
        new("LD1_asisdlsop_S1_i1s",  "0 Q:1 0011011 1 0 11111 100 S:1 00 Rn:5 Rt:5",        &LoadPost,      &Single),
        new("LD1_asisdlsop_SX1_r1s", "0 Q:1 0011011 1 0 Rm:5 100 S:1 00 Rn:5 Rt:5",         &LoadPost,      &Single),
        new("LD1R_asisdlsop_R1_i",   "0 Q:1 0011011 1 0 11111 110 0 size:2 Rn:5 Rt:5",      &ReplicatePost, &Replicated),
        new("LD1R_asisdlsop_RX1_r",  "0 Q:1 0011011 1 0 Rm:5 110 0 size:2 Rn:5 Rt:5",       &ReplicatePost, &Replicated),
        new("LD2_asisdlsop_B2_i2b",  "0 Q:1 0011011 1 1 11111 000 S:1 size:2 Rn:5 Rt:5",    &LoadPost,      &Single),
        new("LD2_asisdlsop_BX2_r2b", "0 Q:1 0011011 1 1 Rm:5 000 S:1 size:2 Rn:5 Rt:5",     &LoadPost,      &Single),
        new("LD2_asisdlsop_H2_i2h",  "0 Q:1 0011011 1 1 11111 010 S:1 x0 Rn:5 Rt:5",        &LoadPost,      &Single),
        new("LD2_asisdlsop_HX2_r2h", "0 Q:1 0011011 1 1 Rm:5 010 S:1 x0 Rn:5 Rt:5",         &LoadPost,      &Single),
        new("LD2_asisdlsop_S2_i2s",  "0 Q:1 0011011 1 1 11111 100 S:1 00 Rn:5 Rt:5",        &LoadPost,      &Single),
        new("LD2_asisdlsop_SX2_r2s", "0 Q:1 0011011 1 1 Rm:5 100 S:1 00 Rn:5 Rt:5",         &LoadPost,      &Single),
        new("LD2_asisdlsop_D2_i2d",  "0 Q:1 0011011 1 1 11111 100 0 01 Rn:5 Rt:5",          &LoadPost,      &Single),
        new("LD2_asisdlsop_DX2_r2d", "0 Q:1 0011011 1 1 Rm:5 100 0 01 Rn:5 Rt:5",           &LoadPost,      &Single),
        new("LD2R_asisdlsop_R2_i",   "0 Q:1 0011011 1 1 11111 110 0 size:2 Rn:5 Rt:5",      &ReplicatePost, &Replicated),
        new("LD2R_asisdlsop_RX2_r",  "0 Q:1 0011011 1 1 Rm:5 110 0 size:2 Rn:5 Rt:5",       &ReplicatePost, &Replicated),
        new("LD3_asisdlsop_B3_i3b",  "0 Q:1 0011011 1 0 11111 001 S:1 size:2 Rn:5 Rt:5",    &LoadPost,      &Single),
        new("LD3_asisdlsop_BX3_r3b", "0 Q:1 0011011 1 0 Rm:5 001 S:1 size:2 Rn:5 Rt:5",     &LoadPost,      &Single),
        new("LD3_asisdlsop_H3_i3h",  "0 Q:1 0011011 1 0 11111 011 S:1 x0 Rn:5 Rt:5",        &LoadPost,      &Single),
        new("LD3_asisdlsop_HX3_r3h", "0 Q:1 0011011 1 0 Rm:5 011 S:1 x0 Rn:5 Rt:5",         &LoadPost,      &Single),
        new("LD3_asisdlsop_S3_i3s",  "0 Q:1 0011011 1 0 11111 101 S:1 00 Rn:5 Rt:5",        &LoadPost,      &Single),
        new("LD3_asisdlsop_SX3_r3s", "0 Q:1 0011011 1 0 Rm:5 101 S:1 00 Rn:5 Rt:5",         &LoadPost,      &Single),
        new("LD3_asisdlsop_D3_i3d",  "0 Q:1 0011011 1 0 11111 101 0 01 Rn:5 Rt:5",          &LoadPost,      &Single),
        new("LD3_asisdlsop_DX3_r3d", "0 Q:1 0011011 1 0 Rm:5 101 0 01 Rn:5 Rt:5",           &LoadPost,      &Single),
        new("LD3R_asisdlsop_R3_i",   "0 Q:1 0011011 1 0 11111 111 0 size:2 Rn:5 Rt:5",      &ReplicatePost, &Replicated),
        new("LD3R_asisdlsop_RX3_r",  "0 Q:1 0011011 1 0 Rm:5 111 0 size:2 Rn:5 Rt:5",       &ReplicatePost, &Replicated),
        new("LD4_asisdlsop_B4_i4b",  "0 Q:1 0011011 1 1 11111 001 S:1 size:2 Rn:5 Rt:5",    &LoadPost,      &Single),
        new("LD4_asisdlsop_BX4_r4b", "0 Q:1 0011011 1 1 Rm:5 001 S:1 size:2 Rn:5 Rt:5",     &LoadPost,      &Single),
        new("LD4_asisdlsop_H4_i4h",  "0 Q:1 0011011 1 1 11111 011 S:1 x0 Rn:5 Rt:5",        &LoadPost,      &Single),
        new("LD4_asisdlsop_HX4_r4h", "0 Q:1 0011011 1 1 Rm:5 011 S:1 x0 Rn:5 Rt:5",         &LoadPost,      &Single),
        new("LD4_asisdlsop_S4_i4s",  "0 Q:1 0011011 1 1 11111 101 S:1 00 Rn:5 Rt:5",        &LoadPost,      &Single),
        new("LD4_asisdlsop_SX4_r4s", "0 Q:1 0011011 1 1 Rm:5 101 S:1 00 Rn:5 Rt:5",         &LoadPost,      &Single),
        new("LD4_asisdlsop_D4_i4d",  "0 Q:1 0011011 1 1 11111 101 0 01 Rn:5 Rt:5",          &LoadPost,      &Single),
        new("LD4_asisdlsop_DX4_r4d", "0 Q:1 0011011 1 1 Rm:5 101 0 01 Rn:5 Rt:5",           &LoadPost,      &Single),
        new("LD4R_asisdlsop_R4_i",   "0 Q:1 0011011 1 1 11111 111 0 size:2 Rn:5 Rt:5",      &ReplicatePost, &Replicated),
        new("LD4R_asisdlsop_RX4_r",  "0 Q:1 0011011 1 1 Rm:5 111 0 size:2 Rn:5 Rt:5",       &ReplicatePost, &Replicated),
        new("ST1_asisdlsop_B1_i1b",  "0 Q:1 0011011 0 0 11111 000 S:1 size:2 Rn:5 Rt:5",    &StorePost,     &Single),
        new("ST1_asisdlsop_BX1_r1b", "0 Q:1 0011011 0 0 Rm:5 000 S:1 size:2 Rn:5 Rt:5",     &StorePost,     &Single),
        new("ST1_asisdlsop_H1_i1h",  "0 Q:1 0011011 0 0 11111 010 S:1 x0 Rn:5 Rt:5",        &StorePost,     &Single),
        new("ST1_asisdlsop_HX1_r1h", "0 Q:1 0011011 0 0 Rm:5 010 S:1 x0 Rn:5 Rt:5",         &StorePost,     &Single),
        new("ST1_asisdlsop_S1_i1s",  "0 Q:1 0011011 0 0 11111 100 S:1 00 Rn:5 Rt:5",        &StorePost,     &Single),
        new("ST1_asisdlsop_SX1_r1s", "0 Q:1 0011011 0 0 Rm:5 100 S:1 00 Rn:5 Rt:5",         &StorePost,     &Single),
        new("ST1_asisdlsop_D1_i1d",  "0 Q:1 0011011 0 0 11111 100 0 01 Rn:5 Rt:5",          &StorePost,     &Single),
        new("ST1_asisdlsop_DX1_r1d", "0 Q:1 0011011 0 0 Rm:5 100 0 01 Rn:5 Rt:5",           &StorePost,     &Single),
        new("ST2_asisdlsop_B2_i2b",  "0 Q:1 0011011 0 1 11111 000 S:1 size:2 Rn:5 Rt:5",    &StorePost,     &Single),
        new("ST2_asisdlsop_BX2_r2b", "0 Q:1 0011011 0 1 Rm:5 000 S:1 size:2 Rn:5 Rt:5",     &StorePost,     &Single),
        new("ST2_asisdlsop_H2_i2h",  "0 Q:1 0011011 0 1 11111 010 S:1 x0 Rn:5 Rt:5",        &StorePost,     &Single),
        new("ST2_asisdlsop_HX2_r2h", "0 Q:1 0011011 0 1 Rm:5 010 S:1 x0 Rn:5 Rt:5",         &StorePost,     &Single),
        new("ST2_asisdlsop_S2_i2s",  "0 Q:1 0011011 0 1 11111 100 S:1 00 Rn:5 Rt:5",        &StorePost,     &Single),
        new("ST2_asisdlsop_SX2_r2s", "0 Q:1 0011011 0 1 Rm:5 100 S:1 00 Rn:5 Rt:5",         &StorePost,     &Single),
        new("ST2_asisdlsop_D2_i2d",  "0 Q:1 0011011 0 1 11111 100 0 01 Rn:5 Rt:5",          &StorePost,     &Single),
        new("ST2_asisdlsop_DX2_r2d", "0 Q:1 0011011 0 1 Rm:5 100 0 01 Rn:5 Rt:5",           &StorePost,     &Single),
        new("ST3_asisdlsop_B3_i3b",  "0 Q:1 0011011 0 0 11111 001 S:1 size:2 Rn:5 Rt:5",    &StorePost,     &Single),
        new("ST3_asisdlsop_BX3_r3b", "0 Q:1 0011011 0 0 Rm:5 001 S:1 size:2 Rn:5 Rt:5",     &StorePost,     &Single),
        new("ST3_asisdlsop_H3_i3h",  "0 Q:1 0011011 0 0 11111 011 S:1 x0 Rn:5 Rt:5",        &StorePost,     &Single),
        new("ST3_asisdlsop_HX3_r3h", "0 Q:1 0011011 0 0 Rm:5 011 S:1 x0 Rn:5 Rt:5",         &StorePost,     &Single),
        new("ST3_asisdlsop_S3_i3s",  "0 Q:1 0011011 0 0 11111 101 S:1 00 Rn:5 Rt:5",        &StorePost,     &Single),
        new("ST3_asisdlsop_SX3_r3s", "0 Q:1 0011011 0 0 Rm:5 101 S:1 00 Rn:5 Rt:5",         &StorePost,     &Single),
        new("ST3_asisdlsop_D3_i3d",  "0 Q:1 0011011 0 0 11111 101 0 01 Rn:5 Rt:5",          &StorePost,     &Single),
        new("ST3_asisdlsop_DX3_r3d", "0 Q:1 0011011 0 0 Rm:5 101 0 01 Rn:5 Rt:5",           &StorePost,     &Single),
        new("ST4_asisdlsop_B4_i4b",  "0 Q:1 0011011 0 1 11111 001 S:1 size:2 Rn:5 Rt:5",    &StorePost,     &Single),
        new("ST4_asisdlsop_BX4_r4b", "0 Q:1 0011011 0 1 Rm:5 001 S:1 size:2 Rn:5 Rt:5",     &StorePost,     &Single),
        new("ST4_asisdlsop_H4_i4h",  "0 Q:1 0011011 0 1 11111 011 S:1 x0 Rn:5 Rt:5",        &StorePost,     &Single),
        new("ST4_asisdlsop_HX4_r4h", "0 Q:1 0011011 0 1 Rm:5 011 S:1 x0 Rn:5 Rt:5",         &StorePost,     &Single),
        new("ST4_asisdlsop_S4_i4s",  "0 Q:1 0011011 0 1 11111 101 S:1 00 Rn:5 Rt:5",        &StorePost,     &Single),
        new("ST4_asisdlsop_SX4_r4s", "0 Q:1 0011011 0 1 Rm:5 101 S:1 00 Rn:5 Rt:5",         &StorePost,     &Single),
        new("ST4_asisdlsop_D4_i4d",  "0 Q:1 0011011 0 1 11111 101 0 01 Rn:5 Rt:5",          &StorePost,     &Single),
        new("ST4_asisdlsop_DX4_r4d", "0 Q:1 0011011 0 1 Rm:5 101 0 01 Rn:5 Rt:5",           &StorePost,     &Single),
    ];

    private const int MaxRegisters = 4;

    /// <summary>Ra: registers. Imm: bytes of the transfer.</summary>
    private static void Replicated(ref Operation op) => SetSize(ref op, (int)op.Bits(10, 2));

    /// <summary>As <see cref="Replicated"/>, and the index from Q:S:size, less the bits that the size needs, in <c>First</c>.</summary>
    private static void Single(ref Operation op)
    {
        int scale = (int)op.Bits(14, 2);
        int size = scale == 2 && op.Bit(10) ? 3 : scale;
        int place = (int)(op.Bits(30, 1) << 3 | op.Bits(10, 3));
        SetSize(ref op, size);
        Shape.Set(ref op, size, 1, place >> size);
    }

    private static void SetSize(ref Operation op, int size)
    {
        op.Ra = (byte)((op.Bits(13, 1) << 1 | op.Bits(21, 1)) + 1);
        op.Imm = (ulong)op.Ra << size;
        Shape.Set(ref op, size, (op.Bit(30) ? 16 : 8) >> size);
    }

    private static void Load(Core core, in Operation op) =>
        _ = StructureAccess.TryBase(core, op, out ulong address) && TryLoad(core, op, address);

    private static void Store(Core core, in Operation op) =>
        _ = StructureAccess.TryBase(core, op, out ulong address) && TryStore(core, op, address);

    private static void Replicate(Core core, in Operation op) =>
        _ = StructureAccess.TryBase(core, op, out ulong address) && TryReplicate(core, op, address);

    private static void LoadPost(Core core, in Operation op)
    {
        if (StructureAccess.TryBase(core, op, out ulong address) && TryLoad(core, op, address))
        {
            StructureAccess.WriteBack(core, op, address);
        }
    }

    private static void StorePost(Core core, in Operation op)
    {
        if (StructureAccess.TryBase(core, op, out ulong address) && TryStore(core, op, address))
        {
            StructureAccess.WriteBack(core, op, address);
        }
    }

    private static void ReplicatePost(Core core, in Operation op)
    {
        if (StructureAccess.TryBase(core, op, out ulong address) && TryReplicate(core, op, address))
        {
            StructureAccess.WriteBack(core, op, address);
        }
    }

    private static bool TryLoad(Core core, in Operation op, ulong address)
    {
        Span<ulong> loaded = stackalloc ulong[MaxRegisters];
        if (!TryRead(core, op, address, loaded))
        {
            return false;
        }

        for (int r = 0; r < op.Ra; r++)
        {
            VectorElements.Set(core, (op.Rd + r) & 31, op.First, op.Size, loaded[r]);
        }

        return true;
    }

    private static bool TryReplicate(Core core, in Operation op, ulong address)
    {
        Span<ulong> loaded = stackalloc ulong[MaxRegisters];
        if (!TryRead(core, op, address, loaded))
        {
            return false;
        }

        for (int r = 0; r < op.Ra; r++)
        {
            VectorElements.Write(core, (op.Rd + r) & 31, VectorValue.Replicate(loaded[r], op.Size).Cut(op.Bit(30)));
        }

        return true;
    }

    /// <summary>Registers change after the last access, so that a fault changes none.</summary>
    private static bool TryRead(Core core, in Operation op, ulong address, Span<ulong> elements)
    {
        for (int r = 0; r < op.Ra; r++)
        {
            if (!MemoryAccess.TryRead(core, address + (ulong)(r << op.Size), 1 << op.Size, AccessKind.Normal, out elements[r]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryStore(Core core, in Operation op, ulong address)
    {
        for (int r = 0; r < op.Ra; r++)
        {
            ulong element = VectorElements.Get(core, (op.Rd + r) & 31, op.First, op.Size);
            if (!MemoryAccess.TryWrite(core, address + (ulong)(r << op.Size), 1 << op.Size, AccessKind.Normal, element))
            {
                return false;
            }
        }

        return true;
    }
}
