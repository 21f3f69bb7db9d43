using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using Conformance.Harness.Spec;

namespace Conformance.Harness.Executive;

/// <summary>The executive as bytes, with the addresses the host needs: entry, and a thunk per system register.</summary>
/// <remarks>
/// The image holds the same program for each home level (EL1, EL2, EL3), because the names of the banked registers are in
/// the instructions, and enters the one that fits the level it is started at. EL2 with HCR_EL2.E2H fixed at 1 has a fourth:
/// the names of EL1's registers mean those of EL2 there, and EL1's are reached by their EL12 and EL02 names. The image is a
/// pure function of the register names.
/// </remarks>
public sealed class ExecutiveImage
{
    private const int PageSize = 4096;

    private static readonly Lazy<ExecutiveImage> s_instance = new(() => new ExecutiveImage());

    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly ulong _thunks;
    private readonly List<(int Home, ulong Address)> _waits = [];
    private readonly Dictionary<string, int> _aliasIndex = new(StringComparer.Ordinal);
    private readonly List<string> _aliased = [];
    private readonly ulong _aliasThunks;
    private readonly ulong _readHcr;
    private readonly ulong _writeHcr;
    private readonly ulong _readSctlr;
    private readonly ulong _writeSctlr;

    private ExecutiveImage()
    {
        var a = new Assembler(GuestMemory.Executive);
        Entry = a.Here;
        Label[] runtimes = [a.NewLabel("el1"), a.NewLabel("el2"), a.NewLabel("el3"), a.NewLabel("el2-e2h")];
        ExecutiveBoot.Emit(a, runtimes);
        ExecutiveProgram[] programs = [new(a, 1), new(a, 2), new(a, 3), new(a, 2, hostExtensions: true)];
        foreach (ExecutiveProgram program in programs)
        {
            program.EmitWait();
            _waits.Add((program.Home, program.WaitsAt));
        }

        a.Align(PageSize);
        foreach ((int i, ExecutiveProgram program) in programs.Index())
        {
            a.Bind(runtimes[i]);
            program.Emit();
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

        _aliasThunks = a.Here;
        foreach (string name in _names)
        {
            if (HomeProfile.Alias(name) is { } alias)
            {
                _aliasIndex.Add(name, _aliased.Count);
                _aliased.Add(name);
                a.Mrs(Reg.X0, alias).Ret(Reg.X30).Msr(alias, Reg.X0).Ret(Reg.X30);
            }
        }

        _readHcr = a.Here;
        ExecutiveProgram.EmitRead(a, Protocol.Context.Hcr);
        _writeHcr = a.Here;
        ExecutiveProgram.EmitWrite(a, Protocol.Context.Hcr);
        _readSctlr = a.Here;
        ExecutiveProgram.EmitRead(a, Protocol.Context.Sctlr);
        _writeSctlr = a.Here;
        ExecutiveProgram.EmitWrite(a, Protocol.Context.Sctlr);

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

    /// <summary>Address of a routine that reads the register into X0: <c>MRS X0, register; RET</c>.</summary>
    /// <param name="register">The register by its own name.</param>
    /// <param name="home">Where the executive runs: at EL2 HCR_EL2 is its own, and the case's a word of memory.</param>
    /// <param name="ownSctlr">The case runs with an SCTLR_EL2 of its own at home level EL2: that is a word of memory too.</param>
    /// <exception cref="KeyNotFoundException">There is no such register.</exception>
    public ulong ReadThunk(string register, HomeProfile home, bool ownSctlr = false) =>
        IsKept(register, home) ? _readHcr : ownSctlr && register == "SCTLR_EL2" ? _readSctlr : Thunk(register, home);

    /// <summary>Address of a routine that writes X0 to the register: <c>MSR register, X0; RET</c>.</summary>
    /// <param name="register">The register by its own name.</param>
    /// <param name="home">Where the executive runs.</param>
    /// <param name="ownSctlr">The case runs with an SCTLR_EL2 of its own at home level EL2.</param>
    /// <exception cref="KeyNotFoundException">There is no such register.</exception>
    public ulong WriteThunk(string register, HomeProfile home, bool ownSctlr = false) =>
        IsKept(register, home) ? _writeHcr : ownSctlr && register == "SCTLR_EL2" ? _writeSctlr : Thunk(register, home) + 8;

    /// <summary>The register whose thunk contains the address, or null.</summary>
    public string? RegisterAt(ulong address) =>
        address >= _aliasThunks && (address - _aliasThunks) / 16 < (ulong)_aliased.Count ? _aliased[(int)((address - _aliasThunks) / 16)]
        : address >= _thunks && (address - _thunks) / 16 < (ulong)_names.Count ? _names[(int)((address - _thunks) / 16)] : null;

    private static bool IsKept(string register, HomeProfile home) => home.Level == 2 && register == "HCR_EL2";

    private ulong Thunk(string register, HomeProfile home) =>
        home.HostExtensions && _aliasIndex.TryGetValue(register, out int alias)
            ? _aliasThunks + (16 * (ulong)alias)
            : _thunks + (16 * (ulong)_index[register]);
}
