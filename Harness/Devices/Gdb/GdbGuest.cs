using System.Diagnostics;
using System.Globalization;
using Conformance.Harness.Executive;
using Conformance.Harness.Gdb;

namespace Conformance.Harness.Devices.Gdb;

/// <summary>A target behind a GDB stub as a guest of the executive: memory through the stub, a breakpoint where it waits for a batch.</summary>
/// <remarks>The target stands still whenever it is not in <see cref="RunUntil"/>.</remarks>
internal sealed class GdbGuest : IExecutiveGuest, IGuestRam
{
    private static readonly TimeSpan s_slice = TimeSpan.FromMilliseconds(50);

    private readonly GdbTarget _target;
    private readonly GdbMachine _machine;
    private readonly int _pc;
    private readonly int _pstate;
    private readonly int _home;
    private readonly IReadOnlyList<ulong> _waits;
    private bool _started;

    /// <summary>Puts the executive into the memory of a machine that stands still, and the machine in front of it.</summary>
    /// <exception cref="GuestLostException">The target does not do what that needs.</exception>
    internal GdbGuest(GdbTarget target, GdbMachine machine, GuestImage image)
    {
        _target = target;
        _machine = machine;
        _pc = Number(target.Pc);
        _pstate = Number(target.Pstate);
        if (target.StartPstate is { } start)
        {
            Do(c => c.WriteRegister(_pstate, start, 4));
        }

        uint pstate = (uint)Do(c => c.ReadRegister(_pstate));
        _home = (int)(pstate >> 2) & 3;
        if (_home == 0 || (pstate & 0x10) != 0)
        {
            throw new GuestLostException(string.Create(
                CultureInfo.InvariantCulture,
                $"the target starts with {target.Pstate} 0x{pstate:x}, not at EL1 to EL3 in AArch64; give 'pstate' (0x3cd is EL3h) or a 'reset'"));
        }

        Write(Protocol.MailboxBase, new byte[Protocol.Mailbox.Size]); // the RAM may hold an earlier executive's hello
        Write(image.Address, image.Bytes);
        byte[] kept = new byte[image.Bytes.Length];
        Read(image.Address, kept);
        if (!kept.AsSpan().SequenceEqual(image.Bytes))
        {
            throw new GuestLostException(string.Create(
                CultureInfo.InvariantCulture, $"memory at 0x{image.Address:x} does not keep what is written: is there RAM, and does the stub show physical addresses?"));
        }

        Do(c => c.WriteRegister(_pc, image.Entry, 8));
        _waits = ExecutiveImage.Instance.WaitsAt(_home);
        foreach (ulong address in _waits)
        {
            Do(c => c.Break(address));
        }
    }

    public IGuestRam Ram => this;

    public void Read(ulong address, Span<byte> into)
    {
        try
        {
            _machine.Link.Client.Read(address, into);
        }
        catch (GdbClientException e)
        {
            throw Lost(e);
        }
    }

    public void Write(ulong address, ReadOnlySpan<byte> bytes)
    {
        try
        {
            _machine.Link.Client.Write(address, bytes);
        }
        catch (GdbClientException e)
        {
            throw Lost(e);
        }
    }

    public GuestEnd RunUntil(Func<bool> done, Func<int> progress, CancellationToken cancellation)
    {
        TimeSpan budget = _started ? _target.CaseTimeout : _target.StartTimeout;
        int last = progress();
        if (_started)
        {
            PassBreakpoint(Do(c => c.ReadRegister(_pc)));
        }

        var sinceProgress = Stopwatch.StartNew();
        for (int strange = 0; ;)
        {
            bool byItself = RunFor(budget, cancellation);
            if (done())
            {
                _started = true;
                return new GuestEnd(GuestEndKind.Done, "");
            }

            int now = progress();
            ulong pc = Do(c => c.ReadRegister(_pc));
            if (now != last)
            {
                (last, strange) = (now, 0);
                sinceProgress.Restart();
            }
            else if (byItself ? ++strange > 3 : sinceProgress.Elapsed >= budget)
            {
                return new GuestEnd(GuestEndKind.Hung, Hung(byItself, budget, pc));
            }

            PassBreakpoint(pc);
        }
    }

    /// <summary>A debugger that continues at a breakpoint has to get past it; where the executive waits, the instruction may be skipped.</summary>
    private void PassBreakpoint(ulong pc)
    {
        if (_waits.Contains(pc))
        {
            Do(c => c.WriteRegister(_pc, pc + 4, 8));
        }
    }

    /// <summary>A target that was told to end says so, or its stub goes away, a moment later.</summary>
    public GuestEnd Linger()
    {
        if (!_machine.Link.HasPacket(_target.Linger))
        {
            return new GuestEnd(GuestEndKind.Done, "");
        }

        try
        {
            GdbStop stop = _machine.Link.Client.Stopped();
            return stop.Alive ? new GuestEnd(GuestEndKind.Done, "") : throw Lost(Ended(stop));
        }
        catch (GdbClientException e)
        {
            throw Lost(e);
        }
    }

    /// <summary>Whoever is next resets the machine or starts it anew; it stands still until then.</summary>
    public void Dispose()
    {
    }

    /// <summary>Runs until the target stops, or until the time is over and it has been stopped.</summary>
    /// <returns>True if it stopped by itself.</returns>
    private bool RunFor(TimeSpan time, CancellationToken cancellation)
    {
        try
        {
            GdbLink link = _machine.Link;
            link.Client.Continue();
            var since = Stopwatch.StartNew();
            bool inTime;
            while (!(inTime = link.HasPacket(s_slice)) && since.Elapsed < time && !cancellation.IsCancellationRequested)
            {
            }

            if (!inTime)
            {
                link.Interrupt();
            }

            GdbStop stop = link.Client.Stopped();
            cancellation.ThrowIfCancellationRequested();
            if (!stop.Alive)
            {
                throw Ended(stop);
            }

            if (!inTime)
            {
                SeeAll();
            }

            return inTime;
        }
        catch (GdbClientException e)
        {
            throw Lost(e);
        }
    }

    /// <summary>
    /// In the middle of a case its translation decides what the stub shows of memory, if that knows no physical addresses:
    /// the home level, whose MMU is off in nearly all cases, sees the executive.
    /// </summary>
    private void SeeAll()
    {
        if (!_machine.Link.Client.SeesPhysical)
        {
            ulong pstate = 0x3C1 | ((ulong)_home << 2);
            Do(c => c.WriteRegister(_pstate, pstate, 4));
        }
    }

    private static string Hung(bool byItself, TimeSpan budget, ulong pc) => byItself
        ? string.Create(CultureInfo.InvariantCulture, $"the target stops again and again at PC=0x{pc:x}, where no breakpoint is")
        : string.Create(CultureInfo.InvariantCulture, $"no end within {budget.TotalSeconds:0.#} s, PC=0x{pc:x}");

    private int Number(string register) => _machine.Link.Client.Register(register) ?? throw new GuestLostException(
        $"the stub describes no register '{register}'; it has {string.Join(", ", _machine.Link.Client.RegisterNames.Take(40).DefaultIfEmpty("no names: give numbers"))}");

    private T Do<T>(Func<GdbClient, T> what)
    {
        try
        {
            return what(_machine.Link.Client);
        }
        catch (GdbClientException e)
        {
            throw Lost(e);
        }
    }

    private void Do(Action<GdbClient> what) => Do(c =>
    {
        what(c);
        return 0;
    });

    private static GdbClientException Ended(GdbStop stop) => new($"the target has ended ({stop.Reply})");

    private GuestLostException Lost(GdbClientException e)
    {
        _machine.Break();
        return new GuestLostException(_machine.Obituary() is { Length: > 0 } more ? $"{e.Message}; {more}" : e.Message);
    }
}
