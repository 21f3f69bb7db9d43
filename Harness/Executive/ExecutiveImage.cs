using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Executive;

/// <summary>The executive as bytes, with the addresses the host needs: entry, and a thunk per system register.</summary>
/// <remarks>
/// The image holds the same program for each home level (EL1, EL2, EL3), because the names of the banked registers are in
/// the instructions, and enters the one that fits the level it is started at. It is a pure function of the register names.
/// </remarks>
public sealed class ExecutiveImage
{
    private const int PageSize = 4096;

    private static readonly Lazy<ExecutiveImage> s_instance = new(() => new ExecutiveImage());

    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly ulong _thunks;
    private readonly List<(int Home, ulong Address)> _waits = [];

    private ExecutiveImage()
    {
        var a = new Assembler(GuestMemory.Executive);
        Entry = a.Here;
        Label[] runtimes = [a.NewLabel("el1"), a.NewLabel("el2"), a.NewLabel("el3")];
        ExecutiveBoot.Emit(a, runtimes);
        ExecutiveProgram[] programs = [new(a, 1), new(a, 2), new(a, 3)];
        foreach (ExecutiveProgram program in programs)
        {
            program.EmitWait();
            _waits.Add((program.Home, program.WaitsAt));
        }

        a.Align(PageSize);
        for (int home = 1; home <= 3; home++)
        {
            a.Bind(runtimes[home - 1]);
            programs[home - 1].Emit();
        }

        a.Align(16);
        _thunks = a.Here;
        foreach (string name in Encodings.RegisterNames)
        {
            SystemEncoding encoding = Encodings.Register(name);
            _index.Add(name, _names.Count);
            _names.Add(name);
            a.Mrs(Reg.X0, encoding).Ret(Reg.X30).Msr(encoding, Reg.X0).Ret(Reg.X30);
        }

        Bytes = a.ToBytes();
        if (GuestMemory.Executive + (ulong)Bytes.Length > GuestMemory.Code)
        {
            throw new InvalidOperationException("The executive image reaches into the code page.");
        }
    }

    /// <summary>The one image.</summary>
    public static ExecutiveImage Instance => s_instance.Value;

    /// <summary>To be placed at <see cref="GuestMemory.Executive"/>.</summary>
    public byte[] Bytes { get; }

    /// <summary>First instruction; started with the MMU off at the highest level the device gives.</summary>
    public ulong Entry { get; }

    /// <summary>Addresses of the instructions at which the programs for a home level wait for a batch: one may also go on behind them.</summary>
    public IReadOnlyList<ulong> WaitsAt(int home) => [.. _waits.Where(w => w.Home == home).Select(w => w.Address)];

    /// <summary>True when the register has an encoding, so that the executive can try to reach it.</summary>
    public bool Knows(string register) => _index.ContainsKey(register);

    /// <summary>Address of <c>MRS X0, register; RET</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such register.</exception>
    public ulong ReadThunk(string register) => _thunks + (16 * (ulong)_index[register]);

    /// <summary>Address of <c>MSR register, X0; RET</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such register.</exception>
    public ulong WriteThunk(string register) => ReadThunk(register) + 8;

    /// <summary>The register whose thunk contains the address, or null.</summary>
    public string? RegisterAt(ulong address) =>
        address >= _thunks && (address - _thunks) / 16 < (ulong)_names.Count ? _names[(int)((address - _thunks) / 16)] : null;
}
