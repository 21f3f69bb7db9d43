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
        using NetworkStream line = client.GetStream();
        using CancellationTokenRegistration stop = shell.Stop.Register(client.Close);
        var server = new GdbServer(run.DebugTarget(), new PacketStream(() => NextByte(line), () => HasData(client), line));
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

    private static int NextByte(NetworkStream line)
    {
        try
        {
            return line.ReadByte();
        }
        catch (ObjectDisposedException)
        {
            return -1;
        }
    }

    /// <summary>A byte, or the end, can be read without waiting.</summary>
    private static bool HasData(TcpClient client) => !client.Connected || client.Client.Poll(0, SelectMode.SelectRead);
}
