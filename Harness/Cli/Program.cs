using System.Runtime.InteropServices;
using System.Text;
using Conformance.Cli;

using var stop = new CancellationTokenSource();

// The first signal ends the run with a valid record; the second one ends the process, in case the first gets nowhere.
void Stop(PosixSignalContext signal)
{
    if (!stop.IsCancellationRequested)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

using var bytes = new StandardOutput(Console.OpenStandardOutput(), stop.Cancel);
using var output = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);
using var errors = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
var shell = new Shell
{
    Out = output,
    Error = errors,
    OutIsTerminal = !Console.IsOutputRedirected,
    ErrorIsTerminal = !Console.IsErrorRedirected,
    OutByte = bytes.WriteByte,
    In = Console.OpenStandardInput(),
    InIsTerminal = !Console.IsInputRedirected,
    Stop = stop.Token,
    Debug = Environment.GetEnvironmentVariable("CONFORMANCE_DEBUG") is { Length: > 0 },
};
return (int)CommandLine.Run(args, shell, Composition.Standard);
