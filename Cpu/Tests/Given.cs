using System.Buffers.Binary;
using Conformance.Cpu.Board;
using Conformance.Cpu.Features;
using Conformance.Cpu.Instructions;

namespace Conformance.Cpu.Tests;

/// <summary>A PE with 128 KiB of RAM at 0x4000_0000, at EL3, about to run a few words from the start of RAM.</summary>
internal static class Given
{
    internal const ulong Base = 0x4000_0000;

    /// <summary>Where tests keep data.</summary>
    internal const ulong Data = Base + 0x8000;

    private static readonly FeatureSet s_features = FeatureSet.Parse("nv2");

    internal static Core Program(params uint[] words)
    {
        var ram = new Ram(Base, 0x2_0000);
        var core = new Core(s_features, new RamBus(ram));
        core.AttachRam(ram);
        core.Reset(3);
        core.Sp = Base + 0x1_0000;
        core.Pc = Base;
        core.Write(Base, words);
        return core;
    }

    /// <summary>Executes one word on registers set up before.</summary>
    internal static Core Step(uint word, Action<Core> setUp)
    {
        Core core = Program(word);
        setUp(core);
        _ = RunLoop.Run(core, 1);
        return core;
    }

    internal static void Write(this Core core, ulong address, params ReadOnlySpan<uint> words)
    {
        byte[] bytes = new byte[words.Length * 4];
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * 4), words[i]);
        }

        core.Ram!.Write(address, bytes);
    }

    internal static void Write(this Core core, ulong address, ulong value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        core.Ram!.Write(address, bytes);
    }

    internal static ulong Read(this Core core, ulong address) => BinaryPrimitives.ReadUInt64LittleEndian(core.Ram!.Read(address, 8));

    private sealed class RamBus(Ram ram) : IBus
    {
        public bool TryRead(ulong physicalAddress, int size, out ulong value)
        {
            value = 0;
            if (!ram.Contains(physicalAddress, (ulong)size))
            {
                return false;
            }

            Span<byte> bytes = stackalloc byte[8];
            ram.Read(physicalAddress, size).CopyTo(bytes);
            value = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            return true;
        }

        public bool TryWrite(ulong physicalAddress, int size, ulong value)
        {
            if (!ram.Contains(physicalAddress, (ulong)size))
            {
                return false;
            }

            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
            ram.Write(physicalAddress, bytes[..size]);
            return true;
        }
    }
}
