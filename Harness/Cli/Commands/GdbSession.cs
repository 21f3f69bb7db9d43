using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Conformance.Harness.Gdb;
using Conformance.ModelDevice;

namespace Conformance.Cli.Commands;

/// <summary>Lets GDB drive a program: waits for it at a port, then answers it.</summary>
internal static class GdbSession
{
    /// <summary>Where to wait for GDB: <c>PORT</c> at the loopback address, or <c>HOST:PORT</c>; port 0 takes a free one.</summary>
    /// <exception cref="UsageException">It is neither.</exception>
    public static IPEndPoint Place(string text)
    {
        int colon = text.LastIndexOf(':');
        string host = colon < 0 ? "" : text[..colon].Trim('[', ']');
        if (ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            if (host is "" or "localhost")
            {
                return new IPEndPoint(IPAddress.Loopback, port);
            }

            if (IPAddress.TryParse(host, out IPAddress? address))
            {
                return new IPEndPoint(address, port);
            }
        }

        throw new UsageException($"--gdb: '{text}' is no place to wait for GDB; give a PORT of this machine, or ADDRESS:PORT.");
    }

    /// <summary>Waits for GDB and answers it until one of the two ends.</summary>
    /// <returns>How it ended, and what the program returned if it has.</returns>
    /// <exception cref="UsageException">Nobody may wait at this place.</exception>
    public static (GdbEnd End, int ExitCode) Serve(ImageRun run, IPEndPoint place, Shell shell)
    {
        using var listener = new TcpListener(place);
        try
        {
            listener.Start(1);
        }
        catch (SocketException e)
        {
            throw new UsageException($"--gdb: cannot wait at {place} ({e.Message.TrimEnd('.')}); give another port.");
        }

        shell.Error.WriteLine($"conformance: exec: waiting for GDB: target remote {listener.LocalEndpoint}");
        shell.Error.Flush();
        using TcpClient client = listener.AcceptTcpClientAsync(shell.Stop).AsTask().GetAwaiter().GetResult();
        client.NoDelay = true;
        using var line = new ClientLine(client);
        using CancellationTokenRegistration stop = shell.Stop.Register(client.Close);
        var server = new GdbServer(run.DebugTarget(), new PacketStream(line.Next, line.HasData, line.Output));
        try
        {
            GdbEnd end = server.Serve();
            shell.Stop.ThrowIfCancellationRequested();
            return (end, server.ExitCode);
        }
        catch (IOException)
        {
            shell.Stop.ThrowIfCancellationRequested();
            return (GdbEnd.Disconnected, 0);
        }
    }

    /// <summary>What GDB sends, in pieces as they come: a call of the system for each byte would be most of the work.</summary>
    private sealed class ClientLine(TcpClient client) : IDisposable
    {
        private readonly byte[] _buffer = new byte[0x1_0000];
        private int _next;
        private int _filled;

        public NetworkStream Output { get; } = client.GetStream();

        /// <summary>The next byte; -1 at the end.</summary>
        public int Next()
        {
            if (_next == _filled)
            {
                try
                {
                    (_next, _filled) = (0, Output.Read(_buffer));
                }
                catch (ObjectDisposedException)
                {
                    _filled = 0;
                }
            }

            return _next < _filled ? _buffer[_next++] : -1;
        }

        /// <summary>A byte, or the end, can be read without waiting.</summary>
        public bool HasData() => _next < _filled || !client.Connected || client.Client.Poll(0, SelectMode.SelectRead);

        public void Dispose() => Output.Dispose();
    }
}
