using System.Buffers.Binary;
using System.Globalization;
using Conformance.Cpu;
using Conformance.Cpu.SystemRegisters;
using Conformance.Harness.Gdb;

namespace Conformance.ModelDevice.Debugging;

/// <summary>The registers of a PE in the order in which GDB numbers them: X0 to X30, SP, PC, CPSR; V0 to V31, FPSR, FPCR; system registers.</summary>
internal sealed class ModelRegisters
{
    private const int Sp = 31;
    private const int Pc = 32;
    private const int Cpsr = 33;
    private const int FirstVector = 34;
    private const int FirstSystem = FirstVector + 34;

    private readonly SysReg[] _system;
    private readonly SysReg _fpsr = Registers.Find("FPSR")!;
    private readonly SysReg _fpcr = Registers.Find("FPCR")!;

    internal ModelRegisters(Core core)
    {
        _system = [.. core.SystemRegisters.Where(r => r.Name is not ("FPSR" or "FPCR")).OrderBy(r => r.Name, StringComparer.Ordinal)];
        All =
        [
            .. Enumerable.Range(0, 31).Select(n => General(string.Create(CultureInfo.InvariantCulture, $"x{n}"), 64, "int")),
            General("sp", 64, "data_ptr"), General("pc", 64, "code_ptr"), General("cpsr", 32, "int"),
            .. Enumerable.Range(0, 32).Select(n => new DebugRegister(
                string.Create(CultureInfo.InvariantCulture, $"v{n}"), 128, TargetDescription.FpuFeature, TargetDescription.VectorType)),
            new DebugRegister("fpsr", 32, TargetDescription.FpuFeature, "int"), new DebugRegister("fpcr", 32, TargetDescription.FpuFeature, "int"),
            .. _system.Select(r => new DebugRegister(r.Name, 64, TargetDescription.SystemFeature, "uint64")),
        ];
    }

    internal IReadOnlyList<DebugRegister> All { get; }

    internal void Read(Core core, int register, Span<byte> into)
    {
        if (register is >= FirstVector and < FirstVector + 32)
        {
            int n = register - FirstVector;
            BinaryPrimitives.WriteUInt64LittleEndian(into, core.Vectors[2 * n]);
            BinaryPrimitives.WriteUInt64LittleEndian(into[8..], core.Vectors[2 * n + 1]);
            return;
        }

        ulong value = register switch
        {
            < Sp => core.GetX(register),
            Sp => core.Sp,
            Pc => core.Pc,
            Cpsr => core.PackedPstate,
            FirstSystem - 2 => core[_fpsr],
            FirstSystem - 1 => core[_fpcr],
            _ => core.Peek(_system[register - FirstSystem]),
        };
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        bytes[..into.Length].CopyTo(into);
    }

    internal void Write(Core core, int register, ReadOnlySpan<byte> from)
    {
        if (register is >= FirstVector and < FirstVector + 32)
        {
            int n = register - FirstVector;
            core.Vectors[2 * n] = BinaryPrimitives.ReadUInt64LittleEndian(from);
            core.Vectors[2 * n + 1] = BinaryPrimitives.ReadUInt64LittleEndian(from[8..]);
            return;
        }

        ulong value = from.Length == 8 ? BinaryPrimitives.ReadUInt64LittleEndian(from) : BinaryPrimitives.ReadUInt32LittleEndian(from);
        switch (register)
        {
            case < Sp:
                core.SetX(register, value);
                break;
            case Sp:
                core.Sp = value;
                break;
            case Pc:
                core.Pc = value;
                break;
            case Cpsr:
                core.PackedPstate = value;
                break;
            case FirstSystem - 2:
                core[_fpsr] = value;
                break;
            case FirstSystem - 1:
                core[_fpcr] = value;
                break;
            default:
                core[_system[register - FirstSystem]] = value;
                break;
        }
    }

    private static DebugRegister General(string name, int bits, string type) => new(name, bits, TargetDescription.CoreFeature, type);
}
