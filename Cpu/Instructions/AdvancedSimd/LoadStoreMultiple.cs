using Conformance.Cpu.Translation;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>Advanced SIMD load/store multiple structures: LD1 to LD4 and ST1 to ST4, without and with post-index.</summary>
/// <remarks>
/// Source: DDI 0487, C7.2, "LD1 (multiple structures)" to "ST4 (multiple structures)". Memory is accessed element by
/// element, each in the byte order of data and aligned to its own size; the access check precedes the SP alignment check
/// (EX-220). Rm 31 adds the size of the transfer.
/// </remarks>
internal static unsafe class LoadStoreMultiple
{
    internal static readonly InsnRow[] Rows =
    [
        new("LD1_asisdlse_R1_1v",  "0 Q:1 0011000 1 000000 0111 size:2 Rn:5 Rt:5",     &Load,      &Multiple),
        new("LD1_asisdlse_R2_2v",  "0 Q:1 0011000 1 000000 1010 size:2 Rn:5 Rt:5",     &Load,      &Multiple),
        new("LD1_asisdlse_R3_3v",  "0 Q:1 0011000 1 000000 0110 size:2 Rn:5 Rt:5",     &Load,      &Multiple),
        new("LD1_asisdlse_R4_4v",  "0 Q:1 0011000 1 000000 0010 size:2 Rn:5 Rt:5",     &Load,      &Multiple),
        new("LD2_asisdlse_R2",     "0 Q:1 00 1 1 0 00 1 000000 1000 size:2 Rn:5 Rt:5", &Load,      &Multiple),
        new("LD3_asisdlse_R3",     "0 Q:1 00 1 1 0 00 1 000000 0100 size:2 Rn:5 Rt:5", &Load,      &Multiple),
        new("LD4_asisdlse_R4",     "0 Q:1 00 1 1 0 00 1 000000 0000 size:2 Rn:5 Rt:5", &Load,      &Multiple),
        new("ST1_asisdlse_R1_1v",  "0 Q:1 0011000 0 000000 0111 size:2 Rn:5 Rt:5",     &Store,     &Multiple),
        new("ST1_asisdlse_R2_2v",  "0 Q:1 0011000 0 000000 1010 size:2 Rn:5 Rt:5",     &Store,     &Multiple),
        new("ST1_asisdlse_R3_3v",  "0 Q:1 0011000 0 000000 0110 size:2 Rn:5 Rt:5",     &Store,     &Multiple),
        new("ST1_asisdlse_R4_4v",  "0 Q:1 0011000 0 000000 0010 size:2 Rn:5 Rt:5",     &Store,     &Multiple),
        new("ST2_asisdlse_R2",     "0 Q:1 00 1 1 0 00 0 000000 1000 size:2 Rn:5 Rt:5", &Store,     &Multiple),
        new("ST3_asisdlse_R3",     "0 Q:1 00 1 1 0 00 0 000000 0100 size:2 Rn:5 Rt:5", &Store,     &Multiple),
        new("ST4_asisdlse_R4",     "0 Q:1 00 1 1 0 00 0 000000 0000 size:2 Rn:5 Rt:5", &Store,     &Multiple),
        new("LD1_asisdlsep_I1_i1", "0 Q:1 0011001 1 0 11111 0111 size:2 Rn:5 Rt:5",    &LoadPost,  &Multiple),
        new("LD1_asisdlsep_R1_r1", "0 Q:1 0011001 1 0 Rm:5 0111 size:2 Rn:5 Rt:5",     &LoadPost,  &Multiple),
        new("LD1_asisdlsep_I2_i2", "0 Q:1 0011001 1 0 11111 1010 size:2 Rn:5 Rt:5",    &LoadPost,  &Multiple),
        new("LD1_asisdlsep_R2_r2", "0 Q:1 0011001 1 0 Rm:5 1010 size:2 Rn:5 Rt:5",     &LoadPost,  &Multiple),
        new("LD1_asisdlsep_I3_i3", "0 Q:1 0011001 1 0 11111 0110 size:2 Rn:5 Rt:5",    &LoadPost,  &Multiple),
        new("LD1_asisdlsep_R3_r3", "0 Q:1 0011001 1 0 Rm:5 0110 size:2 Rn:5 Rt:5",     &LoadPost,  &Multiple),
        new("LD1_asisdlsep_I4_i4", "0 Q:1 0011001 1 0 11111 0010 size:2 Rn:5 Rt:5",    &LoadPost,  &Multiple),
        new("LD1_asisdlsep_R4_r4", "0 Q:1 0011001 1 0 Rm:5 0010 size:2 Rn:5 Rt:5",     &LoadPost,  &Multiple),
        new("LD2_asisdlsep_I2_i",  "0 Q:1 0011001 1 0 11111 1000 size:2 Rn:5 Rt:5",    &LoadPost,  &Multiple),
        new("LD2_asisdlsep_R2_r",  "0 Q:1 0011001 1 0 Rm:5 1000 size:2 Rn:5 Rt:5",     &LoadPost,  &Multiple),
        new("LD3_asisdlsep_I3_i",  "0 Q:1 0011001 1 0 11111 0100 size:2 Rn:5 Rt:5",    &LoadPost,  &Multiple),
        new("LD3_asisdlsep_R3_r",  "0 Q:1 0011001 1 0 Rm:5 0100 size:2 Rn:5 Rt:5",     &LoadPost,  &Multiple),
        new("LD4_asisdlsep_I4_i",  "0 Q:1 0011001 1 0 11111 0000 size:2 Rn:5 Rt:5",    &LoadPost,  &Multiple),
        new("LD4_asisdlsep_R4_r",  "0 Q:1 0011001 1 0 Rm:5 0000 size:2 Rn:5 Rt:5",     &LoadPost,  &Multiple),
        new("ST1_asisdlsep_I1_i1", "0 Q:1 0011001 0 0 11111 0111 size:2 Rn:5 Rt:5",    &StorePost, &Multiple),
        new("ST1_asisdlsep_R1_r1", "0 Q:1 0011001 0 0 Rm:5 0111 size:2 Rn:5 Rt:5",     &StorePost, &Multiple),
        new("ST1_asisdlsep_I2_i2", "0 Q:1 0011001 0 0 11111 1010 size:2 Rn:5 Rt:5",    &StorePost, &Multiple),
        new("ST1_asisdlsep_R2_r2", "0 Q:1 0011001 0 0 Rm:5 1010 size:2 Rn:5 Rt:5",     &StorePost, &Multiple),
        new("ST1_asisdlsep_I3_i3", "0 Q:1 0011001 0 0 11111 0110 size:2 Rn:5 Rt:5",    &StorePost, &Multiple),
        new("ST1_asisdlsep_R3_r3", "0 Q:1 0011001 0 0 Rm:5 0110 size:2 Rn:5 Rt:5",     &StorePost, &Multiple),
        new("ST1_asisdlsep_I4_i4", "0 Q:1 0011001 0 0 11111 0010 size:2 Rn:5 Rt:5",    &StorePost, &Multiple),
        new("ST1_asisdlsep_R4_r4", "0 Q:1 0011001 0 0 Rm:5 0010 size:2 Rn:5 Rt:5",     &StorePost, &Multiple),
        new("ST2_asisdlsep_I2_i",  "0 Q:1 0011001 0 0 11111 1000 size:2 Rn:5 Rt:5",    &StorePost, &Multiple),
        new("ST2_asisdlsep_R2_r",  "0 Q:1 0011001 0 0 Rm:5 1000 size:2 Rn:5 Rt:5",     &StorePost, &Multiple),
        new("ST3_asisdlsep_I3_i",  "0 Q:1 0011001 0 0 11111 0100 size:2 Rn:5 Rt:5",    &StorePost, &Multiple),
        new("ST3_asisdlsep_R3_r",  "0 Q:1 0011001 0 0 Rm:5 0100 size:2 Rn:5 Rt:5",     &StorePost, &Multiple),
        new("ST4_asisdlsep_I4_i",  "0 Q:1 0011001 0 0 11111 0000 size:2 Rn:5 Rt:5",    &StorePost, &Multiple),
        new("ST4_asisdlsep_R4_r",  "0 Q:1 0011001 0 0 Rm:5 0000 size:2 Rn:5 Rt:5",     &StorePost, &Multiple),
    ];

    private const int MaxRegisters = 4;

    /// <summary>Imm: bytes of the transfer. Ra: elements of a structure, each in a register of its own, in 3:0; Rd counts on.</summary>
    private static void Multiple(ref Operation op)
    {
        int size = (int)op.Bits(10, 2);
        (int repeats, int structure) = op.Bits(12, 4) switch
        {
            0b0000 => (1, 4),
            0b0010 => (4, 1),
            0b0100 => (1, 3),
            0b0110 => (3, 1),
            0b0111 => (1, 1),
            0b1000 => (1, 2),
            _ => (2, 1),
        };
        int bytes = op.Bit(30) ? 16 : 8;
        Shape.Set(ref op, size, bytes >> size);
        op.Ra = (byte)structure;
        op.Imm = (ulong)(bytes * repeats * structure);
        if (size == 3 && !op.Bit(30) && structure != 1)
        {
            op.MakeUndefined();
        }
    }

    private static void Load(Core core, in Operation op) =>
        _ = StructureAccess.TryBase(core, op, out ulong address) && TryLoad(core, op, address);

    private static void Store(Core core, in Operation op) =>
        _ = StructureAccess.TryBase(core, op, out ulong address) && TryStore(core, op, address);

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

    /// <summary>Registers change after the last access, so that a fault changes none.</summary>
    private static bool TryLoad(Core core, in Operation op, ulong address)
    {
        Span<VectorValue> loaded = stackalloc VectorValue[MaxRegisters];
        int registers = (int)op.Imm / (op.Elements << op.Size);
        int size = StructureAccess.Chunk(core, op, address);
        int elements = op.Elements << op.Size >> size;
        loaded[..registers].Clear();
        for (int i = 0; i < (int)op.Imm >> size; i++)
        {
            if (!MemoryAccess.TryRead(core, address + (ulong)(i << size), 1 << size, AccessKind.Normal, out ulong element))
            {
                return false;
            }

            (int register, int index) = Place(op, i, elements);
            loaded[register].Set(index, size, element);
        }

        for (int r = 0; r < registers; r++)
        {
            VectorElements.Write(core, (op.Rd + r) & 31, loaded[r]);
        }

        return true;
    }

    private static bool TryStore(Core core, in Operation op, ulong address)
    {
        int size = StructureAccess.Chunk(core, op, address);
        int elements = op.Elements << op.Size >> size;
        for (int i = 0; i < (int)op.Imm >> size; i++)
        {
            (int register, int index) = Place(op, i, elements);
            ulong element = VectorElements.Get(core, (op.Rd + register) & 31, index, size);
            if (!MemoryAccess.TryWrite(core, address + (ulong)(i << size), 1 << size, AccessKind.Normal, element))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where the element that is number i in memory stands: structures go across registers, else one after the other.</summary>
    private static (int Register, int Index) Place(in Operation op, int i, int elements) =>
        op.Ra == 1 ? (i / elements, i % elements) : (i % op.Ra, i / op.Ra);
}
