using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Conformance.Harness.Gdb;

namespace Conformance.Harness.Devices.Gdb;

/// <summary>The TCP line to a stub, with limits of time on everything.</summary>
internal sealed class GdbLink : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[0x1_0000];
    private readonly TimeSpan _patience;
    private int _next;
    private int _filled;

    private GdbLink(Socket socket, TimeSpan patience)
    {
        _socket = socket;
        _patience = patience;
        _socket.NoDelay = true;
        _socket.SendTimeout = (int)patience.TotalMilliseconds;
        Packets = new PacketStream(Next, () => HasPacket(TimeSpan.Zero), new SocketOutput(this)) { WithRepeats = true };
        Client = new GdbClient(Packets);
    }

    internal PacketStream Packets { get; }

    internal GdbClient Client { get; }

    /// <summary>Connects and says hello; tries again for a while when nobody listens yet.</summary>
    /// <param name="target">Whom to call.</param>
    /// <param name="wait">How long nobody may listen.</param>
    /// <param name="goesOn">False when waiting is in vain.</param>
    /// <exception cref="GdbClientException">There is no stub.</exception>
    internal static GdbLink Open(GdbTarget target, TimeSpan wait, Func<bool> goesOn)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Connect(target.Host, target.Port);
                return new GdbLink(socket, target.ReplyTimeout);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                if (since.Elapsed > wait || !goesOn())
                {
                    throw new GdbClientException($"nobody answers at {target.Place} ({e.SocketErrorCode})");
                }
            }
            catch
            {
                socket.Dispose();
                throw;
            }

            Thread.Sleep(s_pause);
        }
    }

    /// <summary>Asks a target that runs to stop: Ctrl-C.</summary>
    internal void Interrupt() => Send([3]);

    /// <summary>A packet, or the end of the line, begins within the time; acknowledgements before it are passed over.</summary>
    internal bool HasPacket(TimeSpan time)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            for (; _next < _filled; _next++)
            {
                if (_buffer[_next] == '$')
                {
                    return true;
                }
            }

            TimeSpan left = time - since.Elapsed;
            if (!_socket.Poll(left > TimeSpan.Zero ? left : TimeSpan.Zero, SelectMode.SelectRead))
            {
                return false;
            }

            if (!Fill())
            {
                return true;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private int Next()
    {
        if (_next == _filled && !_socket.Poll(_patience, SelectMode.SelectRead))
        {
            throw new GdbClientException(string.Create(
                CultureInfo.InvariantCulture, $"the target's stub gives no answer within {_patience.TotalSeconds:0.#} s"));
        }

        return _next < _filled || Fill() ? _buffer[_next++] : -1;
    }

    /// <summary>Takes what has come; false at the end.</summary>
    private bool Fill()
    {
        try
        {
            (_next, _filled) = (0, 0);
            _filled = _socket.Receive(_buffer);
        }
        catch (SocketException)
        {
            // Reset by the other end: closed all the same.
        }

        return _filled > 0;
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[_socket.Send(bytes)..];
            }
        }
        catch (SocketException e)
        {
            throw new GdbClientException($"the line to the target's stub is broken ({e.SocketErrorCode})");
        }
    }

    /// <summary>Packets are flushed whole, so nothing is kept here.</summary>
    private sealed class SocketOutput(GdbLink link) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => link.Send(buffer.AsSpan(offset, count));

        public override void WriteByte(byte value) => link.Send([value]);
    }
}
