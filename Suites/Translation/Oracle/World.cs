using Conformance.Harness.Cases;

namespace Conformance.Suites.Translation.Oracle;

/// <summary>The registers that translation reads.</summary>
public enum Control
{
    SCTLR_EL1,
    SCTLR_EL2,
    SCTLR_EL3,
    TCR_EL1,
    TCR_EL2,
    TCR_EL3,
    TTBR0_EL1,
    TTBR1_EL1,
    TTBR0_EL2,
    TTBR1_EL2,
    TTBR0_EL3,
    MAIR_EL1,
    MAIR_EL2,
    MAIR_EL3,
    VTCR_EL2,
    VTTBR_EL2,
    HCR_EL2,
}

/// <summary>Everything that the answer to "where does this address go" depends on: registers and descriptors.</summary>
public sealed class World
{
    private static readonly Control[] s_controls = Enum.GetValues<Control>();
    private static readonly string[] s_names = Enum.GetNames<Control>();
    private static readonly ulong[] s_baseline = [.. s_names.Select(Baseline.Of)];

    private readonly ulong[] _registers = (ulong[])s_baseline.Clone();
    private readonly Dictionary<ulong, ulong> _words = [];
    private readonly List<ulong> _order = [];

    public World(Facts facts) => Facts = facts;

    public Facts Facts { get; }

    /// <summary>Something was read that the case does not own: nothing can be expected.</summary>
    public bool Unusable { get; private set; }

    /// <summary>The words of memory that the case sets, in the order in which they were first said.</summary>
    public IReadOnlyList<ulong> Addresses => _order;

    public ulong this[Control register]
    {
        get => _registers[(int)register];
        set => _registers[(int)register] = value;
    }

    /// <summary>The registers that differ from the baseline.</summary>
    public IEnumerable<RegisterValue> Registers =>
        s_controls.Where(c => _registers[(int)c] != s_baseline[(int)c]).Select(c => new RegisterValue(s_names[(int)c], _registers[(int)c]));

    /// <summary>Gives a field of a register a value.</summary>
    public void Set(Control register, int high, int low, ulong value)
    {
        ulong mask = ((1UL << (high - low + 1)) - 1) << low;
        _registers[(int)register] = (_registers[(int)register] & ~mask) | ((value << low) & mask);
    }

    public void Set(Control register, int bit, bool value) => Set(register, bit, bit, value ? 1UL : 0);

    public bool Bit(Control register, int bit) => (_registers[(int)register] >> bit & 1) != 0;

    public ulong Field(Control register, int high, int low) => (_registers[(int)register] >> low) & ((1UL << (high - low + 1)) - 1);

    /// <summary>Gives a word of memory a value, little-endian as a case writes it.</summary>
    public void Write(ulong address, ulong value)
    {
        if (!_words.ContainsKey(address))
        {
            _order.Add(address);
        }

        _words[address] = value;
    }

    public bool Knows(ulong address) => _words.ContainsKey(address);

    public ulong Word(ulong address) => _words[address];

    /// <summary>Reads a descriptor. One that the case owns and has not set becomes an invalid one (TR-019).</summary>
    /// <returns>Null for an External abort.</returns>
    public ulong? Read(ulong address, bool bigEndian)
    {
        if (!_words.TryGetValue(address, out ulong value))
        {
            if (address is >= GuestMemory.Nothing and < GuestMemory.Nothing + 0x1000)
            {
                return null;
            }

            if (!Owns(address))
            {
                Unusable = true;
            }
            else
            {
                Write(address, 0);
            }
        }

        return bigEndian ? System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value) : value;
    }

    private static bool Owns(ulong address) =>
        address is >= GuestMemory.Tables and < GuestMemory.Tables + GuestMemory.TablesSize
        || address is >= GuestMemory.Data and < GuestMemory.Data + 0x1_0000;

    // What the registers say together.

    /// <summary>HCR_EL2.{E2H, TGE} = {1, 1}: EL0 belongs to the host.</summary>
    public bool IsHost => IsVhe && Bit(Control.HCR_EL2, 27);

    public bool IsVhe => Facts.Vhe && (Bit(Control.HCR_EL2, 34) || !Facts.E2h0);

    /// <summary>The regime of an access by a level (TR-001).</summary>
    public Regime RegimeOf(int level) => level switch
    {
        3 => Regime.El3,
        2 => IsVhe ? Regime.El20 : Regime.El2,
        1 => Regime.El10,
        _ => IsHost ? Regime.El20 : Regime.El10,
    };

    /// <summary>HCR_EL2.DC counts (TR-004).</summary>
    public bool DefaultCacheable => Bit(Control.HCR_EL2, 12) && !IsHost;

    /// <summary>Stage 1 is on (TR-002).</summary>
    public bool Stage1Enabled(Regime regime) => Bit(regime.Sctlr(), 0)
        && (regime != Regime.El10 || !(DefaultCacheable || Bit(Control.HCR_EL2, 27)));

    /// <summary>Stage 2 of EL1&amp;0 is on (TR-004).</summary>
    public bool Stage2Enabled => !IsHost && (Bit(Control.HCR_EL2, 0) || Bit(Control.HCR_EL2, 12));
}
