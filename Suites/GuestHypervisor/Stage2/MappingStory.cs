using Conformance.Harness.Cases;
using Conformance.Harness.Programs;
using Conformance.Suites.Translation.Oracle;
using Conformance.Suites.Translation.Tables;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Suites.GuestHypervisor.Stage2;

/// <summary>A story over the stage 2 of two guests: changes of their tables, invalidations, switches between them, and what each of them finds.</summary>
/// <remarks>
/// The oracle keeps for each address what the tables say and what a TLB may still hold: every valid mapping since the last invalidation
/// that reached it. An access may find any of those, and nothing else (TR-145 to TR-154).
/// </remarks>
internal sealed class MappingStory
{
    /// <summary>An address whose place in a block of 1 GiB and of 2 MiB is that of the data of the case in RAM.</summary>
    internal const ulong First = 0x8_0000_0000 | GuestMemory.Data;

    internal const int Pages = 4;

    private const ulong VmBit = 1;
    private const ulong PageSize = 0x1000;
    private const int Called = 0x52;
    private const int Stub = 0x100;

    private readonly Hypervisor _h;
    private readonly CaseBuilder _says;
    private readonly Space[] _spaces;
    private readonly Dictionary<(int Space, ulong Ipa), Held> _held = [];
    private readonly ulong?[] _stored = new ulong?[Pages];
    private Action<Assembler> _pending = _ => { };
    private bool _first = true;
    private ulong _next = 0x7000_0001;

    /// <param name="h">The hypervisor.</param>
    /// <param name="says">The case.</param>
    /// <param name="sameVmid">Both guests have one VMID; then a switch between them needs an invalidation.</param>
    internal MappingStory(Hypervisor h, CaseBuilder says, bool sameVmid = false)
    {
        var facts = new Facts(h.Target);
        TablePages pages = new();
        (_h, _says) = (h, says);
        _spaces = [new Space(facts, pages, 1), new Space(facts, pages, sameVmid ? 1 : 2)];
    }

    /// <summary>What is known of one address of one guest.</summary>
    private sealed class Held
    {
        internal Mapping Now { get; set; }

        internal HashSet<Mapping> Stale { get; } = [];

        internal ulong Descriptor { get; set; }

        internal ulong Word { get; set; }
    }

    /// <summary>The guest that runs.</summary>
    internal int Current { get; private set; }

    /// <summary>The address of a page.</summary>
    internal static ulong Ipa(int slot) => First + ((ulong)slot * PageSize);

    /// <summary>What a load finds in a data page.</summary>
    internal static ulong Marker(int page) => 0x1111_0000_0000_0000 * (ulong)(page + 1) + 0xDA7A;

    /// <summary>Tables that stand before the first turn: every page of each guest.</summary>
    internal void Begin(Func<int, int, Mapping> mappings)
    {
        for (int s = 0; s < _spaces.Length; s++)
        {
            for (int slot = 0; slot < Pages; slot++)
            {
                Mapping mapping = mappings(s, slot);
                ulong word = Word(mapping);
                _held[(s, Ipa(slot))] = new Held { Now = mapping, Word = word, Descriptor = _spaces[s].Put(Ipa(slot), 3, word) };
            }
        }

        foreach (Space space in _spaces)
        {
            space.Into(_says);
        }

        for (int page = 0; page < Pages; page++)
        {
            ulong at = GuestMemory.Data + ((ulong)page * PageSize);
            _says.Fill(at, 0x20, Marker(page), 0);
            uint[] stub = new Assembler(0).MovImm(X4, (ulong)(page + 1)).Ret().Words();
            for (int w = 0; w < stub.Length; w += 2)
            {
                _says.Memory(at + Stub + (4UL * (ulong)w), stub[w] | (ulong)(w + 1 < stub.Length ? stub[w + 1] : 0) << 32);
            }
        }

        Do(a => a.Dsb().Tlbi("ALLE1").Dsb().Ic("IALLU").Dsb().Isb());
    }

    internal Mapping Now(int space, int slot) => _held[(space, Ipa(slot))].Now;

    /// <summary>Something that the hypervisor does before it enters the guest the next time.</summary>
    private void Do(Action<Assembler> more)
    {
        Action<Assembler> before = _pending;
        _pending = a =>
        {
            before(a);
            more(a);
        };
    }

    /// <summary>The hypervisor turns to another guest.</summary>
    internal void Switch(int to)
    {
        Current = to;
        Do(a => Load(a, to));
    }

    /// <summary>Writes the descriptor of a page; a valid one that was there may still be held until it is invalidated.</summary>
    internal void Change(int space, int slot, Mapping to)
    {
        Held held = _held[(space, Ipa(slot))];
        if (!held.Now.IsNeverHeld)
        {
            held.Stale.Add(held.Now);
        }

        if (to.IsValid && held.Stale.Any(m => m.Page != to.Page))
        {
            throw new InvalidOperationException("A valid mapping was replaced by another without break-before-make: a bug in the story.");
        }

        held.Now = to;
        held.Word = Word(to);
        (ulong at, ulong word) = (held.Descriptor, held.Word);
        Do(a => a.MovImm(X0, at).MovImm(X1, word).Str(X1, X0).Dsb().Isb());
    }

    /// <summary>Invalidates for a guest: its VTTBR_EL2 is in the register meanwhile, as a hypervisor does it.</summary>
    internal void Invalidate(int space, Invalidation with, int slot)
    {
        _says.Rules(with.Rules);
        ulong ipa = Ipa(slot);
        bool range = with.Name.StartsWith('r');
        foreach (((int s, ulong at), Held held) in _held)
        {
            bool vmid = _spaces[s].Vmid == _spaces[space].Vmid;
            bool page = range ? at + (3 * PageSize) >= ipa && at < ipa + (5 * PageSize) : at == ipa;
            if (with.Reach == Reach.Everything || (vmid && (with.Reach == Reach.Vmid || page)))
            {
                held.Stale.Clear();
            }
        }

        int back = Current;
        Do(a =>
        {
            if (space != back)
            {
                Load(a, space);
            }

            with.Emit(a, ipa);
            if (space != back)
            {
                Load(a, back);
            }
        });
    }

    /// <summary>A change of the output address: break, invalidate, make (TR-157).</summary>
    internal void Remap(int space, int slot, Mapping to, Invalidation with)
    {
        Change(space, slot, Mapping.None(3));
        Invalidate(space, with, slot);
        Change(space, slot, to);
    }

    /// <summary>The guest that is loaded uses a page; the turn ends.</summary>
    internal void Use(int slot, Access access)
    {
        Held held = _held[(Current, Ipa(slot))];
        Mapping[] possible = [held.Now, .. held.Stale.Where(m => m != held.Now)];
        if (access == Access.Store && possible.Any(m => m.Fault(Access.Store) is null) && possible.Select(m => m.Page).Distinct().Count() > 1)
        {
            access = Access.Load; // which page a store lands in must be known for what comes after
        }

        if (!_first)
        {
            _says.NextStep();
        }

        (int current, bool first) = (Current, _first);
        Action<Assembler> pending = _pending;
        ulong value = _next++;
        ulong used = 0;
        (uint[] code, ulong behind) = Turns.Code(
            a =>
            {
                if (first)
                {
                    a.MovImm(X0, _spaces[current].Vtcr).Msr("VTCR_EL2", X0);
                }

                Load(a, current);
                a.MovImm(X0, _h.Hcr | VmBit).Msr("HCR_EL2", X0).Isb();
                pending(a);
                a.MovImm(X1, Ipa(slot)).MovImm(X2, value).MovImm(X4, 0).MovImm(X5, Ipa(slot) + Stub);
            },
            Spsr.At(1),
            a =>
            {
                used = a.Here;
                _ = access switch
                {
                    Access.Load => a.Ldr(X2, X1, 0),
                    Access.Store => a.Str(X2, X1, 8),
                    _ => a.Blr(X5),
                };
                a.Hvc(Called);
            });
        _says.At(2).Code(code);
        foreach (Mapping mapping in possible)
        {
            Allow(mapping, access, slot, value, used, behind);
        }

        if (access == Access.Store && possible.All(m => m.Fault(Access.Store) is null))
        {
            _stored[held.Now.Page] = value;
        }
        else if (access == Access.Store && possible.Any(m => m.Fault(Access.Store) is null))
        {
            _stored[possible.First(m => m.Page >= 0).Page] = null; // stored or not
        }

        (_first, _pending) = (false, _ => { });
    }

    private void Allow(Mapping mapping, Access access, int slot, ulong value, ulong used, ulong behind)
    {
        if (mapping.Fault(access) is { } status)
        {
            ulong address = Ipa(slot) + (access switch { Access.Load => 0UL, Access.Store => 8, _ => Stub });
            ulong esr = access == Access.Fetch ? 0x20UL << 26 | 1UL << 25 | status
                : 0x24UL << 26 | 1UL << 25 | 1UL << 24 | 3UL << 22 | (ulong)X2 << 16 | 1UL << 15 | (access == Access.Store ? 1UL << 6 : 0) | status;
            _says.Or($"stage 2 fault, status 0x{status:x2}").Takes(2, vector: 0x400, esr: esr, elr: access == Access.Fetch ? address : used, far: address);
            if (status < 0x0C)
            {
                _says.Sees("HPFAR_EL2", address >> 12 << 4); // not defined for a permission fault
            }

            return;
        }

        _says.Or($"page {mapping.Page}").Takes(2, vector: 0x400, esr: Turns.Called(Called), elr: behind);
        switch (access)
        {
            case Access.Load:
                _says.Sees("X2", Marker(mapping.Page));
                break;
            case Access.Store:
                _says.Sees(FieldNames.Memory(GuestMemory.Data + ((ulong)mapping.Page * PageSize) + 8), value);
                break;
            default:
                _says.Sees("X4", (ulong)mapping.Page + 1);
                break;
        }
    }

    /// <summary>The last step: what was stored is where it belongs, and stage 2 is off again.</summary>
    internal CaseBuilder End()
    {
        _says.NextStep().Alone(a =>
        {
            a.MovImm(X0, _h.Hcr).Msr("HCR_EL2", X0).Isb();
            for (int page = 0; page < Pages; page++)
            {
                a.MovImm(X0, GuestMemory.Data + ((ulong)page * PageSize)).Ldr(10 + page, X0, 8);
            }
        });
        for (int page = 0; page < Pages; page++)
        {
            if (_stored[page] is { } value)
            {
                _says.Sees(FieldNames.General(10 + page), value);
            }
        }

        return _says;
    }

    private void Load(Assembler a, int space) => a.MovImm(X0, _spaces[space].Vttbr).Msr("VTTBR_EL2", X0).Isb();

    private static ulong Word(Mapping m) => m.IsValid
        ? Space.Leaf(GuestMemory.Data + ((ulong)m.Page * PageSize), 3, m.Read, m.Write, m.Execute, m.Accessed)
        : 0;
}
