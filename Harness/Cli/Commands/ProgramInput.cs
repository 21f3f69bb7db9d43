using System.Collections.Concurrent;

namespace Conformance.Cli.Commands;

/// <summary>Standard input on its way to a program's UART, read by a thread of its own because reading may block.</summary>
/// <remarks>From a terminal, Ctrl-A is an escape as in QEMU: then x ends the run, and a second Ctrl-A is passed on as one.</remarks>
internal sealed class ProgramInput : IDisposable
{
    private const byte Escape = 1;

    private readonly ConcurrentQueue<byte> _bytes = new();
    private readonly AutoResetEvent _news = new(initialState: false);
    private readonly Stream _stream;
    private readonly bool _isTerminal;
    private volatile bool _ended;
    private volatile bool _quit;

    public ProgramInput(Stream stream, bool isTerminal)
    {
        _stream = stream;
        _isTerminal = isTerminal;
        new Thread(Read) { IsBackground = true, Name = "standard input" }.Start();
    }

    /// <summary>Nothing more will come, and everything that came has been taken.</summary>
    public bool Ended => _ended && _bytes.IsEmpty;

    /// <summary>Ctrl-A x was typed.</summary>
    public bool Quit => _quit;

    public bool TryTake(out byte value) => _bytes.TryDequeue(out value);

    /// <summary>Returns when something has come or ended, or after a time.</summary>
    public void Wait(TimeSpan atMost)
    {
        if (_bytes.IsEmpty && !_ended && !_quit)
        {
            _news.WaitOne(atMost);
        }
    }

    public void Dispose() => _news.Dispose();

    private void Read()
    {
        byte[] buffer = new byte[256];
        bool escaped = false;
        int count;
        while ((count = TryRead(buffer)) > 0)
        {
            foreach (byte b in buffer.AsSpan(0, count))
            {
                if (_isTerminal && !escaped && b == Escape)
                {
                    escaped = true;
                }
                else if (escaped && b is (byte)'x' or (byte)'X')
                {
                    _quit = true;
                }
                else
                {
                    escaped = false;
                    _bytes.Enqueue(b);
                }
            }

            Announce();
        }

        _ended = true;
        Announce();
    }

    /// <summary>What cannot be read has ended.</summary>
    private int TryRead(byte[] buffer)
    {
        try
        {
            return _stream.Read(buffer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private void Announce()
    {
        try
        {
            _news.Set();
        }
        catch (ObjectDisposedException)
        {
            // The run is over.
        }
    }
}
