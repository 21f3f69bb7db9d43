using Conformance.ModelDevice;

namespace Conformance.Cli.Commands;

/// <summary>Runs a program with standard input at its UART.</summary>
internal static class ProgramConsole
{
    private const long Slice = 20_000_000;           // instructions between two looks at Ctrl-C
    private const long SliceWithInput = 1_000_000;   // and at input: some milliseconds
    private const long LongSilence = 5 * 62_500_000L;   // five seconds of the machine's time
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs until the program ends, cannot go on, or has used up its instructions.</summary>
    /// <param name="run">The program.</param>
    /// <param name="most">How many instructions at most.</param>
    /// <param name="realTime">The machine's time does not run ahead of the real one.</param>
    /// <param name="shell">Where input comes from, and Ctrl-C.</param>
    /// <param name="written">How many bytes the program has written so far.</param>
    public static ImageRunEnd Drive(ImageRun run, long most, bool realTime, Shell shell, Func<int> written)
    {
        using RawTerminal? terminal = shell is { In: not null, InIsTerminal: true } ? RawTerminal.Enter() : null;
        using ProgramInput? input = shell.In is null ? null : new ProgramInput(shell.In, shell.InIsTerminal);
        if (terminal is not null)
        {
            shell.Error.WriteLine("conformance: exec: Ctrl-A x ends the run; every other key goes to the program.");
        }

        bool fed = false;
        var sign = new SignOfLife(run);
        long lastSign = 0;
        ImageRunEnd end = default;
        var pace = new Pace(run);
        while (true)
        {
            while (input?.TryTake(out byte next) == true)
            {
                run.Receive(next);
                fed = true;
            }

            end = run.Continue(Math.Min(most - end.Instructions, realTime || input is { Ended: false } ? SliceWithInput : Slice));
            shell.Stop.ThrowIfCancellationRequested();
            if (input?.Quit == true)
            {
                throw new OperationCanceledException();
            }

            if (end.Kind == ImageRunEndKind.Waiting && input is { Ended: false } && run.InputWakes)
            {
                input.Wait(s_look);
                continue;
            }

            if (end.Kind != ImageRunEndKind.OutOfBudget || end.Instructions >= most)
            {
                return end;
            }

            bool silent = sign.IsSilent(written(), end.Instructions);
            lastSign = silent ? lastSign : end.Instructions;
            if (fed && input is { Ended: true } && run.Unread == 0 && end.Instructions - lastSign > LongSilence)
            {
                return end with { Kind = ImageRunEndKind.Stopped, Reason = "its input has ended, and it says nothing more" };
            }

            if (realTime && pace.Ahead is { Ticks: > 0 } ahead)
            {
                Sleep(input, ahead < s_look ? ahead : s_look);
            }
        }
    }

    private static void Sleep(ProgramInput? input, TimeSpan time)
    {
        if (input is { Ended: false })
        {
            input.Wait(time);
        }
        else
        {
            Thread.Sleep(time);
        }
    }

    /// <summary>Tells a program that waits for input from one that is at work.</summary>
    private sealed class SignOfLife(ImageRun run)
    {
        private const int ManyLooks = 100;
        private (int Written, int Unread) _seen;
        private (long IdleTicks, long Looks) _waits;
        private long _instructions;

        /// <summary>Since the last call the program has neither written nor read anything, and was idle or looked for input.</summary>
        public bool IsSilent(int written, long instructions)
        {
            (long idle, long looks) = run.Waits;
            bool waited = 2 * (idle - _waits.IdleTicks) > instructions - _instructions || looks - _waits.Looks > ManyLooks;
            bool silent = waited && _seen == (written, run.Unread);
            (_seen, _waits, _instructions) = ((written, run.Unread), (idle, looks), instructions);
            return silent;
        }
    }

    /// <summary>Compares the machine's time with the real one.</summary>
    private sealed class Pace(ImageRun run)
    {
        private readonly long _started = TimeProvider.System.GetTimestamp();
        private TimeSpan _before;
        private TimeSpan _last = run.Time;

        /// <summary>By how much the machine's time has run ahead.</summary>
        public TimeSpan Ahead
        {
            get
            {
                TimeSpan now = run.Time;
                _before += now < _last ? _last : TimeSpan.Zero;   // it has been reset
                _last = now;
                return _before + now - TimeProvider.System.GetElapsedTime(_started);
            }
        }
    }
}
